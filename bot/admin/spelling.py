"""Put right what was mistyped, before it is proposed as a way to ask.

A word is mistyped if it is no word that the shop itself writes, and one slip away from
one that it does write. Endings are no slips: "record" is no "records" mistyped.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from os.path import commonprefix

from bot.name_words import slips_apart
from intents.text import normalise, unaccented

SHORTEST = 4
#: What differs by no more than so many letters at its end differs by its ending.
ENDING = 2
_WORD = re.compile(r"[^\W\d_]+")


def words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of texts, whichever way their letters are written."""
    return frozenset(word for text in texts for word in _WORD.findall(normalise(text)))


def put_right(text: str, meant: Collection[str], known: Collection[str]) -> str:
    """Return *text* with the words that are mistyped as they are *meant*.

    Words that are *known* stay as they are.
    """

    def right(match: re.Match[str]) -> str:
        word = normalise(match[0])
        if word in known or word in meant:
            return match[0]
        found = [one for one in meant if is_slip(word, one)]
        return found[0] if len(found) == 1 else match[0]

    return _WORD.sub(right, text)


def well_spelt(texts: Sequence[str], known: Collection[str]) -> list[str]:
    """Return *texts* without those that are another of them, mistyped."""
    apart = [_WORD.findall(normalise(text)) for text in texts]
    return [
        text
        for text, said in zip(texts, apart, strict=True)
        if not any(_is_mistyped(said, other, known) for other in apart)
    ]


def is_slip(word: str, meant: str) -> bool:
    """Return whether a word may be another one that is mistyped.

    Without its accents it is not: so many people type.
    """
    word, meant = unaccented(word), unaccented(meant)
    if min(len(word), len(meant)) < SHORTEST or word[0] != meant[0] or word == meant:
        return False
    if sorted(word) == sorted(meant):
        return slips_apart(word, meant) == 1
    longest = max(len(word), len(meant))
    is_ending = len(commonprefix([word, meant])) >= longest - ENDING
    return not is_ending and slips_apart(word, meant) == 1


def _is_mistyped(
    said: Sequence[str], other: Sequence[str], known: Collection[str]
) -> bool:
    """Return whether words are others but for slips, and those are known."""
    if len(said) != len(other) or said == other:
        return False
    differ = ((one, two) for one, two in zip(said, other, strict=True) if one != two)
    return all(
        one not in known and two in known and is_slip(one, two) for one, two in differ
    )
