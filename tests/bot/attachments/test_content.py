"""What a file is, by its first bytes."""

import struct
import zlib

import pytest

from bot.attachments.content import ANYTHING, kind, may_be_shown, size


def png(width=2, height=3):
    """A whole picture, grey."""

    def chunk(name, data):
        checked = name + data
        return (
            struct.pack(">I", len(data))
            + checked
            + struct.pack(">I", zlib.crc32(checked))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + b"\x80" * width) * (height if height < 100 else 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


JPEG = (
    b"\xff\xd8\xff\xe0\x00\x04\x00\x00"  # a segment to be passed over
    b"\xff\xc0\x00\x0b\x08\x00\x05\x00\x07\x01\x01\x11\x00\xff\xda\x00\x00"
)
GIF = b"GIF89a\x07\x00\x05\x00\x00\x00\x00"
WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x06\0\0\x04\0\0"


@pytest.mark.parametrize(
    ("first", "name"),
    [
        (png(), "image/png"),
        (JPEG, "image/jpeg"),
        (GIF, "image/gif"),
        (WEBP, "image/webp"),
        (b"%PDF-1.7", "application/pdf"),
        (b"\0\0\0\x20ftypisom", "video/mp4"),
        (b"\0\0\0\x20ftypmp42", "video/mp4"),
        (b"\0\0\0\x20ftypM4A ", "audio/mp4"),
        (b"\0\0\0\x20ftypqt  ", "video/quicktime"),
        (b"\0\0\0\x20ftyp3gp4", "video/3gpp"),
        (b"\0\0\0\x20ftypheic", ANYTHING),
        (b"\0\0\0\x20ftypavif", ANYTHING),
        (b"OggS\0", "audio/ogg"),
        (b"ID3\x04\0", "audio/mpeg"),
        (b"\xff\xfb\x90\x64", "audio/mpeg"),
        (b"\xff\xf3\x90\x64", "audio/mpeg"),
        (b"\xff\xf1\x50\x80", "audio/aac"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", "video/webm"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska", ANYTHING),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", ANYTHING),
        (b"<!doctype html><script>alert(1)</script>", ANYTHING),
        (b"MZ\x90", ANYTHING),
        (b"", ANYTHING),
    ],
)
def test_a_file_is_what_it_begins_like(first, name):
    assert kind(first) == name


@pytest.mark.parametrize("first", [JPEG, GIF, WEBP, png(7, 5)])
def test_a_picture_tells_how_large_it_is(first):
    found = size(first)
    assert (found.width, found.height) == (7, 5)
    assert may_be_shown(first)


@pytest.mark.parametrize(
    "first", [png(50_000, 50_000), png(0, 5), JPEG[:12], GIF[:7], b"%PDF-1.7", b""]
)
def test_what_is_no_picture_or_a_monstrous_one_is_not_shown(first):
    assert not may_be_shown(first)
