"""Pictures that agents send: known by what they hold, kept in FRONTDESK_HOME.

A picture is named by the hash of its content, so that one sent twice is kept once.
"""

import os
import re
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from bot.messenger.client import Access, Graph
from bot.messenger.errors import Fate, SendError
from bot.messenger.limits import LIMITS
from bot.store.types import Payload
from bot.tongue import _

LARGEST = LIMITS["media"]["image_bytes"]
MOST = 5  # with one answer
KINDS = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif"}
_STARTS = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpg",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
}
_NAME = re.compile(r"[0-9a-f]{64}\.(png|jpg|gif)")


def kind(content: bytes) -> str | None:
    """Return what a file is by its first bytes, whatever it is called."""
    starts = (of for start, of in _STARTS.items() if content.startswith(start))
    return next(starts, None)


def problem(content: bytes) -> str | None:
    """Return why Messenger would not take a file as a picture."""
    if kind(content) is None:
        return _("This is no picture that Messenger takes: send PNG, JPEG or GIF.")
    if len(content) > LARGEST:
        return _(
            "This picture is too large: %(most)s MB at most.", most=LARGEST // 2**20
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
    if not _NAME.fullmatch(name):
        return None
    place = _folder(home) / name
    return place if place.is_file() else None


def media_type(name: str) -> str:
    """Return what a browser and Messenger call the kind of a picture."""
    return KINDS[name.rpartition(".")[2]]


def uploaded(graph: Graph, home: Path | None, access: Access, body: Payload) -> Payload:
    """Return a send whose picture lies with Messenger; any other send as it is.

    Raise SendError if Messenger does not take it. Nothing was said to the customer
    then, whatever became of the upload.
    https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/saving-assets
    """
    message = body["message"]
    name = ((message.get("attachment") or {}).get("payload") or {}).get("file")
    if name is None:
        return body
    place = find(home, str(name)) if home is not None else None
    if place is None:
        raise SendError("the picture is not kept here any more", Fate.FINAL)
    try:
        known = graph.upload(access, place.name, media_type(name), place.read_bytes())
    except SendError as error:
        if error.fate is Fate.UNKNOWN:
            raise SendError(str(error), Fate.RETRY) from error
        raise
    attachment = {"type": "image", "payload": {"attachment_id": known}}
    return {**body, "message": {**message, "attachment": attachment}}


def forget(home: Path, oldest: datetime) -> None:
    """Delete what was last sent before the texts that are forgotten."""
    for place in _folder(home).glob("*"):
        if place.stat().st_mtime < oldest.timestamp():
            place.unlink(missing_ok=True)


def _folder(home: Path) -> Path:
    return home / "pictures"
