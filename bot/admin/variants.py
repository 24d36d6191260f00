"""Other answers of an FAQ entry, and when they are given: as its form has them.

A row of the form in which nothing was chosen or written is no variant.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from bot.messenger.texts import clean, tidied
from bot.settings import LANGUAGES
from bot.store.variants import ALWAYS, CLOSED, DAY_KINDS, OPEN, WEEKDAYS, Variant, When
from bot.tongue import _, lazy
from bot.web import names

MOST = 8
#: Where the form says what is wrong with all of them.
FIELD = "variants"
DAYS: Mapping[str, str] = {
    "weekday": lazy("On weekdays"),
    "weekend": lazy("At the weekend"),
    "holiday": lazy("On holidays"),
    "monday": lazy("On Mondays"),
    "tuesday": lazy("On Tuesdays"),
    "wednesday": lazy("On Wednesdays"),
    "thursday": lazy("On Thursdays"),
    "friday": lazy("On Fridays"),
    "saturday": lazy("On Saturdays"),
    "sunday": lazy("On Sundays"),
}
HOURS: Mapping[str, str] = {
    OPEN: lazy("While you are open"),
    CLOSED: lazy("While you are closed"),
}


def read(form: Mapping[str, str]) -> tuple[Variant, ...]:
    """Return what the form holds; a form without these fields holds none."""
    return _filled(_rows(form))


def arranged(
    form: Mapping[str, str], *, up: int = 0, out: int = 0
) -> tuple[Variant, ...]:
    """Return what it holds with row *up* before the last one, or without row *out*."""
    rows = _rows(form)
    if 1 < up <= len(rows):
        rows[up - 2 : up] = reversed(rows[up - 2 : up])
    return _filled(row for number, row in enumerate(rows, start=1) if number != out)


def _rows(form: Mapping[str, str]) -> list[Variant]:
    return [_row(form, number) for number in range(1, MOST + 1)]


def _filled(rows: Iterable[Variant]) -> tuple[Variant, ...]:
    return tuple(row for row in rows if row.when != ALWAYS or row.answers)


def _row(form: Mapping[str, str], number: int) -> Variant:
    def field(name: str) -> str:
        return clean(form.get(f"variant-{number}-{name}", "")).strip()

    day, hours, country = field("day"), field("hours"), field("country")
    when = When(
        day=day if day in (*DAY_KINDS, *WEEKDAYS) else "",
        hours=hours if hours in (OPEN, CLOSED) else "",
        country=country if country in names.countries() else "",
        since=field("since"),
        until=field("until"),
    )
    written = {
        code: tidied(form.get(answer_field(number, code), "")) for code in LANGUAGES
    }
    return Variant(when=when, answers={c: text for c, text in written.items() if text})


def answer_field(number: int, language: str) -> str:
    """Return the name of the field with what a variant says in a language."""
    return f"variant-{number}-answer-{language}"


def around(
    variants: Sequence[Variant], *, is_longer: bool, is_changed: bool = False
) -> dict[str, Any]:
    """Return what a template shows of them: rows, and what can be chosen.

    *is_longer* has an empty row for another; *is_changed* they stand otherwise than
    the page had them.
    """
    rows = [*variants, *([Variant(when=ALWAYS)] if is_longer else [])]
    return {
        "variant_rows": rows[:MOST],
        "may_grow": len(rows) < MOST,
        "is_changed": is_changed,
        "days": DAYS,
        "open_or_closed": HOURS,
        "countries": names.countries(),
    }


def problems(variants: Sequence[Variant]) -> Iterator[str]:
    """Yield what is wrong with when variants are given, or that nothing is said."""
    for variant in variants:
        yield from _of_one(variant)
    for before, after in combinations(variants, 2):
        if after.when != ALWAYS and before.when.covers(after.when):
            yield _(
                "“%(after)s” is never answered: “%(before)s” stands before it and fits "
                "whenever it does. Put it first, or take it out.",
                after=called(after.when),
                before=called(before.when),
            )


def _of_one(variant: Variant) -> Iterator[str]:
    when, named = variant.when, called(variant.when)
    if when == ALWAYS:
        yield _("Choose when each of the other answers is given.")
    elif not variant.answers:
        yield _("Write what is answered: “%(when)s”.", when=named)
    days = [day for day in (when.since, when.until) if day]
    if not all(map(_is_day, days)):
        yield _("Write a day as year-month-day, such as 2026-12-24.")
    elif when.until and when.until < when.since:
        yield _("“%(when)s”: the last day is before the first.", when=named)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def called(when: When) -> str:
    """Return when an answer is given, in words."""
    words = [
        str(told[chosen])
        for told, chosen in ((DAYS, when.day), (HOURS, when.hours))
        if chosen
    ]
    if when.country:
        words.append(_("To customers in: %(country)s", country=_country(when.country)))
    if when.since:
        words.append(_("From %(day)s", day=when.since))
    if when.until:
        words.append(_("Until %(day)s", day=when.until))
    return " · ".join(words) or _("Always")


def _country(code: str) -> str:
    return names.countries().get(code, code)


def told(variants: Sequence[Variant]) -> list[str]:
    """Return them in words, a line for each language: for versions and conflicts."""
    return [
        _(
            "%(when)s (%(language)s): %(text)s",
            when=called(one.when),
            language=names.language(code),
            text=text,
        )
        for one in variants
        for code, text in one.answers.items()
    ]
