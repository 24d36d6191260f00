"""Learn one-vs-rest weights, and ask how they fare on rows they have not seen.

It loads scipy's sparse matrices (20 MB): training and evaluation import it, nothing
that answers messages may.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from scipy.sparse import csr_matrix

from intents import confidence, logistic, solving
from intents.columns import Columns
from intents.corpus import MEANINGS, Corpus, Mask, Weighted, weigh
from intents.features import Floats, Integers, Names, Numbers
from intents.folding import FOLDS
from intents.hints import MANY
from intents.learner import Learner
from intents.rejection import OUT_OF_SCOPE_INTENT, Stream, joined

#: How many intents are kept apart from each when whole intents are held out.
NEAR = 3
#: An intent with fewer examples than MANY is underrated by weights learnt beside larger
#: ones: each of its examples counts more, by the root of what is missing, and its score
#: is lifted by up to LIFT. With shipped questions cut down to 3, 7 or 12 phrasings that
#: puts the right one among the first three for 25 messages of a hundred more, and takes
#: 0.7 from the other questions.
LIFT = 0.3
#: What a hint counts, where an example counts one.
HINT = 0.3
#: How many examples are left of an intent that stands for a new one: without what the
#: rules say otherwise, five fare as three do with it.
FEW = 5
#: What an example counts once more, by the meanings of its words alone, where an intent
#: has at most FEW: its own words say little of those that customers will choose. With
#: 20 questions of three phrasings the likeliest is right for 6 (Arabic) and 10
#: (English) of a hundred messages more, and no more of strangers' are offered a choice.
#: With ten examples an intent, as a real shop has them, less was answered at 98 %.
#: Where most intents have no more, they are alike in that, and it costs 3 of a hundred.
MEANT = 0.3
#: What the likeness to the middle of an intent's examples adds to its score, where
#: most intents have next to none; where most have MANY, nothing. With ten an intent
#: it puts 1 of a hundred more right, with five 2.
MIDDLE = 2.5
#: What vectors count beside n-grams, where most intents have MANY examples, and where
#: most have next to none.
VECTORS, VECTORS_OF_FEW = 1.5, 3.0
#: How steep the sum may be where a search ends (see `solving.solve`). Of what is served
#: no score is off by more than 0.005; of what is judged, and then forgotten, by 0.04,
#: and most by less than 0.01.
SERVED, JUDGED = 0.001, 0.01
#: The folds that are judged first. What a change does to thresholds shows there as it
#: does in all: of 18 changes to shops of two languages one was told otherwise (all 217
#: phrasings of a goal gone; as it is, less is answered than might be).
PART = range(0, FOLDS, 3)


@dataclass(frozen=True, eq=False, slots=True)
class Fitted:
    """One score an intent: ``values @ weights + bias``."""

    intents: Names
    #: N-grams by intents, and then what vectors hold by intents.
    weights: Floats
    bias: Floats
    #: How far each intent is from having MANY examples, between 0 and 1.
    rareness: Floats


@dataclass(frozen=True, eq=False, slots=True)
class Rows:
    """Counted training rows with what each means."""

    corpus: Corpus
    intents: Names
    #: The example that a row says again: itself, or -1 where a hint says none again.
    sources: Integers
    #: A number for each row that has nothing to do with what it means.
    marks: Integers
    #: The fold of each row, -1 if it has none, and that of the intent it belongs to.
    folds: Integers
    intent_folds: Integers
    #: What each row means as a vector; None where nothing encodes them.
    vectors: Floats | None = None
    #: What learns from them where most intents have fewer than MANY examples.
    learner: Learner = Learner.MACHINES

    def by(self, learner: Learner) -> Self:
        """Return the same rows for a learner."""
        return replace(self, learner=learner)

    @property
    def are_few(self) -> bool:
        """Return whether most intents have fewer than MANY examples."""
        _, examples = np.unique(self.intents[self.said], return_counts=True)
        return bool(np.median(examples) < MANY)

    @property
    def size(self) -> int:
        """Return how many weights an intent has."""
        vectors = 0 if self.vectors is None else self.vectors.shape[1]
        return self.corpus.size + vectors

    @property
    def said(self) -> Mask:
        """Return which rows are examples; the rest are hints."""
        said: Mask = self.sources == np.arange(len(self.sources))
        return said


def learnable(rows: Rows, kept: Mask) -> Mask:
    """Return which of some rows to learn from: all examples, and hints where needed.

    Hints are of no use where there are MANY examples, and alone they teach nothing.
    """
    _, which = np.unique(rows.intents, return_inverse=True)
    examples = np.bincount(which, kept & rows.said)[which]
    result: Mask = kept & (rows.said | (examples > 0) & (examples < MANY))
    return result


def fit(rows: Rows, weighted: Weighted, taught: Mask, within: float = SERVED) -> Fitted:
    """Return the weights learnt from the rows of *taught*."""
    intents, which = np.unique(rows.intents[taught], return_inverse=True)
    examples = np.bincount(which, rows.said[taught], minlength=len(intents))
    rareness = np.maximum(0.0, 1.0 - examples / MANY)
    if len(intents) == 1:
        none = np.zeros((rows.size, 1), np.float32)
        return Fitted(intents, none, np.ones(1), rareness)
    usual = float(np.median(examples))
    strength = _strength(usual)
    columns = _columns(rows, weighted, strength)[taught]
    counts = np.where(rows.said[taught], 1.0, HINT) * _balance(examples)[which]
    again = rows.said[taught] & (examples <= FEW)[which] & (usual > FEW)
    said = rows.said[taught]
    middles = columns[said].middles(which[said]) if usual < MANY else None
    # Under the same name: what it was made of must be gone while the machines learn.
    columns = columns.and_grams(_by_meaning(rows.corpus, columns.grams[again]))
    together = usual < MANY and rows.learner is Learner.LOGISTIC
    weights, bias = (logistic if together else solving).solve(
        columns,
        np.where(
            np.append(which, which[again])[:, None] == np.arange(len(intents)), 1, -1
        ),
        np.append(counts, MEANT * counts[again]),
        within,
    )
    if middles is not None:
        weights += np.float32(MIDDLE * (1.0 - usual / MANY)) * middles.as_weights()
    weights[rows.corpus.size :] *= np.float32(strength)
    return Fitted(intents, weights, bias + LIFT * rareness, rareness)


def _by_meaning(corpus: Corpus, matrix: csr_matrix) -> csr_matrix:
    """Return weighed rows with nothing but what their words mean."""
    only = matrix.copy()
    only.data *= corpus.blocks[only.indices] == MEANINGS
    only.eliminate_zeros()
    return only


def _balance(examples: Numbers) -> Floats:
    """Return what each example counts of an intent that has so many."""
    balance: Floats = np.sqrt(np.maximum(1.0, MANY / np.maximum(1.0, examples)))
    return balance


def scores(rows: Rows, weighted: Weighted, fitted: Fitted, which: Mask) -> Floats:
    """Return the scores of some rows."""
    return _columns(rows, weighted)[which].scores(fitted.weights) + fitted.bias


def stream(rows: Rows) -> Stream:
    """Return how rows fare that the classifier has not seen.

    Every fold of rows, then every fold of whole intents, and then again of both where
    other intents are as good as new: most of their examples were forgotten.
    """
    *_, whole = streams(rows)
    return whole


def streams(rows: Rows) -> Iterator[Stream]:
    """Yield the same of a part of the folds, and then of all: each is learnt once."""
    parts: dict[tuple[int, int], Stream] = {}
    for folds in (PART, sorted({*range(FOLDS)} - {*PART})):
        parts.update(_of(rows, folds))
        yield joined([parts[which] for which in sorted(parts)])


def nearest(corpus: Corpus, intents: Names) -> dict[str, set[str]]:
    """Return for each intent those that read most like it, or it like them."""
    names, which = np.unique(intents, return_inverse=True)
    weighted = weigh(corpus, np.ones(len(intents), np.bool_))
    middles = Columns(_matrix(corpus, weighted)).middles(which).grams
    likeness = (middles @ middles.T).toarray()
    np.fill_diagonal(likeness, -1)
    most = np.argsort(-likeness, axis=1, kind="stable")[:, : min(NEAR, len(names) - 1)]
    near: dict[str, set[str]] = {str(name): set() for name in names}
    for name, others in zip(names, names[most], strict=True):
        for other in others:
            near[str(name)].add(str(other))
            near[str(other)].add(str(name))
    return near


def _of(rows: Rows, folds: Iterable[int]) -> Iterator[tuple[tuple[int, int], Stream]]:
    none = np.zeros(len(rows.intents), np.bool_)
    for fold in folds:
        outside = rows.intent_folds == fold
        judged = [
            _judged(rows, rows.folds == fold, none),
            _judged(rows, outside, outside),
            _beside_new(rows, fold) if fold % 2 == 0 else (),
        ]
        for kind, found in enumerate(judged):
            for one in found:
                yield (kind, fold), one


def _beside_new(rows: Rows, fold: int) -> Iterator[Stream]:
    """Yield how new intents fare, and what is foreign beside them: two folds a time."""
    outside = rows.intent_folds == fold
    cut = np.isin(rows.intent_folds, [(fold + 1) % FOLDS, (fold + 2) % FOLDS])
    back = outside | _forgotten(rows, cut)
    for one in _judged(rows, back, outside):
        yield replace(one, new=np.ones(len(one.right), np.bool_))


def _forgotten(rows: Rows, cut: Mask) -> Mask:
    """Return what is not known any more once intents are cut down to FEW examples."""
    left = np.flatnonzero(cut & rows.said)
    left = left[np.lexsort((rows.marks[left], rows.intents[left]))]
    _, begins, sizes = np.unique(
        rows.intents[left], return_index=True, return_counts=True
    )
    rank = np.arange(len(left)) - np.repeat(begins, sizes)
    forgotten = np.zeros(len(cut), np.bool_)
    forgotten[left[rank >= FEW]] = True
    return forgotten[rows.sources] & (rows.sources >= 0)


def _judged(rows: Rows, back: Mask, outside: Mask) -> Iterator[Stream]:
    """Yield how the examples fare that are held back with all that says the same.

    Nothing is known of those *outside*.
    """
    asked = back & rows.said
    taught = learnable(rows, ~back)
    if not asked.any() or len(np.unique(rows.intents[taught])) < 2:
        return
    weighted = weigh(rows.corpus, taught)
    fitted = fit(rows, weighted, taught, JUDGED)
    found = scores(rows, weighted, fitted, asked)
    wanted = rows.intents[asked]
    inside = wanted != OUT_OF_SCOPE_INTENT
    ours = fitted.intents != OUT_OF_SCOPE_INTENT
    order = np.argsort(-found[:, ours], axis=1, kind="stable")[:, :3]
    yield Stream(
        signals=confidence.signals(
            found, weighted.familiarity[asked], fitted.rareness, ours
        ),
        right=fitted.intents[found.argmax(axis=1)] == wanted,
        among_three=(fitted.intents[ours][order] == wanted[:, None]).any(axis=1),
        in_scope=inside & ~outside[asked],
        new=np.zeros(len(found), np.bool_),
        intents=wanted,
    )


def _strength(usual: float) -> float:
    """Return what vectors count beside n-grams, where most intents have so many."""
    return VECTORS + max(0.0, 1.0 - usual / MANY) * (VECTORS_OF_FEW - VECTORS)


def _columns(rows: Rows, weighted: Weighted, strength: float = 1.0) -> Columns:
    vectors = None if rows.vectors is None else np.float32(strength) * rows.vectors
    return Columns(_matrix(rows.corpus, weighted), vectors)


def _matrix(corpus: Corpus, weighted: Weighted) -> csr_matrix:
    return csr_matrix(
        (weighted.values.astype(np.float32), corpus.numbers, corpus.starts),
        shape=(corpus.texts, corpus.size),
    )
