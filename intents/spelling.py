"""What did a customer mean to type? A word with one slip in it, where that is clear.

"canel my order" is far from any phrasing for a model that counts words and pieces of
them, and near for everybody who reads it. A slip is one letter too few, too many or
another, or two that changed places (Damerau, 1964: four of five misspelt words).
"""

import re
from collections.abc import Container, Iterator
from functools import lru_cache

import numpy as np

from intents.features import Vocabulary

#: Words as short as that have too many neighbours to be meant; longer ones are none.
LEAST_MEANT, MOST_LETTERS = 5, 20
#: More words than that in a message are not looked at.
MOST_WORDS = 4
#: In how many rows a word must be to be what was meant, and how many times as many as
#: any other that may be.
LEAST_ROWS, LEAD = 4, 3.0
#: A word of so few rows may be a slip that was taught; what is so many times as common
#: was meant by it.
FEW_ROWS, FAR_COMMONER = 3, 40.0
_WORD = re.compile(r"(?<!\w)[a-z\u00e0-\u024f]+(?!\w)")
#: With a capital, and behind a word of the same sentence.
_NAME = re.compile(r"(?<=[^\W_][ ,]) ?([A-Z\u00c0-\u00dd][a-z\u00e0-\u024f]+)")
#: Of Latin words alone: Arabic ones have prefixes, endings and a neighbour each.
_LETTERS = "abcdefghijklmnopqrstuvwxyzáéíóúüñàâçèêëîïôùûœ"


def names_in(text: str) -> frozenset[str]:
    """Return the words of a text, as it was typed, that only names begin like."""
    return frozenset(one.casefold() for one in _NAME.findall(text))


def mended(normalised: str, vocabulary: Vocabulary, names: Container[str] = ()) -> str:
    """Return a normalised text with the words that were meant, as far as clear.

    *names* are left as they are.
    """
    words = [
        word
        for word in dict.fromkeys(_WORD.findall(normalised))
        if LEAST_MEANT - 1 <= len(word) <= MOST_LETTERS and word not in names
    ]
    rows = vocabulary.texts_with(words) if words else ()
    strange = [
        (word, float(own))
        for word, own in zip(words, rows, strict=True)
        if own <= FEW_ROWS
    ]
    for word, own in strange[:MOST_WORDS]:
        if meant := _meant(word, own, vocabulary):
            normalised = re.sub(rf"\b{word}\b", meant, normalised)
    return normalised


@lru_cache(maxsize=256)  # a turn looks at its message from many sides
def _meant(word: str, own: float, vocabulary: Vocabulary) -> str | None:
    slips = dict.fromkeys(_one_slip_from(word))
    near = [one for one in slips if one != word and len(one) >= LEAST_MEANT]
    rows = vocabulary.texts_with(near)
    best = int(np.argmax(rows))
    others = np.delete(rows, best)
    least = max(LEAST_ROWS, LEAD * others.max(initial=0.0), FAR_COMMONER * own)
    clear = rows[best] >= least
    return near[best] if clear else None


def _one_slip_from(word: str) -> Iterator[str]:
    """Yield what a word may have been; its first letter is hardly ever another."""
    yield word[1] + word[0] + word[2:]
    for at in range(1, len(word) + 1):
        before, behind = word[:at], word[at:]
        yield from (before + one + behind for one in _LETTERS)
        if behind:
            yield before + behind[1:]
            yield from (before + one + behind[1:] for one in _LETTERS)
        if len(behind) > 1:
            yield before + behind[1] + behind[0] + behind[2:]
