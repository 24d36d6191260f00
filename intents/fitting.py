"""Learn one-vs-rest weights with scikit-learn.

The only module that loads scikit-learn (130 MB, 1.5 s): training and evaluation
import it, nothing that answers messages may.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from intents import confidence
from intents.corpus import Corpus, Mask, Weighted, weigh
from intents.features import Floats, Integers, Names
from intents.folding import FOLDS
from intents.rejection import OUT_OF_SCOPE_INTENT, Stream, joined

#: How many intents are kept apart from each when whole intents are held out.
NEAR = 3


@dataclass(frozen=True, eq=False, slots=True)
class Fitted:
    """One score an intent: ``values @ weights + bias``."""

    intents: Names
    #: N-grams by intents.
    weights: Floats
    bias: Floats


@dataclass(frozen=True, eq=False, slots=True)
class Rows:
    """Counted training rows with what each means."""

    corpus: Corpus
    intents: Names
    #: The fold of each row, and that of the intent it belongs to.
    folds: Integers
    intent_folds: Integers


def fit(rows: Rows, weighted: Weighted, taught: Mask) -> Fitted:
    """Return the weights learnt from the rows of *taught*."""
    intents = np.unique(rows.intents[taught])
    if len(intents) == 1:
        return Fitted(intents, np.zeros((rows.corpus.size, 1), np.float32), np.ones(1))
    machine = LinearSVC(C=1.0, random_state=0)
    machine.fit(_matrix(rows.corpus, weighted)[taught], rows.intents[taught])
    weights, bias = machine.coef_.T.astype(np.float32, order="C"), machine.intercept_
    if len(intents) == 2:
        # For two intents scikit-learn gives one score, for the second.
        weights, bias = np.hstack((-weights, weights)), np.append(-bias, bias)
    return Fitted(intents, weights, bias)


def scores(rows: Rows, weighted: Weighted, fitted: Fitted, which: Mask) -> Floats:
    """Return the scores of some rows."""
    matrix = _matrix(rows.corpus, weighted)[which].astype(np.float32)
    result: Floats = matrix @ fitted.weights + fitted.bias
    return result


def stream(rows: Rows) -> Stream:
    """Return how rows fare that the classifier has not seen.

    Every fold of rows, then every fold of whole intents.
    """
    return joined([*_out_of_fold(rows), *_held_out(rows)])


def nearest(corpus: Corpus, intents: Names) -> dict[str, set[str]]:
    """Return for each intent those that read most like it, or it like them."""
    names, which = np.unique(intents, return_inverse=True)
    weighted = weigh(corpus, np.ones(len(intents), np.bool_))
    shape = len(names), len(intents)
    every = csr_matrix((np.ones(shape[1]), (which, np.arange(shape[1]))), shape)
    middles = normalize(every @ _matrix(corpus, weighted))
    likeness = (middles @ middles.T).toarray()
    np.fill_diagonal(likeness, -1)
    most = np.argsort(-likeness, axis=1, kind="stable")[:, : min(NEAR, len(names) - 1)]
    near: dict[str, set[str]] = {str(name): set() for name in names}
    for name, others in zip(names, names[most], strict=True):
        for other in others:
            near[str(name)].add(str(other))
            near[str(other)].add(str(name))
    return near


def _out_of_fold(rows: Rows) -> Iterator[Stream]:
    for fold in range(FOLDS):
        yield from _judged(rows, rows.folds == fold, in_scope=True)


def _held_out(rows: Rows) -> Iterator[Stream]:
    for fold in range(FOLDS):
        yield from _judged(rows, rows.intent_folds == fold, in_scope=False)


def _judged(rows: Rows, asked: Mask, *, in_scope: bool) -> Iterator[Stream]:
    taught = ~asked
    if not asked.any() or len(np.unique(rows.intents[taught])) < 2:
        return
    weighted = weigh(rows.corpus, taught)
    fitted = fit(rows, weighted, taught)
    found = scores(rows, weighted, fitted, asked)
    order = np.argsort(-found, axis=1, kind="stable")[:, :3]
    hits = fitted.intents[order] == rows.intents[asked][:, None]
    inside = rows.intents[asked] != OUT_OF_SCOPE_INTENT
    yield Stream(
        signals=confidence.signals(found, weighted.familiarity[asked]),
        right=hits[:, 0],
        among_three=hits.any(axis=1) & inside,
        in_scope=inside & in_scope,
        intents=rows.intents[asked],
    )


def _matrix(corpus: Corpus, weighted: Weighted) -> csr_matrix:
    return csr_matrix(
        (weighted.values, corpus.numbers, corpus.starts),
        shape=(corpus.texts, corpus.size),
    )
