"""Days and hours in a text: "tomorrow at 5", "3 Dec", "后天下午三点".

A small grammar of our own: the libraries for it cost 20 MB and a millisecond, and know
neither "بكرة" nor "后天下午三点". What is found is named as Rasa's Duckling names it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from intents.calendar_grammar import Grammar, grammar_of
from intents.calendar_words import LANGUAGES, Words
from intents.in_place import fold
from intents.parse import Entity
from intents.text import LONGEST

TIME = "time"
#: An hour that nobody says which half of the day it is in, up to this one, is in the
#: afternoon: nobody has a parcel brought at five in the morning.
LATEST_SMALL_HOUR = 6
#: What says that a weekday has passed stands so close before it, in signs.
_LONGEST_PAST = 12
#: Until when it is night behind midnight.
LATEST_OF_NIGHT = 4


@dataclass(frozen=True, slots=True)
class _Place:
    """A day, an hour or both, and where the text says so."""

    start: int
    end: int
    day: date | None = None
    hour: time | None = None
    #: Whether the day is told by its evening, and by its night.
    late: bool = False
    of_night: bool = False
    #: Whether the hour is behind midnight, where a new day has begun.
    past_midnight: bool = False


def moments(
    text: str, language: str, now: datetime, *, month_first: bool = False
) -> list[Entity]:
    """Return the days and hours in *text*, first to last, as seen from *now*.

    *now* is aware, in the zone of who wrote. A day is ``2026-12-03``, with an hour
    ``2026-12-03T17:00:00+01:00``; an hour alone is the next one to come. *month_first*
    reads 3/12 as an American does. A language that we do not know is read as English.
    """
    seen = text[:LONGEST]
    folded = fold(seen)
    grammar = grammar_of(language if language in LANGUAGES else "en")
    if len(folded) != len(seen):
        return []
    today = now.date()
    dates = [*_dates(folded, grammar, today, month_first=month_first)]
    hours = [*_hours(folded, grammar)]
    found = _together(folded, grammar, _longest(dates), _longest(hours))
    return [_entity(seen, one, now) for one in found]


def _entity(text: str, one: _Place, now: datetime) -> Entity:
    return Entity(
        entity=TIME,
        start=one.start,
        end=one.end,
        value=_value(one, now),
        extractor="CalendarGrammar",
    )


def _value(one: _Place, now: datetime) -> str:
    if one.hour is None:
        return str(one.day)
    day = one.day or now.date()
    if one.day is not None and one.past_midnight:
        day += timedelta(days=1)
    at = datetime.combine(day, one.hour, now.tzinfo)
    if one.day is None and at <= now:
        at = datetime.combine(day + timedelta(days=1), one.hour, now.tzinfo)
    return at.isoformat()


def _dates(
    text: str, grammar: Grammar, today: date, *, month_first: bool
) -> Iterator[_Place]:
    for match in grammar.days.finditer(text):
        day = today + timedelta(days=grammar.words.days[match["word"]])
        late = match["word"] in grammar.words.evenings
        of_night = match["word"] in grammar.words.nights
        place = match.start("word"), match.end()
        yield _Place(*place, day=day, late=late, of_night=of_night)
    for pattern in grammar.dates:
        for match in pattern.finditer(text):
            day_or_none = _day(match, grammar.words, today, month_first=month_first)
            if day_or_none is not None and not _has_passed(match, grammar):
                yield _Place(*_span(match), day=day_or_none)


def _has_passed(match: re.Match[str], grammar: Grammar) -> bool:
    """Whether a weekday is said to be one that was: "last Friday"."""
    if not match.groupdict().get("weekday"):
        return False
    start, end = _span(match)
    before = grammar.past.search(match.string, max(0, start - _LONGEST_PAST), start)
    return bool(before or grammar.passed.match(match.string, end))


def _day(
    match: re.Match[str], words: Words, today: date, *, month_first: bool
) -> date | None:
    """Return the day that a match names, None if there is no such day."""
    said = match.groupdict()
    if said.get("weekday"):
        return _weekday(said, words, today)
    if said.get("unit"):
        count = _number(said.get("n") or "1", words)
        return today + timedelta(days=count * words.units[said["unit"]])
    if said.get("first"):
        first, second = int(said["first"]), int(said["second"])
        said["d"], said["mm"] = said["first"], said["second"]
        if (month_first and first <= 12) or second > 12:
            said["d"], said["mm"] = said["second"], said["first"]
    month = _month(said, words)
    day = _number(said["d"], words)
    if month is None:
        return _next_day(day, today)
    return _date(said.get("y"), month, day, today)


def _weekday(said: dict[str, str], words: Words, today: date) -> date:
    """Return the next such day to come, or that of next week."""
    wanted = _place(said["weekday"], words.weekdays)
    if said.get("next") and words.next_is_of_next_week:
        monday = today + timedelta(days=7 - today.weekday())
        return monday + timedelta(days=wanted)
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _place(word: str, spellings: tuple[str, ...]) -> int:
    return next(n for n, one in enumerate(spellings) if re.fullmatch(one, word))


def _month(said: dict[str, str], words: Words) -> int | None:
    if said.get("month"):
        return _place(said["month"], words.months) + 1
    return _number(said["mm"], words) if said.get("mm") else None


def _date(year: str | None, month: int, day: int, today: date) -> date | None:
    """Return a date; without a year the next one to come."""
    try:
        if year is not None:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        found = date(today.year, month, day)
        return found if found >= today else date(today.year + 1, month, day)
    except ValueError:
        return None


def _next_day(day: int, today: date) -> date | None:
    """Return the next day of a month that has this number."""
    year, month = today.year, today.month
    for _ in range(3):
        found = _date(str(year), month, day, today)
        if found is not None and found >= today:
            return found
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return None


_TEN = "一二三四五六七八九十"


def _number(word: str, words: Words) -> int:
    if word.isdecimal():
        return int(word)
    if word in words.numbers:
        return words.numbers[word]
    tens, ten, ones = re.sub("[两兩]", "二", word).rpartition("十")
    small = _TEN.index(ones) + 1 if ones else 0
    if not ten:
        return small
    return 10 * (_TEN.index(tens) + 1 if tens else 1) + small


def _hours(text: str, grammar: Grammar) -> Iterator[_Place]:
    for match in grammar.named_hours.finditer(text):
        hour = time(grammar.words.named_hours[match["word"]])
        yield _Place(match.start("word"), match.end(), hour=hour)
    for pattern in grammar.hours:
        for match in pattern.finditer(text):
            found = _hour(match, grammar.words)
            if found is not None:
                of_night = match.groupdict().get("part") in grammar.words.nights
                one = _Place(*_span(match), hour=found)
                yield _at_night(one) if of_night else one


def _hour(match: re.Match[str], words: Words) -> time | None:
    """Return the hour that a match names, None if there is no such hour."""
    said = match.groupdict()
    hour = _number(said["hour"], words)
    minute = _number(said["minute"], words) if said.get("minute") else 0
    half, part = said.get("half") or "", said.get("part") or ""
    if half in words.halves:
        minute = 30
    elif half in words.quarters:
        before = half.endswith(
            (" to", "menos cuarto", "moins le quart", "الا ربع", "الا الربع")
        )
        hour, minute = (hour - 1, 45) if before else (hour, 15)
    if part in words.afternoons:
        hour += 12 if 0 < hour < 12 else 0
    elif part in words.mornings:
        hour = 0 if hour == 12 else hour
    elif 0 < hour <= LATEST_SMALL_HOUR and not said["hour"].startswith("0"):
        hour += 12
    return time(hour, minute) if 0 <= hour < 24 and minute < 60 else None


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Return where a match stands, without the blanks around it."""
    whole = match[0]
    return match.start() + len(whole) - len(whole.lstrip()), match.end()


