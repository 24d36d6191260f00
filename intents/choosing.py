"""Which learner is better for the rows of this assistant? The rows tell.

Where most intents have fewer than MANY examples, neither learner is always the better
one: with many intents of as many examples each it is logistic regression, with few
intents of uneven size the machines are. So both are asked for rows they have not seen.
"""

import numpy as np

from intents import fitting
from intents.corpus import Mask, weigh
from intents.features import Floats, Integers
from intents.fitting import Rows
from intents.learner import Learner

#: How many times as large as its noise what the rows lose less by logistic regression
#: must be.
SURE = 2.0
#: What scores are multiplied by where chances are told from them: what suits best.
_STEEPNESSES = np.geomspace(1, 20, 25)


def chosen(rows: Rows) -> Learner:
    """Return the learner under which rows are likelier that it has not seen."""
    if not rows.are_few:
        return Learner.MACHINES
    machines, logistic = (_losses(rows.by(learner)) for learner in Learner)
    less = machines - logistic
    if len(less) < 2 or less.mean() <= SURE * less.std() / np.sqrt(len(less)):
        return Learner.MACHINES
    return Learner.LOGISTIC


def _losses(rows: Rows) -> Floats:
    """Return what each row loses that is held back, in logarithms of chance."""
    asked = [_asked(rows, rows.folds == fold) for fold in fitting.PART]
    found = np.concatenate([scores for scores, _ in asked])
    wanted = np.concatenate([which for _, which in asked])
    by_steepness = [_surprise(steep * found, wanted) for steep in _STEEPNESSES]
    return min(by_steepness, key=lambda losses: float(losses.sum()))


def _asked(rows: Rows, back: Mask) -> tuple[Floats, Integers]:
    """Return scores of the examples held back, and which intent was wanted.

    One of an intent that nothing was learnt of tells nothing.
    """
    taught = fitting.learnable(rows, ~back)
    names = np.unique(rows.intents)
    asked = back & rows.said & np.isin(rows.intents, rows.intents[taught])
    scores = np.full((int(asked.sum()), len(names)), -np.inf)
    if asked.any():
        weighted = weigh(rows.corpus, taught)
        fitted = fitting.fit(rows, weighted, taught, fitting.JUDGED)
        scores[:, np.searchsorted(names, fitted.intents)] = fitting.scores(
            rows, weighted, fitted, asked
        )
    return scores, np.searchsorted(names, rows.intents[asked]).astype(np.int32)


def _surprise(logits: Floats, wanted: Integers) -> Floats:
    """Return the logarithm of the chance that each row's intent lacks."""
    best = logits.max(axis=1, keepdims=True, initial=-np.inf)
    all_of_it = best[:, 0] + np.log(np.exp(logits - best).sum(axis=1))
    losses: Floats = all_of_it - logits[np.arange(len(wanted)), wanted]
    return losses
