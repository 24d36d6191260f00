"""What is in a folder of recorded payloads?

SOURCES.csv names each file and its level: a `webhook` is a whole body; an `entry`,
`event` or `change` is a part of one; `raw` holds bytes that need not be JSON. Files
of other levels were not sent to a webhook. signatures.json, if there is one, holds
bodies with the signature that came or should have come with each.
"""

import base64
import csv
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from webhooks.values import dump, id_text, inside, listed

SOURCES = "SOURCES.csv"
SIGNATURES = "signatures.json"
COLUMNS = frozenset({"file", "level"})
NOT_INBOUND = frozenset({"request", "response", "error"})
SCHEME = "x-hub"


class FolderError(Exception):
    """The folder can't be replayed; the text says why."""


@dataclass(frozen=True, kw_only=True)
class Recording:
    """One body, as it goes to the webhook."""

    name: str
    body: bytes


@dataclass(frozen=True)
class Recordings:
    """What a folder holds: bodies to post, and how many files of other levels."""

    bodies: tuple[Recording, ...]
    others: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Vector:
    """A body and a signature: whether they belong together under *secret*.

    ``unusable`` says why it can't be tried, and is empty if it can.
    """

    name: str
    secret: str
    body: bytes
    header: str
    signature: str
    valid: bool
    algorithm: str
    unusable: str = ""

    @property
    def status(self) -> int:
        """Return what the webhook must answer; a SHA-1 signature proves nothing."""
        return 200 if self.valid and self.algorithm == "sha256" else 403


def load(folder: Path) -> Recordings:
    """Return what lies in *folder*, or raise FolderError."""
    rows = _rows(folder)
    others = Counter(row["level"] for row in rows if row["level"] in NOT_INBOUND)
    inbound = [row for row in rows if row["level"] not in NOT_INBOUND]
    return Recordings(tuple(_recording(folder, row) for row in inbound), others)


def vectors(folder: Path) -> list[Vector]:
    """Return the signature vectors of *folder*; none if it has no such file."""
    path = folder / SIGNATURES
    if not path.exists():
        return []
    content = _json(path)
    found = content.get("vectors") if isinstance(content, dict) else content
    if not isinstance(found, list):
        raise FolderError(f"{path} holds no list of vectors")
    try:
        return [_vector(item) for item in found]
    except (AttributeError, KeyError, ValueError) as error:
        raise FolderError(f"{path}: a vector can't be read ({error!r})") from None


def _rows(folder: Path) -> list[dict[str, str]]:
    path = folder / SOURCES
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except FileNotFoundError:
        raise FolderError(
            f"{folder} has no {SOURCES}: name a folder whose {SOURCES} lists its "
            "files, with the columns file and level"
        ) from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FolderError(f"{path} can't be read: {error}") from None
    if not rows or not rows[0].keys() >= COLUMNS:
        raise FolderError(f"{path} lists nothing under the columns file and level")
    return rows


def _recording(folder: Path, row: Mapping[str, str]) -> Recording:
    path, level = folder / row["file"], row["level"]
    if level not in BODIES:
        known = ", ".join([*BODIES, *sorted(NOT_INBOUND)])
        raise FolderError(f"{row['file']} has the level {level!r}; there are {known}")
    of = "instagram" if row.get("type", "").startswith("instagram") else "page"
    return Recording(name=row["file"], body=BODIES[level](path, of))


def _webhook(path: Path, of: str) -> bytes:
    return _read(path)


def _raw(path: Path, of: str) -> bytes:
    content = _json(path)
    if not isinstance(content, dict) or not isinstance(content.get("raw_body"), str):
        raise FolderError(f"{path} is of level raw and has no text under raw_body")
    return str(content["raw_body"]).encode("utf-8", "surrogatepass")


def _entry(path: Path, of: str) -> bytes:
    return dump({"object": of, "entry": listed(_json(path))})


def _event(path: Path, of: str) -> bytes:
    events = listed(_json(path))
    page = next(map(_page, events), None)
    return _wrapped(of, page, "messaging", events)


def _change(path: Path, of: str) -> bytes:
    return _wrapped(of, None, "changes", listed(_json(path)))


#: How the body of each level is made.
BODIES: Mapping[str, Callable[[Path, str], bytes]] = {
    "webhook": _webhook,
    "entry": _entry,
    "event": _event,
    "change": _change,
    "raw": _raw,
}


def _wrapped(of: str, page: str | None, name: str, items: list[Any]) -> bytes:
    entry = {"id": page} if page else {}
    return dump({"object": of, "entry": [{**entry, name: items}]})


def _page(event: object) -> str | None:
    """Return the Page of an event: whom it is to, but for what the Page said."""
    if not isinstance(event, dict):
        return None
    echo = inside(event, "message").get("is_echo") in (True, "true")
    return id_text(inside(event, "sender" if echo else "recipient").get("id"))


def _vector(item: Mapping[str, Any]) -> Vector:
    return Vector(
        name=str(item["id"]),
        secret=str(item["secret"]),
        body=base64.b64decode(item["body_base64"], validate=True),
        header=str(item["header"]),
        signature=str(item["signature"]),
        valid=item["expect_valid"] is True,
        algorithm=str(item["algorithm"]),
        unusable=_unusable(item),
    )


def _unusable(item: Mapping[str, Any]) -> str:
    secret = str(item["secret"])
    if item["scheme"] != SCHEME:
        return f"the scheme {item['scheme']} is not Messenger's"
    if not secret or secret != secret.strip() or "," in secret:
        return "no setting holds a secret with a comma, or blank at its ends"
    return ""


def _json(path: Path) -> Any:
    try:
        # Not orjson: recordings hold lone halves of surrogate pairs.
        return json.loads(_read(path))
    except ValueError as error:
        raise FolderError(f"{path} is not JSON: {error}") from None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FolderError(f"{path} can't be read ({error.strerror})") from None
