"""When is news of orders held back? In the shop's quiet hours, by the customer's clock.

By the shop's where nobody knows the customer's: Messenger does not tell it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.store import attendance

#: From and until, by a clock on the wall; until is over.
Span: TypeAlias = tuple[time, time]


@dataclass(frozen=True)
class Quiet:
    """The quiet hours of a shop, if it keeps any, and its zone until one is saved."""

    span: Span | None
    zone: str = "UTC"

    def until(
        self, connection: Connection, theirs: str | None, now: datetime
    ) -> datetime | None:
        """Return when they are over for a customer, by *theirs* if known; None: now."""
        if self.span is None:
            return None
        zone = theirs or attendance.current(connection).hours_in(self.zone).zone
        return ends(self.span, now.astimezone(ZoneInfo(zone)))

    def begun(
        self, connection: Connection, theirs: str | None, at: datetime
    ) -> datetime | None:
        """Return when those began in which it is for a customer *at* a moment."""
        if self.span is None:
            return None
        zone = theirs or attendance.current(connection).hours_in(self.zone).zone
        return begins(self.span, at.astimezone(ZoneInfo(zone)))


def begins(span: Span, local: datetime) -> datetime | None:
    """Return when the quiet hours began in which it is, None if it is in none."""
    if ends(span, local) is None:
        return None
    begin = span[0]
    day = local.date() - timedelta(days=local.time() < begin)
    return datetime.combine(day, begin, local.tzinfo).astimezone(UTC)


def ends(span: Span, local: datetime) -> datetime | None:
    """Return when the quiet hours end in which it is, None if it is in none."""
    begin, end = span
    wall, past_midnight = local.time(), begin > end
    evening = wall >= begin
    if not (evening or wall < end if past_midnight else evening and wall < end):
        return None
    day = local.date() + timedelta(days=past_midnight and evening)
    there = datetime.combine(day, end, local.tzinfo)
    # Where the clock shows the same time twice, the first may be gone by now.
    moments = (there.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return next(moment for moment in moments if moment > local)
