"""The form of hours, ladder and silence: as it is shown, and as it comes back.

What was typed is kept as it was, also where it can't be read, so that whoever made
a mistake has only that to mend.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.hours import MIDNIGHT, Hours, Span
from bot.rungs import Ladder
from bot.store.attendance import HOUR, MINUTE, Attendance
from bot.tongue import _, english
from bot.web import figures, times

MOST_SPANS = 4
MOST_HOLIDAYS = 60
LONGEST_NAME, LONGEST_NOTE = 60, 300
LADDER = ("told", "raised", "escalated")
#: What may be counted: a field, the least and the most it may hold.
NUMBERS = {
    **dict.fromkeys(LADDER, (1, 10_080)),
    "resume_after": (1, 720),
    # Off at 0; the window closes after a day.
    "nudge_after": (0, 1_380),
    "ask_after": (0, 1_380),
}
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::00)?")


@dataclass(frozen=True, kw_only=True)
class Form:
    """Everything on the page, as text."""

    is_always: bool
    zone: str
    days: tuple[tuple[tuple[str, str], ...], ...]
    holidays: tuple[tuple[str, str], ...]
    note: str
    numbers: Mapping[str, str]
    version: int
    #: What is wrong, by the field that it is about.
    problems: Mapping[str, str] = field(default_factory=dict)

    def with_monday_copied(self) -> "Form":
        """Return it with Monday's hours on all working days, which are chosen."""
        return replace(
            self,
            is_always=self.is_always and not self.days[0],
            days=(*[self.days[0]] * 5, *self.days[5:]),
        )

    def beside(self, found: Attendance) -> "Form":
        """Return it with what saving it would lose of what was typed.

        Times beside "always" are told. Those that counted until now are no words of
        whoever opens for ever: they lie in the version before.
        """
        kept = ((),) * 7, shown(found, self.zone).days
        if not self.is_always or self.days in kept:
            return self
        told = _(
            "You gave times, but chose that somebody is always there. Choose "
            "“In these hours:”, or clear the times."
        )
        return replace(self, problems={"open": told, **self.problems})


