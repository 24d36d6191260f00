"""Take out of a message what belongs to one customer alone, before all get to read it.

The answer gets a place that somebody has to fill or delete. A phrasing gets a
made-up value: the assistant reads every order number as the same anyway.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.tongue import english
from intents import examples
from intents.entities import Pattern

LABELS: Mapping[str, str] = {
    "name": english("name"),
    "email": english("e-mail address"),
    "phone": english("phone number"),
    "ticket": english("ticket number"),
    "order_number": english("order number"),
    "postcode": english("postcode"),
    "number": english("number"),
}
MADE_UP: Mapping[str, str] = {
    "name": "",
    "email": "name@example.com",
    "phone": "+44 20 7946 0000",
    "ticket": "HR-ABC123",
    "order_number": "12345",
    "postcode": "SW1A 1AA",
    "number": "12345",
}
SHORTEST_NAME = 2
_LONG_NUMBER = re.compile(r"\d(?:[ -]?\d){5,}")
#: Messenger seldom tells a name; who answers asks for it and greets with it.
_GREETED = re.compile(
    r"\b(?i:hello|hi|hey|dear|thanks|thank you|sorry)(?: again)?,? "
    r"(?P<name>(?!There|All|Everybody)[^\W\d_a-z][^\W\d_]+(?: [^\W\d_a-z][^\W\d_]+)?)"
    r"(?=[,!.:;]|$| *[\n–-])"
)
_PLACE = re.compile(rf"\[(?:{'|'.join(map(re.escape, LABELS.values()))})\]")


@dataclass(frozen=True, kw_only=True)
class Masked:
    """A text without a customer's own, and what was taken out of it."""

    text: str
    found: tuple[tuple[str, str], ...] = ()


def for_answer(text: str, name: str | None, patterns: Sequence[Pattern]) -> Masked:
    """Return *text* with a place like ``[order number]`` for each thing found."""
    places = {kind: f"[{label}]" for kind, label in LABELS.items()}
    return _masked(text, name, patterns, places)


def for_phrasing(text: str, name: str | None, patterns: Sequence[Pattern]) -> Masked:
    """Return *text* with made-up values for each thing found."""
    made = _masked(text, name, patterns, MADE_UP)
    return Masked(text=" ".join(made.text.split()), found=made.found)


def places(text: str) -> list[str]:
    """Return the places that nobody has filled yet."""
    return list(dict.fromkeys(_PLACE.findall(text)))


@lru_cache(maxsize=4)
def patterns(paths: tuple[Path, ...]) -> tuple[Pattern, ...]:
    """Return the patterns of order numbers and the like, read once from files."""
    return examples.load(paths).patterns


def _masked(
    text: str,
    name: str | None,
    patterns: Sequence[Pattern],
    instead: Mapping[str, str],
) -> Masked:
    pieces: list[str] = []
    found: list[tuple[str, str]] = []
    at = 0
    for start, end, kind in _apart(_places(text, name, patterns)):
        pieces += [text[at:start], instead[kind]]
        found.append((LABELS[kind], text[start:end].strip()))
        at = end
    return Masked(text="".join([*pieces, text[at:]]), found=tuple(dict.fromkeys(found)))


def _places(
    text: str, name: str | None, patterns: Sequence[Pattern]
) -> list[tuple[int, int, str]]:
    """Return where something stands that belongs to one customer."""
    kinds = [(one.compiled, one.entity) for one in patterns if one.entity in LABELS]
    kinds += [(_word(word), "name") for word in _words(name)]
    kinds.append((_LONG_NUMBER, "number"))
    found = [
        (match.start(), match.end(), kind)
        for expression, kind in kinds
        for match in expression.finditer(text)
        if match.end() > match.start()
    ]
    return [*found, *((*one.span("name"), "name") for one in _GREETED.finditer(text))]


def _word(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)


def _words(name: str | None) -> list[str]:
    words = (name or "").split()
    return [word for word in words if len(word) >= SHORTEST_NAME and word.isalpha()]


def _apart(
    places: Iterable[tuple[int, int, str]],
) -> list[tuple[int, int, str]]:
    """Return places that do not overlap: the first, and of those the longest."""
    apart: list[tuple[int, int, str]] = []
    for place in sorted(places, key=lambda one: (one[0], -one[1])):
        if not apart or place[0] >= apart[-1][1]:
            apart.append(place)
    return apart
