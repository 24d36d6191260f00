"""Pictures that we send: known by what they hold, kept in FRONTDESK_HOME.

A picture is named by the hash of its content, so that one sent twice is kept once.
"""

import os
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from bot.attachments import content as looks
from bot.messenger.limits import LIMITS
from bot.picture_names import KINDS, is_name
from bot.tongue import _

LARGEST = LIMITS["media"]["image_bytes"]
MOST = 5  # with one answer
_ENDINGS = {kind: ending for ending, kind in KINDS.items()}


def kind(content: bytes) -> str | None:
    """Return what a file is by its first bytes, whatever it is called."""
    return _ENDINGS.get(looks.kind(content))


def problem(content: bytes) -> str | None:
    """Return why Messenger would not take a file as a picture."""
    if kind(content) is None:
        return _("This is no picture that Messenger takes: send PNG, JPEG or GIF.")
    if len(content) > LARGEST:
        return _(
            "This picture is too large: %(most)s MB at most.", most=LARGEST // 2**20
        )
    size = looks.size(content)
    if size is None or not size.width * size.height:
        return _("This picture is damaged: open it, save it anew and choose that file.")
    if not size.is_bearable:
        return _(
            "This picture has %(width)s × %(height)s pixels, more than a phone can "
            "show. Make it smaller, then choose it again.",
            width=size.width,
            height=size.height,
        )
    return None


def keep(home: Path, content: bytes) -> str:
    """Keep a picture, whole or not at all, and return its name."""
    name = f"{sha256(content).hexdigest()}.{kind(content)}"
    place = _folder(home) / name
    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=place.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, place)
    return name


def find(home: Path, name: str) -> Path | None:
    """Return where a picture lies, None if there is none of this name."""
    if not is_name(name):
        return None
    place = _folder(home) / name
    return place if place.is_file() else None


def sent(place: Path) -> None:
    """Note that a picture was just sent: it is kept as long as its message."""
    with suppress(FileNotFoundError):
        os.utime(place)


def forget(home: Path, oldest: datetime, used: Callable[[], Collection[str]]) -> None:
    """Delete what was last sent before the texts that are forgotten.

    What is *used*, as an answer says it or once did, can be said again: it is kept
    for as long once more. That is asked only if there is something to delete.
    """
    places = [*_folder(home).glob("*")]
    old = [one for one in places if one.stat().st_mtime < oldest.timestamp()]
    kept = used() if old else ()
    for place in old:
        if place.name in kept:
            sent(place)
        else:
            place.unlink(missing_ok=True)


def _folder(home: Path) -> Path:
    return home / "pictures"
