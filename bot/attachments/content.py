"""What is in a file? Told by its first bytes: names and headers say what they like."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

ANYTHING = "application/octet-stream"
#: What a browser of ours may show in the page.
SHOWN = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
#: What a browser may play beside it: never a page of its own, always a download.
PLAYED = frozenset(
    {
        "audio/aac",
        "audio/mp4",
        "audio/mpeg",
        "audio/ogg",
        "audio/wav",
        "video/mp4",
        "video/webm",
    }
)
#: A picture of more would take a browser's memory.
MOST_PIXELS = 50_000_000
#: So many first bytes are enough to tell.
ENOUGH = 65_536

_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"ID3", "audio/mpeg"),
    # Without a tag: the first frame, of MPEG 1 or 2, checked or not.
    *((bytes((0xFF, second)), "audio/mpeg") for second in (0xFB, 0xFA, 0xF3, 0xF2)),
    *((bytes((0xFF, second)), "audio/aac") for second in (0xF1, 0xF9)),
    (b"OggS", "audio/ogg"),
)
#: What is in a box of ISO's file format, by how its brand begins: the rest is a video.
_BRANDS = (
    (b"M4A", "audio/mp4"),
    (b"M4B", "audio/mp4"),
    (b"qt", "video/quicktime"),
    (b"3g", "video/3gpp"),
    *((picture, ANYTHING) for picture in (b"hei", b"hev", b"mif", b"msf", b"avi")),
)
_ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "application/pdf": "pdf",
    "audio/aac": "aac",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "video/3gpp": "3gp",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
}


@dataclass(frozen=True)
class Size:
    """How large a picture is, in pixels."""

    width: int
    height: int

    @property
    def is_bearable(self) -> bool:
        """Whether a browser can show it without harm."""
        return 0 < self.width * self.height <= MOST_PIXELS


def kind(first: bytes) -> str:
    """Return what a file is, by its first bytes."""
    for start, name in _STARTS:
        if first.startswith(start):
            return name
    if first[:4] == b"RIFF":
        inside = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
        return inside.get(first[8:12], ANYTHING)
    if first[4:8] == b"ftyp":
        brand = first[8:12]
        found = (name for begins, name in _BRANDS if brand.startswith(begins))
        return next(found, "video/mp4")
    if first.startswith(b"\x1a\x45\xdf\xa3"):  # Matroska, of which WebM is a part
        return "video/webm" if b"webm" in first[:64] else ANYTHING
    return ANYTHING


def ending(name: str) -> str:
    """Return how the name of a file of this kind ends."""
    return _ENDINGS.get(name, "bin")


def may_be_shown(first: bytes) -> bool:
    """Return whether a picture may stand in a page."""
    found = size(first)
    return kind(first) in SHOWN and found is not None and found.is_bearable


def size(first: bytes) -> Size | None:
    """Return how large a picture is, None if its first bytes do not tell."""
    try:
        match kind(first):
            case "image/png":
                return Size(*struct.unpack(">II", first[16:24]))
            case "image/gif":
                return Size(*struct.unpack("<HH", first[6:10]))
            case "image/webp":
                return _webp(first)
            case "image/jpeg":
                return next(_jpeg(first), None)
    except struct.error:
        return None
    return None


def _webp(first: bytes) -> Size | None:
    if first[12:16] == b"VP8X":
        width, height = first[24:27] + b"\0", first[27:30] + b"\0"
        (w,), (h,) = struct.unpack("<I", width), struct.unpack("<I", height)
        return Size(w + 1, h + 1)
    if first[12:16] == b"VP8L":
        (bits,) = struct.unpack("<I", first[21:25])
        return Size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    width, height = struct.unpack("<HH", first[26:30])
    return Size(width & 0x3FFF, height & 0x3FFF)


def _jpeg(first: bytes) -> Iterator[Size]:
    """Walk the segments to the one that begins a frame."""
    at = 2
    while at + 9 < len(first) and first[at] == 0xFF:
        mark = first[at + 1]
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", first[at + 5 : at + 9])
            yield Size(width, height)
            return
        (length,) = struct.unpack(">H", first[at + 2 : at + 4])
        at += 2 + length
