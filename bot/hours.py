"""When is somebody there? Weekly hours and holidays, and time counted in them.

All is said by the clock on the shop's wall; what is given and returned are moments.
A span may go on past midnight: it belongs to the day on which it begins, and falls
out when that day is a holiday.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

#: From and until, in minutes after midnight.
Span: TypeAlias = tuple[int, int]
Week: TypeAlias = tuple[tuple[Span, ...], ...]

MIDNIGHT = 24 * 60
LOOKED_AHEAD = 400  # days; nobody closes for longer and has customers who wait


@dataclass(frozen=True, kw_only=True)
class Hours:
    """When people are there to answer."""

    zone: str = "UTC"
    #: The spans of each weekday, Monday first; None: somebody is always there.
    week: Week | None = None
    holidays: Mapping[date, str] = field(default_factory=dict)
    #: What else a customer should know who writes when nobody is there.
    note: str = ""

    def is_open(self, at: datetime) -> bool:
        """Return whether somebody is there."""
        return self.week is None or self.opens(at) == at

    def opens(self, at: datetime) -> datetime | None:
        """Return when somebody is there next, *at* itself if now; None: who knows."""
        if self.week is None:
            return at
        return next((max(begin, at) for begin, _ in self._open(at)), None)

    def closes(self, at: datetime) -> datetime | None:
        """Return when nobody is there any more; None if nobody is, or always."""
        if self.week is None or not self.is_open(at):
            return None
        until = at
        for begin, end in self._open(at):
            if begin > until:
                break
            until = end
        return until

    def after(self, since: datetime, span: timedelta) -> datetime:
        """Return when somebody will have been there for *span* in all."""
        if self.week is None:
            return since + span
        left = span
        for begin, end in self._open(since):
            begin = max(begin, since)
            if end - begin >= left:
                return begin + left
            left -= end - begin
        return since + timedelta(days=LOOKED_AHEAD)

    def holiday(self, at: datetime) -> str | None:
        """Return the name of the holiday that it is at the shop."""
        return self.holidays.get(at.astimezone(ZoneInfo(self.zone)).date())

    def day_kind(self, day: date) -> str:
        """Return whether a day is a holiday, at the weekend, or a weekday.

        At the weekend are the days of the week on which nobody is there; where there
        is no such day, Saturday and Sunday.
        """
        if day in self.holidays:
            return "holiday"
        closed = {number for number, spans in enumerate(self.week or ()) if not spans}
        return "weekend" if day.weekday() in (closed or {5, 6}) else "weekday"

    def _open(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield when somebody is there, in order, without what is over by *at*."""
        today = at.astimezone(ZoneInfo(self.zone)).date()
        for number in range(-1, LOOKED_AHEAD):
            day = today + timedelta(days=number)
            for begin, end in self._spans(day):
                span = self._moment(day, begin), self._moment(day, end)
                # Where the wall clock skips an hour, a span may come to nothing.
                if span[0] < span[1] and span[1] > at:
                    yield span

    def _spans(self, day: date) -> Sequence[Span]:
        if self.week is None or day in self.holidays:
            return ()
        return self.week[day.weekday()]

    def _moment(self, day: date, minutes: int) -> datetime:
        wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
        return wall.replace(tzinfo=ZoneInfo(self.zone), fold=0).astimezone(UTC)

    def to_json(self) -> dict[str, Any]:
        """Return all of it as JSON."""
        return {
            "zone": self.zone,
            "week": self.week,
            "holidays": {day.isoformat(): name for day, name in self.holidays.items()},
            "note": self.note,
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Hours":
        """Return what `to_json` has written down."""
        week = content["week"]
        holidays = content["holidays"].items()
        return cls(
            zone=content["zone"],
            week=week and tuple(tuple((a, b) for a, b in day) for day in week),
            holidays={date.fromisoformat(day): name for day, name in holidays},
            note=content["note"],
        )
