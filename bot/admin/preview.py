"""How a customer will see it: the very messages that would go out."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template, request
from flask.typing import ResponseReturnValue

from bot import saying
from bot.admin import draft as drafting
from bot.admin import pictured, tongues, variants
from bot.admin.draft import Draft
from bot.admin.home import blueprint
from bot.circumstances import circumstances
from bot.hours import Hours
from bot.messenger.texts import tidied
from bot.replies import Reply, replies
from bot.store import attendance
from bot.store.extras import Extras
from bot.store.people import Role
from bot.store.variants import ALWAYS, CLOSED, OPEN, Variant
from bot.web import names, times
from bot.web.access import needs
from bot.web.current import now, parts

MOST = 20_000
DAYS_AHEAD = 7
NOTHING: Mapping[str, str] = MappingProxyType({})


def messages(said: Mapping[str, Any], text: str) -> list[Reply]:
    """Return the messages that say *text* as *said* is said."""
    return replies({**said, "text": tidied(text)[:MOST]})


def of_entry(answer: str, beside: Extras) -> list[Reply]:
    """Return the messages of an answer with its picture and its buttons."""
    return messages(saying.said(answer, beside), answer)


@dataclass(frozen=True, kw_only=True)
class Supposed:
    """For which day, hours and customer the answer is shown; empty is as it is now."""

    on: str = ""
    hours: str = ""
    country: str = ""
    #: What can be chosen: days by their dates, countries by their codes.
    days: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The phone beside the form of an entry: one language of those of the shop."""

    shown: str
    languages: Sequence[str]
    #: How a customer asks it there.
    asked: str
    messages: Sequence[Reply]
    #: The language that is said instead, where the shown one says nothing.
    instead: str | None
    #: When the shown answer is given, in words; empty where it is the plain one.
    when: str
    #: None where there is one answer, whenever and whoever asks.
    supposed: Supposed | None


def of_form(draft: Draft, shown: str = "", chosen: Mapping[str, str] = NOTHING) -> Seen:
    """Return what a customer sees in a language, as the form stands.

    *chosen* is what the form supposes of the moment and of the customer.
    """
    content = parts().content
    own = content.language
    language = shown if shown in content.languages else tongues.first()
    with parts().database.read() as connection:
        hours = attendance.current(connection).hours_in(parts().settings.zone)
    supposed = _supposed(draft, chosen, hours)
    fitting = _fitting(draft, (language, own), _slots(supposed, hours))
    said = fitting.answers if fitting else {own: draft.answer, **draft.answers}
    text, other = said.get(language, ""), said.get(own, "")
    return Seen(
        shown=language,
        languages=tongues.order(),
        asked=_asked(draft, language),
        messages=of_entry(text or other, draft.extras),
        instead=own if other and not text else None,
        when=variants.called(fitting.when) if fitting else "",
        supposed=supposed if draft.variants else None,
    )


def _fitting(
    draft: Draft, languages: Sequence[str], slots: Mapping[str, Any]
) -> Variant | None:
    """Return the first variant that fits and says something in these languages."""
    chosen = (one for one in draft.variants if one.when != ALWAYS)
    fitting = (one for one in chosen if one.when.holds(slots, {}))
    return next((one for one in fitting if one.answer(languages)), None)


def _slots(supposed: Supposed, hours: Hours) -> dict[str, Any]:
    """Return what would be the case."""
    moment = now()
    if supposed.on:
        noon = datetime.combine(date.fromisoformat(supposed.on), time(12))
        moment = noon.replace(tzinfo=ZoneInfo(hours.zone))
    found = {**circumstances(moment, hours, supposed.country or None)}
    return {**found, "open_now": supposed.hours == OPEN} if supposed.hours else found


def _supposed(draft: Draft, chosen: Mapping[str, str], hours: Hours) -> Supposed:
    """Return what is chosen, among what can be."""
    days = {day.isoformat(): times.weekday_and_date(day) for day in _days(draft, hours)}
    named = names.countries()
    asked = {one.when.country: "" for one in draft.variants if one.when.country}
    countries = {code: named.get(code, code) for code in asked}
    on, country = chosen.get("as-on", ""), chosen.get("as-country", "")
    is_open = chosen.get("as-hours", "")
    return Supposed(
        on=on if on in days else "",
        hours=is_open if is_open in (OPEN, CLOSED) else "",
        country=country if country in countries else "",
        days=days,
        countries=countries,
    )


def _days(draft: Draft, hours: Hours) -> list[date]:
    """Return the days worth looking at: a week, a holiday, where variants begin."""
    today = now().astimezone(ZoneInfo(hours.zone)).date()
    coming = {today + timedelta(days=number) for number in range(DAYS_AHEAD)}
    holidays = sorted(day for day in hours.holidays if day > today)[:1]
    begins = {_day(one.when.since) for one in draft.variants}
    return sorted({*coming, *holidays, *(day for day in begins if day and day > today)})


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None


def _asked(draft: Draft, language: str) -> str:
    """Return the first phrasing of a language, or else what it is called there."""
    mine = tongues.of_language(draft.phrasings, language)
    title = draft.titles.get(language) or draft.question
    return next(iter(mine), None) or title or "…"


@blueprint.post("/preview")
@needs(Role.EDITOR)
def preview() -> ResponseReturnValue:
    """Show what is being typed; nothing is kept."""
    form = request.values
    seen = of_form(drafting.read(pictured.typed()), form.get("shown", ""), form)
    return render_template("admin/seen.html", seen=seen)
