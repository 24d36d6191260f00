"""How a language tells days and hours, its words made into patterns."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from intents.calendar_words import FIGURES, LANGUAGES, Words


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words of a language as patterns."""

    words: Words
    dates: tuple[re.Pattern[str], ...]
    hours: tuple[re.Pattern[str], ...]
    days: re.Pattern[str]
    named_hours: re.Pattern[str]
    between: re.Pattern[str]
    past: re.Pattern[str]
    passed: re.Pattern[str]


@lru_cache(maxsize=len(LANGUAGES))
def grammar_of(language: str) -> Grammar:
    """Return the grammar of a language that we know."""
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
    return Grammar(
        words=words,
        dates=tuple(_compiled(one, places) for one in (*words.dates, *FIGURES)),
        hours=tuple(_compiled(one, places) for one in words.hours),
        days=re.compile(f"{edges[0]}(?P<word>{_any(words.days)}){edges[1]}"),
        named_hours=re.compile(
            f"{edges[0]}(?P<word>{_any(words.named_hours)}){edges[1]}"
        ),
        between=re.compile(rf"[\s,،，]*(?:{words.between})?[\s,،，]*"),
        past=re.compile(rf"(?<!\w)(?:{words.past or '(?!)'})\Z"),
        passed=re.compile(rf"(?:{words.passed or '(?!)'})(?!\w)"),
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
