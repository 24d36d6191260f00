"""Whom a note calls: `@` and a name, a first name that only one has, or a login."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.store.types import AnyRow


def called(text: str, people: Sequence[AnyRow]) -> set[int]:
    """Return the ids of those of *people* whom *text* calls.

    The longest name counts: "@Ada Lovelace" does not call an Ada Byron as well.
    """
    known = _names(people)
    if not known:
        return set()
    longest_first = sorted(known, key=len, reverse=True)
    pattern = rf"(?<!\w)@({'|'.join(map(re.escape, longest_first))})(?!\w)"
    return {known[found] for found in re.findall(pattern, text.casefold())}


def _names(people: Sequence[AnyRow]) -> Mapping[str, int]:
    firsts = Counter(_first(person.name) for person in people)
    names: dict[str, int] = {}
    for person in people:
        for name in _ways(person, firsts):
            names.setdefault(name, person.id)
    return names


def _ways(person: AnyRow, firsts: Mapping[str, int]) -> Iterable[str]:
    yield person.login.casefold()
    if person.name.strip():
        yield " ".join(person.name.casefold().split())
        if firsts[_first(person.name)] == 1:
            yield _first(person.name)


def _first(name: str) -> str:
    return (name.casefold().split() or [""])[0]
