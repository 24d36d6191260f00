"""The n-grams of many texts at once, for training.

A corpus is counted once; each fold weighs it again, as if the rows it may not
learn from had never been seen. So an out-of-fold row meets exactly what a
customer's message meets: a vocabulary without its own n-grams.
"""

import itertools
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intents.features import (
    WEIGHTS,
    Floats,
    Integers,
    Spelt,
    cut,
    damped,
    familiarity,
    pieces,
    rarity,
)

Mask = NDArray[np.bool_]

BLOCKS = len(WEIGHTS)
#: The number of the last block.
MEANINGS = BLOCKS - 1
_TINY = 1e-30


@dataclass(frozen=True, eq=False, slots=True)
class Corpus:
    """Counted texts, row after row, as in a compressed sparse matrix."""

    #: Where each row's n-grams begin and end in the next two.
    starts: Integers
    numbers: Integers
    damped: Floats
    #: By number: of which block an n-gram is, and how many it stands for.
    blocks: Integers
    twins: Integers

    @property
    def texts(self) -> int:
        """Return how many texts were counted."""
        return len(self.starts) - 1

    @property
    def size(self) -> int:
        """Return how many numbers there are."""
        return len(self.blocks)


@dataclass(frozen=True, eq=False, slots=True)
class Counted:
    """A corpus, and how its n-grams are spelt."""

    language: str
    #: The numbers of words, characters and meanings.
    spelt: tuple[Mapping[str, int], ...]
    corpus: Corpus


@dataclass(frozen=True, eq=False, slots=True)
class Learnt:
    """What is known of n-grams from some rows, by number."""

    which: Mask
    #: The last is that of n-grams never seen.
    rarity: Floats

    def of(self, numbers: Integers) -> "Learnt":
        """Return the same of the n-grams that these numbers stand for."""
        never = len(self.rarity) - 1
        return Learnt(self.which[numbers], self.rarity[np.append(numbers, never)])


@dataclass(frozen=True, eq=False, slots=True)
class Weighted:
    """A corpus weighed by what some of its rows teach."""

    #: One weight an n-gram of each row; zero where the n-gram was not learnt.
    values: Floats
    learnt: Learnt
    #: As `Weighed.familiarity`, a row each.
    familiarity: Floats


def count(normalised: Iterable[str], language: str = "") -> Counted:
    """Return the n-grams of normalised texts, counted."""
    fresh = itertools.count()
    # A million n-grams: what can be is done without a line of ours for each, and the
    # characters of a word are looked up once.
    words, characters, meanings = (
        defaultdict[str, int](fresh.__next__) for _ in range(BLOCKS)
    )
    inside: dict[str, array[int]] = {}
    ends, numbers = array("q"), array("i")
    for text in normalised:
        parts = cut(text, language)
        numbers.extend(map(words.__getitem__, parts.words))
        for word in parts.bare:
            if word not in inside:
                inside[word] = array("i", map(characters.__getitem__, pieces(word)))
            numbers += inside[word]
        numbers.extend(map(meanings.__getitem__, parts.meanings))
        ends.append(len(numbers))
    spelt = (dict(words), dict(characters), dict(meanings))
    return Counted(language, spelt, _corpus(spelt, ends, numbers))


def _corpus(
    spelt: tuple[Mapping[str, int], ...], ends: "array[int]", numbers: "array[int]"
) -> Corpus:
    size = sum(map(len, spelt))
    places = np.array([0, *ends], np.int64)
    seen = np.repeat(np.arange(len(ends)), places[1:] - places[:-1]) * max(1, size)
    seen += np.frombuffer(numbers, np.int32) if numbers else 0
    distinct, counts = np.unique(seen, return_counts=True)
    rows, different = np.divmod(distinct, max(1, size))
    blocks = np.zeros(size, np.int8)
    for block, known in enumerate(spelt):
        blocks[np.fromiter(known.values(), np.int64, len(known))] = block
    return Corpus(
        starts=np.searchsorted(rows, np.arange(len(ends) + 1)),
        numbers=different.astype(np.int32),
        damped=damped(counts.astype(np.int32)),
        blocks=blocks,
        twins=np.ones(size, np.int32),
    )


def merged(corpus: Corpus) -> tuple[Corpus, Integers]:
    """Return a corpus in which n-grams that always stand together are one.

    And the number of each n-gram there. A rare word has a dozen pieces that no other
    has: whatever rows are learnt from, they weigh the same, and all that follows is as
    it would be, with half as many numbers.
    """
    rows = _rows(corpus)
    marks = [
        np.bincount(corpus.numbers, noise[rows] * corpus.damped, corpus.size)
        for noise in np.random.default_rng(0).random((2, corpus.texts))
    ]
    # Sums in the same order, of the same numbers: what stands together has the same.
    key = np.column_stack((corpus.blocks, *marks))
    _, first, one, twins = np.unique(
        key, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    one = one.reshape(-1).astype(np.int32)
    kept = np.zeros(corpus.size, np.bool_)
    kept[first] = True
    left = kept[corpus.numbers]
    return (
        Corpus(
            starts=np.append(0, np.cumsum(left))[corpus.starts],
            numbers=one[corpus.numbers[left]],
            damped=corpus.damped[left],
            blocks=corpus.blocks[first],
            twins=twins.astype(np.int32),
        ),
        one,
    )


def weigh(corpus: Corpus, taught: Mask) -> Weighted:
    """Return the weights of all rows, learnt from the rows of *taught* alone."""
    rows = _rows(corpus)
    seen = np.bincount(corpus.numbers[taught[rows]], minlength=corpus.size)
    weights = rarity(np.append(seen, 0), int(np.count_nonzero(taught)))
    learnt = seen > 0

    blocks = BLOCKS * rows + corpus.blocks[corpus.numbers]
    values = corpus.damped * (weights[:-1] * np.sqrt(corpus.twins))[corpus.numbers]
    lengths = np.sqrt(np.bincount(blocks, values**2, minlength=BLOCKS * corpus.texts))
    values *= (np.tile(WEIGHTS, corpus.texts) / np.maximum(lengths, _TINY))[blocks]
    known = learnt[corpus.numbers]
    return Weighted(
        values=values * known,
        learnt=Learnt(learnt, weights),
        familiarity=_familiarity(corpus, blocks, known),
    )


def vocabulary(counted: Counted, learnt: Learnt) -> Spelt:
    """Return the n-grams that were learnt, numbered anew in the same order."""
    which = learnt.which
    numbers = (np.cumsum(which) - 1).tolist()
    words, characters, meanings = (
        {gram: numbers[old] for gram, old in known.items() if which[old]}
        for known in counted.spelt
    )
    rarity = learnt.rarity[np.append(which, True)].astype(np.float32)
    return Spelt(counted.language, words, characters, meanings, rarity)


def _rows(corpus: Corpus) -> Integers:
    """Return the row of each counted n-gram."""
    return np.repeat(np.arange(corpus.texts), np.diff(corpus.starts))


def _familiarity(corpus: Corpus, blocks: Integers, known: Mask) -> Floats:
    twins = corpus.twins[corpus.numbers]
    distinct, familiar = (
        np.bincount(blocks, counts, BLOCKS * corpus.texts).reshape(-1, BLOCKS)
        for counts in (twins, twins * known)
    )
    words, characters, meanings = familiarity(familiar, distinct).T
    return np.column_stack((words, characters, np.log1p(distinct[:, 1]), meanings))