def _longest(places: list[_Place]) -> list[_Place]:
    """Return places first to last, of those that overlap the longest."""
    kept: list[_Place] = []
    for one in sorted(places, key=lambda place: (place.start - place.end, place.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda place: place.start)


def _together(
    text: str, grammar: Grammar, dates: list[_Place], hours: list[_Place]
) -> list[_Place]:
    """Return days and hours in order, an hour and the day beside it as one."""
    free = [
        hour
        for hour in hours
        if all(hour.end <= day.start or day.end <= hour.start for day in dates)
    ]
    found: list[_Place] = []
    for one in sorted([*dates, *free], key=lambda place: place.start):
        last = found[-1] if found else None
        if last is not None and _fit(text[last.end : one.start], grammar, last, one):
            found[-1] = _joined(last, one)
        else:
            found.append(one)
    return found


def _joined(one: _Place, other: _Place) -> _Place:
    """Return a day and an hour as one; "tonight at eight" is not in the morning."""
    day, hour = one.day or other.day, one.hour or other.hour
    if hour is not None and 0 < hour.hour < 12 and (one.late or other.late):
        hour = hour.replace(hour=hour.hour + 12)
    past_midnight = one.past_midnight or other.past_midnight
    both = _Place(one.start, other.end, day, hour, past_midnight=past_midnight)
    return _at_night(both) if one.of_night or other.of_night else both


def _at_night(one: _Place) -> _Place:
    """Return an hour as it is told at night: twelve is midnight, and two behind it."""
    hour = one.hour
    if hour is None or not 12 <= hour.hour <= 12 + LATEST_OF_NIGHT:
        return one
    return replace(one, hour=hour.replace(hour=hour.hour - 12), past_midnight=True)


def _fit(between: str, grammar: Grammar, one: _Place, other: _Place) -> bool:
    """Whether one is a day and the other an hour of it, with hardly a word between."""
    is_pair = (one.day is None) != (other.day is None)
    complete = one.day is not None and one.hour is not None
    return is_pair and not complete and bool(grammar.between.fullmatch(between))
