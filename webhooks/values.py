"""Read values out of JSON in which anything may stand anywhere."""

import json
import math
from datetime import UTC, datetime
from typing import Any, TypeAlias

import orjson

Payload: TypeAlias = dict[str, Any]

SECONDS_BELOW = 10**11  # a smaller number is seconds, not milliseconds


def inside(content: Payload, name: str) -> Payload:
    """Return the object under *name*, or an empty one."""
    found = content.get(name)
    return found if isinstance(found, dict) else {}


def listed(content: object) -> list[Any]:
    """Return *content* as a list: some senders leave the brackets out."""
    if isinstance(content, list):
        return content
    return [content] if isinstance(content, dict) else []


def id_text(content: object) -> str | None:
    """Return an id as text: samples show numbers where real ids are strings."""
    if isinstance(content, bool) or not isinstance(content, str | int):
        return None
    return clean(str(content)) or None


def clean(content: object) -> str | None:
    """Return text that any database takes: no NUL, no half of a surrogate pair."""
    if not isinstance(content, str):
        return None
    if "\0" in content:
        content = content.replace("\0", "\ufffd")
    try:
        content.encode()
    except UnicodeEncodeError:
        return content.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return content


def cut(name: str) -> str:
    """Return *name* no longer than a column of names is."""
    return name[:64]


def moment(content: object) -> datetime | None:
    """Return a time given in milliseconds, seconds, or as ISO 8601 text."""
    if isinstance(content, str):
        return _moment_in(content)
    if isinstance(content, bool) or not isinstance(content, int | float):
        return None
    if not math.isfinite(content) or content <= 0:
        return None
    seconds = content if content < SECONDS_BELOW else content / 1000
    try:
        return datetime.fromtimestamp(seconds, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _moment_in(content: str) -> datetime | None:
    try:
        return moment(float(content))
    except ValueError:
        pass
    try:
        found = datetime.fromisoformat(content)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def dump(content: object, *, sort: bool = False) -> bytes:
    """Return *content* as JSON, with sorted keys when it is to be compared."""
    try:
        return orjson.dumps(content, option=orjson.OPT_SORT_KEYS if sort else None)
    except TypeError:
        # Lone surrogates and integers over 64 bits.
        return json.dumps(content, sort_keys=sort).encode()
