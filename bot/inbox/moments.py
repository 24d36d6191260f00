"""Until when a conversation may sleep: near moments by the shop's wall clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.wall_time import moment
from bot.tongue import _

HOUR = timedelta(hours=1)
EVENING = time(18)
MORNING = time(9)
MONDAY = 0
LONGEST = timedelta(days=366)
_TYPED = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True)
class Moment:
    """A moment that is offered: what the form calls it, in words, and when it is."""

    name: str
    words: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Own:
    """A moment of one's own, as its field has it: by the shop's wall clock."""

    usual: str
    first: str
    last: str
    zone: str


def own(now: datetime, zone: ZoneInfo) -> Own:
    """Return what stands in the field at first, and between what it may be."""
    there = now.astimezone(zone)
    tomorrow = datetime.combine(there.date() + timedelta(days=1), MORNING)
    return Own(
        usual=f"{tomorrow:{_TYPED}}",
        first=f"{there:{_TYPED}}",
        last=f"{there + LONGEST:{_TYPED}}",
        zone=zone.key,
    )


def offered(now: datetime, zone: ZoneInfo) -> list[Moment]:
    """Return the moments to choose from: each once, and none in less than an hour."""
    first: dict[datetime, Moment] = {}
    for found in _coming(now, zone):
        if found.at >= now + HOUR:
            first.setdefault(found.at, found)
    return [*first.values()]


def chosen(name: str, typed: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the moment a form asks for: one of those there are, or one typed in.

    None if there is no such moment, if it is past, or more than a year away.
    """
    # Also one that is offered no more: the page may be of yesterday.
    named = {found.name: found.at for found in _coming(now, zone)}
    if name:
        return named.get(name)
    try:
        wall = datetime.fromisoformat(typed)
        at = moment(wall.replace(tzinfo=None), zone.key)
    except (ValueError, OverflowError):
        return None
    return at if now < at <= now + LONGEST else None


def _coming(now: datetime, zone: ZoneInfo) -> Iterator[Moment]:
    return (found for found in _all(now, zone) if found.at > now)


def _all(now: datetime, zone: ZoneInfo) -> Iterator[Moment]:
    today = now.astimezone(zone).date()
    to_monday = (MONDAY - today.weekday()) % 7 or 7

    def on(days: int, hour: time) -> datetime:
        wall = datetime.combine(today + timedelta(days=days), hour)
        return moment(wall, zone.key)

    yield Moment("hour", _("In 1 hour"), now + HOUR)
    yield Moment("evening", _("This evening"), on(0, EVENING))
    yield Moment("tomorrow", _("Tomorrow morning"), on(1, MORNING))
    yield Moment("monday", _("Monday morning"), on(to_monday, MORNING))
