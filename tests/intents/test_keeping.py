"""Thresholds that are live stay while they are as good as new ones."""

from dataclasses import replace

import numpy as np
import pytest

from intents.confidence import Calibration
from intents.keeping import ANSWERED, OFFERED, Measure, hold
from intents.rejection import NEVER, Stream, Thresholds

ROWS = 2000
CALIBRATION = Calibration(weights=(1.0, 0.0, 0.0, 0.0, 0.0, 0.0), bias=0.0)
SCORES = np.linspace(4, -4, ROWS)


def stream(wrong: int = 0) -> Stream:
    """Return a stream, the surest first; the last 30 % are out of scope."""
    signals = np.zeros((ROWS, 6))
    signals[:, 0] = SCORES
    in_scope = np.ones(ROWS, np.bool_)
    in_scope[-600:] = False
    right = in_scope.copy()
    right[:wrong] = False
    names = np.array([f"i{row % 20}" for row in range(ROWS)])
    new = np.zeros(ROWS, np.bool_)
    return Stream(signals, right, right, in_scope, new, names)


def measure(answered: int, offered: int = 900) -> Measure:
    """Return thresholds under which so many of the rows are answered and offered."""
    chances = CALIBRATION.confidence(stream().signals)
    limits = Thresholds(float(chances[answered - 1]), float(chances[offered - 1]))
    return Measure(CALIBRATION, CALIBRATION, {0.98: limits})


def test_what_answers_as_much_holds():
    assert hold(measure(400), measure(400), stream())
    assert hold(measure(400), measure(400 + int(ANSWERED * ROWS)), stream())


@pytest.mark.parametrize("answered", [350, 450])
def test_what_answers_less_or_more_than_noise_does_not(answered):
    assert not hold(measure(answered), measure(400), stream())


def test_what_offers_more_than_noise_does_not_hold():
    noise = int(OFFERED * ROWS)
    assert hold(measure(400, offered=900 + noise), measure(400), stream())
    assert not hold(measure(400, offered=920 + noise), measure(400), stream())


def test_what_is_wrong_more_often_than_new_ones_may_be_and_once_does_not_hold():
    assert hold(measure(400), measure(400), stream(wrong=11))
    assert not hold(measure(400), measure(400), stream(wrong=12))


def test_what_answers_nothing_does_not_hold_where_much_can_be_answered():
    nothing = Measure(CALIBRATION, CALIBRATION, {0.98: Thresholds(NEVER, NEVER)})
    assert not hold(nothing, measure(400), stream())


def test_a_step_counts_by_what_it_does_and_not_by_its_number():
    """Half as steep a map with thresholds to match answers the same messages."""
    flat = replace(CALIBRATION, weights=(0.5, 0.0, 0.0, 0.0, 0.0, 0.0))
    chances = flat.confidence(stream().signals)
    other = Measure(
        flat, flat, {0.98: Thresholds(float(chances[399]), float(chances[899]))}
    )
    assert hold(other, measure(400), stream())
