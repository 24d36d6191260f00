"""Multinomial logistic regression: all intents at once, each against the others.

It finds the same as scikit-learn's LogisticRegression: half the squared length of
weights and biases, and for each row what its intent's chance lacks, ``-COST * cost *
log(chance)``, are together as small as can be.

As for machines (see `intents.solving`) weights are sums of rows, and the search is for
the share of each row by nonlinear conjugate gradients. But the intents of a row share
their chances, so they go the same way, equally far.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from intents.columns import Columns
from intents.features import Floats
from intents.solving import Ground

#: What a row counts that counts one, beside the length of weights.
COST = 30.0
#: How many times a score the logarithm of a chance is: so scores are as far apart as
#: those of machines, and what is added to either means as much.
SCALE = 2.0
#: Forty steps are usual.
_STEPS = 150
#: How often the length of a step is looked for, and how far off it may be.
_LOOKS, _OFF = 3, 0.05
_TINY = 1e-12


def solve(
    columns: Columns, signs: Floats, costs: Floats, within: float
) -> tuple[Floats, Floats]:
    """Return the weights (features by intents) and biases.

    *signs* (rows by intents) are 1 where a row is of the intent, else -1. The slope of
    the sum is at most *within*, in units of a row that counts one.
    """
    columns = columns.single()
    search = _Search.begun(columns, signs, costs)
    for _ in range(_STEPS):
        slope = search.downhill()
        if np.abs(slope).max() <= within * COST or not search.turn(slope):
            break
        search.go()
    shares = search.shares / np.float32(SCALE)
    return columns.gathered(shares), shares.sum(axis=0)


@dataclass(eq=False, slots=True)
class _Search:
    """Where the search is: arrays of rows by intents."""

    ground: Ground
    costs: Floats
    #: One where a row is of the intent, else zero.
    wanted: Floats
    shares: Floats
    scores: Floats
    chances: Floats
    #: Which way it last went, and what that does to scores.
    way: Floats
    way_scores: Floats
    #: The slope there, and how steep it was.
    slope: Floats
    steepness: float = np.inf

    @classmethod
    def begun(cls, columns: Columns, signs: Floats, costs: Floats) -> Self:
        ground = Ground.of(columns, costs)
        wanted = (signs > 0).astype(np.float32)
        shares, scores, way, way_scores, slope = (
            np.zeros_like(wanted) for _ in range(5)
        )
        return cls(
            ground=ground,
            costs=np.float32(COST / 2) * ground.prices,
            wanted=wanted,
            shares=shares,
            scores=scores,
            chances=_chances(scores),
            way=way,
            way_scores=way_scores,
            slope=slope,
        )

    def downhill(self) -> Floats:
        """Return the slope where it is, as shares of rows."""
        slope: Floats = self.costs * (self.wanted - self.chances) - self.shares
        return slope

    def turn(self, slope: Floats) -> bool:
        """Turn downhill, but not back the way it came; return whether it is steep."""
        flat = self.ground.flat(slope)
        scores = self.ground.scores(flat)
        steepness = _sum(slope, scores)
        if steepness <= _TINY:
            return False
        onward = max(0.0, steepness - _sum(self.slope, scores)) / self.steepness
        self.way *= np.float32(onward)
        self.way += flat
        self.way_scores *= np.float32(onward)
        self.way_scores += scores
        self.slope, self.steepness = slope, steepness
        return True

    def go(self) -> None:
        """Go as far that way as leads down."""
        far = np.float32(self._distance())
        self.shares += far * self.way
        self.scores += far * self.way_scores
        self.chances = _chances(self.scores)

    def _distance(self) -> float:
        """Return where the sum is least, by Newton's method.

        Never backwards: where the way leads up it stays, and next goes straight down.
        """
        begin = _sum(self.shares, self.way_scores)
        bend = _sum(self.way, self.way_scores)
        squared = self.way_scores**2
        far, chances = 0.0, self.chances
        for look in range(_LOOKS):
            if look:
                chances = _chances(self.scores + np.float32(far) * self.way_scores)
            mean = np.einsum("ij,ij->i", chances, self.way_scores)[:, None]
            spread = np.einsum("ij,ij->i", chances, squared)[:, None] - mean**2
            lacking = self.costs * (self.wanted - chances)
            slope = begin + far * bend - _sum(lacking, self.way_scores)
            steep = bend + _sum(self.costs, np.maximum(spread, 0))
            step = slope / max(steep, _TINY)
            before, far = far, max(far - step, 0.0)
            if look and abs(far - before) <= _OFF * far:
                break
        return far


def _chances(scores: Floats) -> Floats:
    """Return the chance of each intent, row by row."""
    chances: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    return chances


def _sum(one: Floats, other: Floats) -> float:
    """Return the product of two arrays, summed."""
    return float(np.vdot(one, other))
