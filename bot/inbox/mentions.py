"""Whom a note calls: `@` and a name, a first name that only one has, or a login."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.store.types import AnyRow

_ANY = re.compile(r"(?<!\w)@(\w[\w.-]*\w|\w)")


@dataclass(frozen=True)
class Piece:
    """A part of a note; *calls* is the id of whom it calls, if it does."""

    text: str
    calls: int | None = None
    is_name: bool = False


def called(text: str, people: Sequence[AnyRow]) -> set[int]:
    """Return the ids of those of *people* whom *text* calls.

    The longest name counts: "@Ada Lovelace" does not call an Ada Byron as well.
    """
    return {piece.calls for piece in pieces(text, people) if piece.calls is not None}


def pieces(text: str, people: Sequence[AnyRow]) -> list[Piece]:
    """Return all of *text* in pieces, those that call somebody by themselves."""
    return [piece for piece in _pieces(text, people) if piece.text]


def apart(text: str) -> list[Piece]:
    """Return all of *text* in pieces, what stands after an `@` by itself.

    For where nobody is looked up: it may call somebody, or not.
    """
    made, at = [], 0
    for found in _ANY.finditer(text):
        made += [Piece(text[at : found.start()]), Piece(found[0], is_name=True)]
        at = found.end()
    return [piece for piece in (*made, Piece(text[at:])) if piece.text]


def nobody(text: str, people: Sequence[AnyRow]) -> list[str]:
    """Return what stands after an `@` in *text* and is nobody's name, each once."""
    rest = (piece.text for piece in pieces(text, people) if piece.calls is None)
    return list(dict.fromkeys(name for some in rest for name in _ANY.findall(some)))


def handle(person: AnyRow, people: Sequence[AnyRow]) -> str:
    """Return what to write after an `@` to call this one of *people* for sure."""
    name = " ".join(person.name.split())
    is_theirs = name and _names(people).get(name.casefold()) == person.id
    return name if is_theirs else str(person.login)


def _pieces(text: str, people: Sequence[AnyRow]) -> Iterator[Piece]:
    known, at = _names(people), 0
    for found in _pattern(people).finditer(text) if known else ():
        yield Piece(text[at : found.start()])
        calls = known.get(found[1].casefold())
        yield Piece(found[0], calls=calls, is_name=calls is not None)
        at = found.end()
    yield Piece(text[at:])


def _pattern(people: Sequence[AnyRow]) -> re.Pattern[str]:
    # As they are written and folded: "Strauß" is found in both.
    written = [way for person in people for way in _ways(person) if way]
    spelled = {*written, *map(str.casefold, written)}
    names = "|".join(map(re.escape, sorted(spelled, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)@({names})(?!\w)", re.IGNORECASE)


def _names(people: Sequence[AnyRow]) -> Mapping[str, int]:
    firsts = Counter(_ways(person)[-1].casefold() for person in people)
    names: dict[str, int] = {}
    for person in people:
        *sure, first = map(str.casefold, _ways(person))
        for name in filter(None, sure if firsts[first] > 1 else (*sure, first)):
            names.setdefault(name, person.id)
    return names


def _ways(person: AnyRow) -> tuple[str, str, str]:
    """Return a login, a name and a first name; the latter may be none."""
    words = person.name.split()
    return person.login, " ".join(words), "".join(words[:1])
