"""The words of a name in another order: a vinyl fair is a "bourse aux vinyles" too."""

from collections.abc import Mapping, Sequence

from bot.name_words import Token, is_telling
from bot.ordinary_words import KINDS

#: From the first word of a name to its last at most.
CLOSE = 5


def gathered(
    names: Mapping[str, Sequence[str]], tokens: Sequence[Token]
) -> tuple[int, int, str] | None:
    """Return where a text says all that tells a name, of which event, in any order.

    A kind and a word beside it at least; None where it is no name, or several.
    """
    found = [
        (*span, event_id)
        for event_id, name in names.items()
        if (span := _span([*_kinds(name), *filter(is_telling, name)], tokens))
    ]
    return found[0] if len(found) == 1 else None


def _kinds(name: Sequence[str]) -> list[str]:
    return [word for word in name if word in KINDS]


def _span(wanted: Sequence[str], tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return from where to where the words stand, if each does and all are close."""
    places = [at for at, one in enumerate(tokens) if one.word in wanted]
    if len(wanted) < 2 or not _kinds(wanted):
        return None
    for first in places:
        near = [at for at in places if first <= at < first + CLOSE]
        if {tokens[at].word for at in near} == {*wanted}:
            return tokens[first].start, tokens[near[-1]].end
    return None
