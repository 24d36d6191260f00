"""The hours of the shop that a script is played in, as they stand in its file."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.hours import Hours, Span
from bot.scripts.fixtures import FixtureError
from bot.store.variants import WEEKDAYS
from flows.files import nearest

FIELDS = ("zone", *WEEKDAYS, "holidays", "note")
_SPAN = re.compile(r"(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)")
_CURE = "write from when until when: 09:00-17:00, or a list of such spans"


def hours(section: Any) -> Hours:
    """Return the hours; a day that is not named is closed, and none at all is none."""
    if not isinstance(section, Mapping):
        raise FixtureError(f"'hours': write some of {', '.join(FIELDS)} below it")
    for name in section:
        if name not in FIELDS:
            near = nearest(str(name), FIELDS)
            raise FixtureError(f"'hours': '{name}' is no field{near}")
    week = tuple(tuple(_spans(section.get(day), day)) for day in WEEKDAYS)
    return Hours(
        zone=_zone(section),
        week=week if any(week) else None,
        holidays=_holidays(section.get("holidays") or {}),
        note=str(section.get("note") or ""),
    )


def _zone(section: Mapping[str, Any]) -> str:
    zone = str(section.get("zone", "UTC"))
    try:
        return ZoneInfo(zone).key
    except (ValueError, ZoneInfoNotFoundError):
        cure = "write one such as Europe/London"
        raise FixtureError(f"'hours': no zone '{zone}'; {cure}") from None


def _spans(day: Any, name: str) -> Iterator[Span]:
    written = day if isinstance(day, list) else [day] if day else []
    for one in written:
        found = _SPAN.fullmatch(str(one).replace(" ", ""))
        if found is None:
            raise FixtureError(f"'hours', '{name}': {_CURE}")
        begin, end = (int(found[at]) * 60 + int(found[at + 1]) for at in (1, 3))
        if not begin < end:
            raise FixtureError(f"'hours', '{name}': {_CURE}")
        yield begin, end


def _holidays(section: Any) -> dict[date, str]:
    cure = "write days and what they are called: 2026-12-25: Christmas Day"
    if not isinstance(section, Mapping):
        raise FixtureError(f"'hours', 'holidays': {cure}")
    if not all(isinstance(day, date) for day in section):
        raise FixtureError(f"'hours', 'holidays': {cure}")
    return {day: str(name) for day, name in section.items()}