def shown(found: Attendance, zone: str) -> Form:
    """Return the form of what counts; *zone* is the shop's until one is saved."""
    hours, ladder = found.hours, found.ladder
    return Form(
        is_always=hours.week is None,
        zone=hours.zone if found.version else zone,
        days=tuple(
            tuple((_clock(begin), _clock(end)) for begin, end in day)
            for day in hours.week or ((),) * 7
        ),
        holidays=tuple(
            (day.isoformat(), name) for day, name in sorted(hours.holidays.items())
        ),
        note=hours.note,
        numbers={
            "told": str(ladder.told // MINUTE),
            "raised": str(ladder.raised // MINUTE),
            "escalated": str(ladder.escalated // MINUTE),
            "resume_after": str(found.resume_after // HOUR),
            "nudge_after": str(found.nudge_after // MINUTE),
            "ask_after": str(found.ask_after // MINUTE),
        },
        version=found.version,
    )


def sent(fields: Any) -> Form:
    """Return the form as it came back, with what is wrong with it."""
    form = Form(
        is_always=fields.get("open") == "always",
        zone=fields.get("zone", "").strip(),
        days=tuple(tuple(_pairs(fields, f"day{n}")) for n in range(7)),
        holidays=tuple(_pairs(fields, "holiday")),
        note=" ".join(fields.get("note", "").split()),
        numbers={name: fields.get(name, "").strip() for name in NUMBERS},
        version=fields.get("version", 0, type=int),
    )
    return replace(form, problems=dict(_problems(form)))


def read(form: Form) -> Attendance:
    """Return what a form without problems says."""
    numbers = {name: int(text) for name, text in form.numbers.items()}
    week = tuple(tuple(_span(*pair) for pair in sorted(day)) for day in form.days)
    return Attendance(
        hours=Hours(
            zone=form.zone,
            week=None if form.is_always else week,
            holidays={date.fromisoformat(day): name for day, name in form.holidays},
            note=form.note,
        ),
        ladder=Ladder(
            told=numbers["told"] * MINUTE,
            raised=numbers["raised"] * MINUTE,
            escalated=numbers["escalated"] * MINUTE,
        ),
        resume_after=numbers["resume_after"] * HOUR,
        nudge_after=numbers["nudge_after"] * MINUTE,
        ask_after=numbers["ask_after"] * MINUTE,
        version=form.version,
    )


def _pairs(fields: Any, name: str) -> Iterator[tuple[str, str]]:
    """Yield the pairs of two fields of one name each; an empty one is left out."""
    first, second = fields.getlist(f"{name}-a"), fields.getlist(f"{name}-b")
    for a, b in zip(first, second, strict=False):
        pair = " ".join(a.split()), " ".join(b.split())
        if any(pair):
            yield pair


def _problems(form: Form) -> Iterator[tuple[str, str]]:
    if not _is_zone(form.zone):
        yield (
            "zone",
            _("This is no time zone we know. Choose one, such as Europe/London."),
        )
    if not form.is_always:
        yield from _problems_of_week(form)
    yield from _problems_of_holidays(form)
    if len(form.note) > LONGEST_NOTE:
        yield (
            "note",
            _("This is too long: at most %(most)s characters.", most=LONGEST_NOTE),
        )
    yield from _problems_of_numbers(form)


def _problems_of_week(form: Form) -> Iterator[tuple[str, str]]:
    if not any(form.days):
        yield (
            "day0",
            _("Give hours to at least one day, or choose that you never close."),
        )
    for number, day in enumerate(form.days):
        if (problem := _problem_of_day(day)) is not None:
            named = times.weekdays()[number]
            yield f"day{number}", _(problem, day=named, most=MOST_SPANS)


def _problem_of_day(day: tuple[tuple[str, str], ...]) -> str | None:
    """Return what is wrong with a day, in English, with a place for its name."""
    if len(day) > MOST_SPANS:
        return english("%(day)s: at most %(most)s spans.")
    if not all(_CLOCK.fullmatch(text) for pair in day for text in pair):
        return english("%(day)s: give both times, such as 09:00 and 17:30.")
    spans = sorted(_span(*pair) for pair in day)
    if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
        return english("%(day)s: two spans overlap.")
    return None


def _problems_of_holidays(form: Form) -> Iterator[tuple[str, str]]:
    days = [day for day, _name in form.holidays]
    if len(days) > MOST_HOLIDAYS:
        yield (
            "holidays",
            _("At most %(most)s holidays: leave out what is over.", most=MOST_HOLIDAYS),
        )
    elif not all(map(_is_date, days)) or not all(name for _day, name in form.holidays):
        yield "holidays", _("Each holiday needs a date and a name.")
    elif len(set(days)) < len(days):
        yield "holidays", _("Two holidays are on one day.")
    elif any(len(name) > LONGEST_NAME for _day, name in form.holidays):
        yield (
            "holidays",
            _("A name has at most %(most)s characters.", most=LONGEST_NAME),
        )


def _problems_of_numbers(form: Form) -> Iterator[tuple[str, str]]:
    for name, (least, most) in NUMBERS.items():
        if not _is_number(form.numbers[name], least, most):
            yield (
                name,
                _(
                    "Give a whole number from %(least)s to %(most)s.",
                    least=figures.number(least),
                    most=figures.number(most),
                ),
            )
            return
    told, raised, escalated = (int(form.numbers[name]) for name in LADDER)
    if not told <= raised <= escalated:
        yield (
            "raised",
            _("Each step comes after the one before it: let times grow."),
        )


def _is_number(text: str, least: int, most: int) -> bool:
    digits = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    return digits and least <= int(text) <= most


def _is_zone(text: str) -> bool:
    try:
        return bool(text) and bool(ZoneInfo(text).key)
    except (OSError, ValueError, ZoneInfoNotFoundError):
        return False


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).year > 2000
    except ValueError:
        return False


def _span(begin: str, end: str) -> Span:
    """Return a span; one that ends before it begins goes on past midnight."""
    first, last = _minutes(begin), _minutes(end)
    return first, last if last > first else last + MIDNIGHT


def _minutes(text: str) -> int:
    hour, minute = text.split(":")[:2]
    return int(hour) * 60 + int(minute)


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes % MIDNIGHT, 60)
    return f"{hour:02}:{minute:02}"
