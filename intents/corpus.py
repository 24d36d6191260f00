"""The n-grams of many texts at once, for training.

A corpus is counted once; each fold weighs it again, as if the rows it may not
learn from had never been seen. So an out-of-fold row meets exactly what a
customer's message meets: a vocabulary without its own n-grams.
"""

import itertools
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intents.features import (
    WEIGHTS,
    Floats,
    Integers,
    Spelt,
    damped,
    familiarity,
    grams,
    rarity,
)

Mask = NDArray[np.bool_]

BLOCKS = len(WEIGHTS)


@dataclass(frozen=True, eq=False, slots=True)
class Corpus:
    """Counted texts, row after row, as in a compressed sparse matrix."""

    language: str
    words: Mapping[str, int]
    characters: Mapping[str, int]
    meanings: Mapping[str, int]
    #: Where each row's n-grams begin and end in the next two.
    starts: Integers
    numbers: Integers
    damped: Floats

    @property
    def texts(self) -> int:
        """Return how many texts were counted."""
        return len(self.starts) - 1

    @property
    def size(self) -> int:
        """Return how many different n-grams were seen."""
        return sum(map(len, (self.words, self.characters, self.meanings)))


@dataclass(frozen=True, eq=False, slots=True)
class Weighted:
    """A corpus weighed by what some of its rows teach."""

    #: One weight an n-gram of each row; zero where the n-gram was not learnt.
    values: Floats
    #: By number of the n-gram; the last is that of n-grams never seen.
    rarity: Floats
    #: Which n-grams were learnt.
    learnt: Mask
    #: As `Weighed.familiarity`, a row each.
    familiarity: Floats


def count(normalised: Iterable[str], language: str = "") -> Corpus:
    """Return the n-grams of normalised texts, counted."""
    fresh = itertools.count()
    # A million n-grams: what can be is done without a line of ours for each.
    blocks = [defaultdict[str, int](fresh.__next__) for _ in range(BLOCKS)]
    starts, numbers, counts = array("q", [0]), array("i"), array("i")
    for text in normalised:
        for known, found in zip(blocks, grams(text, language), strict=True):
            times = Counter(found)
            numbers.extend(map(known.__getitem__, times))
            counts.extend(times.values())
        starts.append(len(numbers))
    words, characters, meanings = map(dict, blocks)
    return Corpus(
        language=language,
        words=words,
        characters=characters,
        meanings=meanings,
        starts=np.array(starts, np.int64),
        numbers=np.array(numbers, np.int32),
        damped=damped(np.array(counts, np.int32)),
    )


def weigh(corpus: Corpus, taught: Mask) -> Weighted:
    """Return the weights of all rows, learnt from the rows of *taught* alone."""
    rows = np.repeat(np.arange(corpus.texts), np.diff(corpus.starts))
    seen = np.bincount(corpus.numbers[taught[rows]], minlength=corpus.size)
    weights = rarity(np.append(seen, 0), int(np.count_nonzero(taught)))
    learnt = seen > 0

    which = _blocks(corpus)[corpus.numbers]
    blocks = BLOCKS * rows + which
    values = corpus.damped * weights[corpus.numbers]
    lengths = np.sqrt(np.bincount(blocks, values**2, minlength=BLOCKS * corpus.texts))
    values *= np.array(WEIGHTS)[which] / lengths[blocks]
    known = learnt[corpus.numbers]
    return Weighted(
        values=values * known,
        rarity=weights,
        learnt=learnt,
        familiarity=_familiarity(blocks, known, corpus.texts),
    )


def vocabulary(corpus: Corpus, weighted: Weighted) -> Spelt:
    """Return the n-grams that were learnt, numbered anew in the same order."""
    learnt = weighted.learnt
    numbers = (np.cumsum(learnt) - 1).tolist()
    words, characters, meanings = (
        {gram: numbers[old] for gram, old in known.items() if learnt[old]}
        for known in (corpus.words, corpus.characters, corpus.meanings)
    )
    rarity = weighted.rarity[np.append(learnt, True)].astype(np.float32)
    return Spelt(corpus.language, words, characters, meanings, rarity)


def _blocks(corpus: Corpus) -> Integers:
    """Return for each n-gram of which block it is."""
    which = np.zeros(corpus.size, np.int8)
    which[list(corpus.characters.values())] = 1
    which[list(corpus.meanings.values())] = 2
    return which


def _familiarity(blocks: Integers, known: Mask, texts: int) -> Floats:
    distinct = np.bincount(blocks, minlength=BLOCKS * texts).reshape(-1, BLOCKS)
    familiar = np.bincount(blocks, known, minlength=BLOCKS * texts).reshape(-1, BLOCKS)
    words, characters, meanings = familiarity(familiar, distinct).T
    return np.column_stack((words, characters, np.log1p(distinct[:, 1]), meanings))
