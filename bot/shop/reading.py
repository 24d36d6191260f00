"""What a shop's JSON holds, read without trust: a value of the wrong kind is none."""

import re
from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from typing import Any, TypeAlias

Payload: TypeAlias = dict[str, Any]

#: All that may go into another program's search: nothing of it is syntax there.
_NUMBER = re.compile(r"#?([A-Za-z0-9-]{1,20})")
_KEY = re.compile(r"[A-Za-z0-9._-]{1,64}")
_ADDRESS = re.compile(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,189}")


def plain_number(number: str) -> str | None:
    """Return a number as it may be asked for; None if no order can have it."""
    match = _NUMBER.fullmatch(number)
    return match[1] if match else None


def plain_key(key: str) -> str | None:
    """Return a product's key as it may be asked for; None if no product can have it."""
    return key if _KEY.fullmatch(key) and key.strip(".") else None


def plain_address(email: str) -> str | None:
    """Return an address as it may be asked for; None if it has what is syntax."""
    return email if _ADDRESS.fullmatch(email) else None


def text(content: Any, *path: str) -> str:
    """Return the text that lies at the end of a path, or none."""
    found = at(content, *path)
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    return plain_text(found) if isinstance(found, str) else ""


def plain_text(found: str) -> str:
    """Return a text without blanks around it, or NUL, which PostgreSQL refuses."""
    return found.replace("\0", "").strip()


def same_words(one: str, other: str) -> bool:
    """Whether two texts are one but for blanks and case."""
    return one.casefold().split() == other.casefold().split()


def at(content: Any, *path: str) -> Any:
    """Return what lies at the end of a path of keys, or None."""
    for key in path:
        content = content.get(key) if isinstance(content, dict) else None
    return content


def objects(content: Any, *path: str) -> Sequence[Payload]:
    """Return the objects of the list that lies at the end of a path."""
    found = at(content, *path)
    return [one for one in found if isinstance(one, dict)] if _is_list(found) else []


def _is_list(content: Any) -> bool:
    return isinstance(content, list)


def day(written: str, zone: tzinfo) -> date | None:
    """Return the day of a date, or of a moment where the shop is."""
    try:
        if len(written) == len("2026-12-24"):
            return date.fromisoformat(written)
        moment = datetime.fromisoformat(written)
        return moment.astimezone(zone).date() if moment.tzinfo else moment.date()
    except (ValueError, OverflowError):  # the first year's first day, further west
        return None
