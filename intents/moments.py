"""Days and hours in a text: "tomorrow at 5", "3 Dec", "后天下午三点".

A small grammar of our own: the libraries for it cost 20 MB and a millisecond, and know
neither "بكرة" nor "后天下午三点". What is found is named as Rasa's Duckling names it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from intents.calendar_words import FIGURES, LANGUAGES, Words
from intents.in_place import fold
from intents.parse import Entity
from intents.text import LONGEST

TIME = "time"
#: An hour that nobody says which half of the day it is in, up to this one, is in the
#: afternoon: nobody has a parcel brought at five in the morning.
LATEST_SMALL_HOUR = 6


@dataclass(frozen=True, slots=True)
class _Place:
    """A day, an hour or both, and where the text says so."""

    start: int
    end: int
    day: date | None = None
    hour: time | None = None


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The words of a language as patterns."""

    words: Words
    dates: tuple[re.Pattern[str], ...]
    hours: tuple[re.Pattern[str], ...]
    days: re.Pattern[str]
    named_hours: re.Pattern[str]
    between: re.Pattern[str]


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
    grammar = _grammar(language if language in LANGUAGES else "en")
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
    at = datetime.combine(day, one.hour, now.tzinfo)
    if one.day is None and at <= now:
        at = datetime.combine(day + timedelta(days=1), one.hour, now.tzinfo)
    return at.isoformat()


@lru_cache(maxsize=len(LANGUAGES))
def _grammar(language: str) -> _Grammar:
    words = LANGUAGES[language]
    places = {
        "month": "|".join(words.months),
        "weekday": "|".join(words.weekdays),
        "number": _any(words.numbers),
        "unit": _any(words.units),
        "part": _any((*words.mornings, *words.afternoons)),
    }
    glued = language == "zh"  # no blanks between words
    edges = ("", "") if glued else (r"(?<!\w)(?<!\bla )(?:[وب](?=\w))?", r"(?!\w)")
    return _Grammar(
        words=words,
        dates=tuple(_compiled(one, places) for one in (*words.dates, *FIGURES)),
        hours=tuple(_compiled(one, places) for one in words.hours),
        days=re.compile(f"{edges[0]}(?P<word>{_any(words.days)}){edges[1]}"),
        named_hours=re.compile(
            f"{edges[0]}(?P<word>{_any(words.named_hours)}){edges[1]}"
        ),
        between=re.compile(rf"[\s,،，]*(?:{words.between})?[\s,،，]*"),
    )


def _compiled(shape: str, places: Mapping[str, str]) -> re.Pattern[str]:
    """Return a shape as a pattern, all words in their {places}."""
    for place, words in places.items():
        shape = shape.replace(f"{{{place}}}", words or "(?!)")
    return re.compile(shape)


def _any(words: Iterable[str]) -> str:
    """Return a pattern of any of some words, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, ordered))


def _dates(
    text: str, grammar: _Grammar, today: date, *, month_first: bool
) -> Iterator[_Place]:
    for match in grammar.days.finditer(text):
        day = today + timedelta(days=grammar.words.days[match["word"]])
        yield _Place(match.start("word"), match.end(), day=day)
    for pattern in grammar.dates:
        for match in pattern.finditer(text):
            day_or_none = _day(match, grammar.words, today, month_first=month_first)
            if day_or_none is not None:
                yield _Place(*_span(match), day=day_or_none)


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
    tens, ten, ones = word.replace("两", "二").rpartition("十")
    small = _TEN.index(ones) + 1 if ones else 0
    if not ten:
        return small
    return 10 * (_TEN.index(tens) + 1 if tens else 1) + small


def _hours(text: str, grammar: _Grammar) -> Iterator[_Place]:
    for match in grammar.named_hours.finditer(text):
        hour = time(grammar.words.named_hours[match["word"]])
        yield _Place(match.start("word"), match.end(), hour=hour)
    for pattern in grammar.hours:
        for match in pattern.finditer(text):
            found = _hour(match, grammar.words)
            if found is not None:
                yield _Place(*_span(match), hour=found)


def _hour(match: re.Match[str], words: Words) -> time | None:
    """Return the hour that a match names, None if there is no such hour."""
    said = match.groupdict()
    hour = _number(said["hour"], words)
    minute = _number(said["minute"], words) if said.get("minute") else 0
    half, part = said.get("half") or "", said.get("part") or ""
    if half in words.halves:
        minute = 30
    elif half in words.quarters:
        before = half.endswith((" to", "menos cuarto", "moins le quart", "الا ربع"))
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
    text: str, grammar: _Grammar, dates: list[_Place], hours: list[_Place]
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
            found[-1] = _Place(
                last.start, one.end, day=last.day or one.day, hour=last.hour or one.hour
            )
        else:
            found.append(one)
    return found


def _fit(between: str, grammar: _Grammar, one: _Place, other: _Place) -> bool:
    """Whether one is a day and the other an hour of it, with hardly a word between."""
    is_pair = (one.day is None) != (other.day is None)
    complete = one.day is not None and one.hour is not None
    return is_pair and not complete and bool(grammar.between.fullmatch(between))
