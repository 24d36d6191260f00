"""Which phrasings are surely taken for something else by whoever has not seen them?

Confident disagreements in cross-validation: many of them stand under the wrong intent.
It learns ten times, so nothing that answers messages imports it.
"""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from intents import fitting
from intents.corpus import Mask, weigh
from intents.examples import Example, Training
from intents.folding import FOLDS
from intents.nlu import Found
from intents.teaching import teach
from intents.text import normalise

#: How far another intent must be ahead of the one that a phrasing stands under. Scores
#: lie about one apart where all is clear; where the shipped phrasings were looked at
#: one by one, half of what lies further apart than this was a mistake.
AHEAD = 0.6


def mistaken(training: Training, language: str) -> list[tuple[Example, str]]:
    """Return phrasings that are surely taken for another intent, and for which.

    Each is read by weights that were learned without it and what says the same; the
    surest come first. It takes ten trainings: seconds to a minute.
    """
    rows = teach(training, language).rows
    examples = sorted({Example(normalise(e.text), e.intent) for e in training.examples})
    found = [
        (ahead, examples[number], other)
        for fold in range(FOLDS)
        for number, other, ahead in _taken(rows, rows.folds == fold)
        if ahead >= AHEAD
    ]
    found.sort(key=lambda one: (-one[0], one[1]))
    return [(example, other) for _, example, other in found]


def _taken(rows: fitting.Rows, back: Mask) -> Iterator[tuple[int, str, float]]:
    """Yield what rows that are held back are taken for, and how far that is ahead."""
    asked = back & rows.said
    taught = fitting.learnable(rows, ~back)
    if not asked.any() or len(np.unique(rows.intents[taught])) < 2:
        return
    weighted = weigh(rows.corpus, taught)
    fitted = fitting.fit(rows, weighted, taught, fitting.JUDGED)
    scores = fitting.scores(rows, weighted, fitted, asked)
    for number, row in zip(np.flatnonzero(asked).tolist(), scores, strict=True):
        own = row[fitted.intents == rows.intents[number]].max(initial=-1.0)
        yield number, str(fitted.intents[row.argmax()]), float(row.max() - own)


def places(lines: Iterable[Found]) -> Mapping[Example, Found]:
    """Return the first line of each phrasing as it is learned."""
    found: dict[Example, Found] = {}
    for one in lines:
        if one.kind == "intent":
            found.setdefault(Example(normalise(one.text), one.name), one)
    return found
