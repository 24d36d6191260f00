"""Which messages ask the same? Groups by likeness, the newest message leading each.

Spelling alone puts "do you rent out turntables" to "do you mend turntables" and leaves
"can you service my old record player" alone; so where a language has a thesaurus, what
words mean counts for more, and what says nothing, such as a greeting, not at all. Words
alone still put "when is the concert" to "is the concert's record in stock": so what the
assistant takes a message for counts as well, though it is not sure enough to answer.
"""

import math
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from intents.corpus import count, weigh
from intents.features import Floats
from intents.meanings import thesaurus
from intents.text import normalise, tokens

#: From this cosine on two messages ask the same, as far as spelling tells.
ALIKE = 0.38
#: And as far as what their words mean and spelling tell together, so much by meaning.
ALIKE_IN_MEANING = 0.4
MEANING = 0.6
#: What is taken for the same goal asks the same from a lower one on; for different
#: goals, or only one of them for any, from a higher one (see benchmarks/grouping.py).
ALIKE_IN_GOAL = 0.29
ALIKE_DESPITE_GOALS = 0.5
#: Words of one meaning that both must have: "where is the shop", "a job in the shop".
SHARED = 2
#: N-grams are scattered over so many numbers: the error stays below 0.05.
WIDTH = 1024
#: Steps of SplitMix64 (https://prng.di.unimi.it/splitmix64.c): shift, then multiply.
#: One multiplication is not enough: the n-grams that a text is the first to have are
#: numbered in a row, and two such rows would fall on the same places.
_MIXED = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
    (np.uint64(31), np.uint64(1)),
)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


def groups(
    texts: Sequence[str], languages: Sequence[str], goals: Sequence[str | None]
) -> list[list[int]]:
    """Return the places of texts that ask the same, the largest group first.

    Each text has its language, and what it is taken for, None if for nothing; texts of
    two languages are never alike. Greedy: each text joins the group whose texts it is
    most like on average, or begins one.
    """
    every = zip(texts, languages, goals, strict=True)
    said = [_said(*one) for one in every]
    vectors = _mixed(texts, said)
    known, index = list[_Group](), dict[str, list[int]]()
    for place, one in enumerate(said):
        best = _fitting(one, vectors[place], known, index)
        if best is not None:
            best.join(place, vectors[place], one.goal)
            continue
        for meaning in one.meanings:
            index.setdefault(meaning, []).append(len(known))
        begun = _Group([place], vectors[place].copy(), len(one.words), {one.goal})
        known.append(begun)
    return sorted((group.places for group in known), key=lambda g: (-len(g), g[0]))


def _fitting(
    one: "_Said", vector: Floats, known: "list[_Group]", index: dict[str, list[int]]
) -> "_Group | None":
    """Return the group that a text is most like, of those it is like enough."""
    near = Counter(
        number
        for meanings in one.words
        for number in {n for each in meanings for n in index.get(each, ())}
    )
    likeness = {
        number: known[number].likeness(vector)
        for number, shared in near.items()
        if one.fits(known[number], shared)
    }
    fits = [n for n, share in likeness.items() if share >= one.alike(known[n].goals)]
    best = max(fits, key=likeness.__getitem__, default=None)
    return None if best is None else known[best]


@dataclass(frozen=True)
class _Said:
    """What a text says: what its words mean, or only the words of its language."""

    #: Each word with its meanings; a word may have several.
    words: frozenset[tuple[str, ...]]
    by_meaning: bool
    #: What it is taken for, None if for nothing.
    goal: str | None

    @property
    def meanings(self) -> set[str]:
        """Return what all of it means."""
        return {meaning for word in self.words for meaning in word}

    def alike(self, goals: set[str | None]) -> float:
        """Return from which likeness on it asks the same as texts of these goals."""
        if goals != {self.goal}:
            return ALIKE_DESPITE_GOALS
        if self.goal is not None:
            return ALIKE_IN_GOAL
        return ALIKE_IN_MEANING if self.by_meaning else ALIKE

    def fits(self, group: "_Group", shared: int) -> bool:
        """Return whether it may join a group: one word in common tells too little."""
        return not self.by_meaning or shared >= min(
            SHARED, len(self.words), group.words
        )


@dataclass
class _Group:
    """Texts that ask the same: places, sum, words of the first, what they are for."""

    places: list[int]
    sum: Floats
    words: int
    goals: set[str | None]

    def likeness(self, vector: Floats) -> float:
        """Return how like a text is to those of the group, on average."""
        return float(self.sum @ vector) / len(self.places)

    def join(self, place: int, vector: Floats, goal: str | None) -> None:
        """Take a text in."""
        self.places.append(place)
        self.goals.add(goal)
        self.sum += vector


def _said(text: str, language: str, goal: str | None) -> _Said:
    groups, normalised = thesaurus(language), normalise(text)
    words = groups.by_word(normalised) if groups else [(w,) for w in tokens(normalised)]
    marked = frozenset(tuple(f"{language} {m}" for m in word) for word in words)
    return _Said(words=marked, by_meaning=groups is not None, goal=goal)


def _mixed(texts: Sequence[str], said: Sequence[_Said]) -> Floats:
    """Return a vector for each text: how it is spelt beside what its words mean."""
    seen = Counter(meaning for one in said for meaning in one.meanings)
    spelt = _vectors(texts) if texts else np.zeros((0, WIDTH), np.float32)
    meant = np.zeros_like(spelt)
    for row, one in zip(meant, said, strict=True):
        for meaning in sorted(one.meanings) if one.by_meaning else ():
            rarity = 1 + math.log((1 + len(said)) / (1 + seen[meaning]))
            row[zlib.crc32(meaning.encode()) % WIDTH] += rarity
    lengths = np.linalg.norm(meant, axis=1, keepdims=True)
    meant /= np.where(lengths > 0, lengths, 1.0)
    share = np.array([[MEANING if one.by_meaning else 0.0] for one in said], np.float32)
    share = share.reshape(-1, 1)
    mixed: Floats = np.hstack([meant * np.sqrt(share), spelt * np.sqrt(1 - share)])
    return mixed


def nearest(asked: Sequence[str], texts: Sequence[str]) -> list[float]:
    """Return of each text how like it is to what is asked: the best cosine."""
    if not asked or not texts:
        return [0.0] * len(texts)
    vectors = _vectors([*asked, *texts])
    of_texts, of_asked = vectors[len(asked) :], vectors[: len(asked)]
    best: list[float] = (of_texts @ of_asked.T).max(axis=1).tolist()
    return best


def _vectors(
    texts: Sequence[str],
) -> Floats:
    corpus = count(normalise(text) for text in texts).corpus
    weighted = weigh(corpus, np.ones(len(texts), np.bool_))
    scattered = _scattered(corpus.numbers.astype(np.uint64))
    column = (scattered >> np.uint64(54)).astype(np.int64)
    sign = np.where((scattered >> np.uint64(53)) & np.uint64(1), 1.0, -1.0)
    rows = np.repeat(np.arange(len(texts)), np.diff(corpus.starts))
    vectors = np.zeros((len(texts), WIDTH), np.float32)
    np.add.at(vectors, (rows, column), (weighted.values * sign).astype(np.float32))
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.where(lengths > 0, lengths, 1.0)
    return vectors


def _scattered(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return numbers as if thrown at random, each always to the same place."""
    thrown = (numbers + np.uint64(1)) * _SPREAD
    for shift, factor in _MIXED:
        thrown = (thrown ^ (thrown >> shift)) * factor
    return thrown
