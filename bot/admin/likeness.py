"""Which messages ask the same? Groups by likeness, the newest message leading each."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from intents.corpus import count, weigh
from intents.features import Floats
from intents.text import normalise

#: From this cosine on two messages ask the same, as far as spelling tells.
ALIKE = 0.38
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


def groups(texts: Sequence[str]) -> list[list[int]]:
    """Return the places of texts that are alike, the largest group first.

    Greedy: each text joins the group whose first it is most like, or begins one.
    """
    if not texts:
        return []
    vectors = _vectors(texts)
    found: list[list[int]] = []
    leaders = np.zeros((len(texts), WIDTH), np.float32)
    for place, vector in enumerate(vectors):
        likeness = leaders[: len(found)] @ vector
        nearest = int(np.argmax(likeness)) if len(found) else -1
        if nearest >= 0 and likeness[nearest] >= ALIKE:
            found[nearest].append(place)
            continue
        leaders[len(found)] = vector
        found.append([place])
    return sorted(found, key=lambda group: (-len(group), group[0]))


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
    corpus = count(normalise(text) for text in texts)
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
