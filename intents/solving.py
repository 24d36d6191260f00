"""Support vector machines, one an intent, all found together.

Each machine tells its intent from all others by the squared hinge, as scikit-learn's
LinearSVC does, and finds the same: half the squared length of its weights and bias, and
for each row ``cost * max(0, 1 - sign * score) ** 2``, are together as small as can be.

Weights are sums of rows, so the search is for the share that each row has in each
machine, by nonlinear conjugate gradients (Polak and Ribière): a step takes two products
with a sparse matrix for all machines at once. What nearly all rows share, the bias
above all, is one direction in which the sum is forty times as steep as in any other.
Flattened beforehand, it leaves a fifth of the steps.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from intents.columns import Columns
from intents.corpus import Mask
from intents.features import Floats

#: How many machines are found at a time: it bounds what a step needs.
TOGETHER = 64
#: Fifty steps are usual.
_STEPS = 500
#: How often the length of a step is looked for: between bends the sum is a parabola.
_LOOKS = 3
#: Machines that are found are let go once they are so large a part.
_PART = 0.3
#: Steps of the power method towards what rows share.
_POWERS = 2
#: How steep the sum is that way, in the squared length of what rows share: of a
#: hundred rows a machine leaves few that lack anything.
_STEEP = 0.02
_TINY = 1e-30


def solve(
    columns: Columns, signs: Floats, costs: Floats, within: float
) -> tuple[Floats, Floats]:
    """Return the weights (features by machines) and biases of the machines.

    *signs* (rows by machines) are 1 where a row is of the machine's intent, else -1.
    The slope of the sum is at most *within*, in units of a row's score.
    """
    columns = columns.single()
    rows = Ground.of(columns, costs)
    shares = np.zeros(signs.shape, np.float32)
    for first in range(0, signs.shape[1], TOGETHER):
        some = np.ascontiguousarray(signs[:, first : first + TOGETHER], np.float32)
        shares[:, first : first + TOGETHER] = some * _found(rows, some, within)
    return columns.gathered(shares), shares.sum(axis=0)


@dataclass(frozen=True, eq=False, slots=True)
class Ground:
    """The rows that are learnt from, and what nearly all of them share."""

    columns: Columns
    #: What each costs, twice: the slope where a score lacks one.
    prices: Floats
    #: What nearly all rows share, as shares of rows; the scores it gives, so scaled
    #: that their product is one; how much of it is taken away.
    common: Floats
    common_scores: Floats
    flattened: Floats

    @classmethod
    def of(cls, columns: Columns, costs: Floats) -> Self:
        prices = (2 * costs).astype(np.float32)[:, None]
        common = np.ones_like(prices)
        for _ in range(_POWERS):
            common /= np.sqrt(_along(common, common))
            common = _scores(columns, common)
        scores = _scores(columns, common)
        steepness = _along(common, scores)
        much = _STEEP * steepness / _along(common, common)
        return cls(columns, prices, common, scores / steepness, much / (1 + much))

    def scores(self, shares: Floats) -> Floats:
        """Return what shares of the rows say of each row."""
        return _scores(self.columns, shares)

    def flat(self, slope: Floats) -> Floats:
        """Return a slope in which the steepest direction counts as any other."""
        along = self.flattened * (self.common_scores.T @ slope)
        flat: Floats = slope - self.common @ along
        return flat


def _scores(columns: Columns, shares: Floats) -> Floats:
    scores = columns.alike(shares)
    scores += shares.sum(axis=0)
    return scores


def _along(one: Floats, other: Floats) -> Floats:
    """Return the product of two arrays, column by column."""
    product: Floats = np.einsum("ij,ij->j", one, other)
    return product


@dataclass(eq=False, slots=True)
class _Search:
    """Where the search is: arrays of rows by machines, all by the row's own sign."""

    signs: Floats
    shares: Floats
    #: What each score lacks to be one.
    lacking: Floats
    #: Which way it last went, and what that does to scores.
    way: Floats
    way_scores: Floats
    #: The slope there, and how steep it was for each machine.
    slope: Floats
    steepness: Floats

    @classmethod
    def begun(cls, signs: Floats) -> "_Search":
        shares, way, way_scores, slope = (np.zeros_like(signs) for _ in range(4))
        steepness = np.full(signs.shape[1], np.inf, np.float32)
        lacking = np.ones_like(signs)
        return cls(signs, shares, lacking, way, way_scores, slope, steepness)

    def only(self, kept: Mask) -> None:
        """Let go of the other machines."""
        for name in self.__slots__:
            setattr(self, name, np.ascontiguousarray(getattr(self, name)[..., kept]))

    def downhill(self, rows: Ground) -> Floats:
        """Return the slope where it is, as shares of rows."""
        slope: Floats = np.maximum(self.lacking, 0)
        slope *= rows.prices
        slope -= self.shares
        return slope

    def turn(self, rows: Ground, slope: Floats) -> None:
        """Turn downhill, but not back the way it came."""
        flat = rows.flat(self.signs * slope)
        scores = self.signs * rows.scores(flat)
        flat *= self.signs
        steepness = _along(slope, scores)
        change = steepness - _along(self.slope, scores)
        onward = np.maximum(0, change / np.maximum(self.steepness, _TINY))
        self.way *= onward
        self.way += flat
        self.way_scores *= onward
        self.way_scores += scores
        self.slope, self.steepness = slope, steepness

    def go(self, rows: Ground) -> None:
        """Go as far that way as leads down."""
        far = self._distance(rows.prices)
        self.shares += far * self.way
        self.lacking -= far * self.way_scores

    def _distance(self, prices: Floats) -> Floats:
        """Return where the sum is least, by Newton's method."""
        begin = _along(self.shares, self.way_scores)
        bend = _along(self.way, self.way_scores)
        pull = prices * self.way_scores
        pull_bend = pull * self.way_scores
        far = np.zeros_like(begin)
        for _ in range(_LOOKS):
            lacking = np.maximum(self.lacking - far * self.way_scores, 0)
            slope = begin + far * bend - _along(pull, lacking)
            steep = bend + np.where(lacking > 0, pull_bend, 0).sum(axis=0)
            step = slope / np.maximum(steep, _TINY)
            far -= step
            if (np.abs(step) <= 0.03 * np.abs(far)).all():
                break
        return far


def _found(rows: Ground, signs: Floats, within: float) -> Floats:
    """Return the share of each row in each machine, by the row's own sign."""
    shares = np.zeros_like(signs)
    searched = np.arange(signs.shape[1])
    search = _Search.begun(signs)
    for _ in range(_STEPS):
        slope = search.downhill(rows)
        steep = np.abs(slope) > within * rows.prices
        rest: Mask = np.asarray(steep.any(axis=0))
        if rest.mean() <= 1 - _PART or not rest.any():
            shares[:, searched] = search.shares
            if not rest.any():
                return shares
            searched, slope = searched[rest], np.ascontiguousarray(slope[:, rest])
            search.only(rest)
        search.turn(rows, slope)
        search.go(rows)
    shares[:, searched] = search.shares
    return shares
