"""Is what is found what scikit-learn finds?"""

import warnings

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from intents.columns import Columns
from intents.logistic import COST, SCALE, solve
from tests.intents.test_solving import made_up


@pytest.mark.parametrize("intents", [3, 12, 40])
@pytest.mark.parametrize("uneven", [False, True], ids=["even", "uneven"])
def test_it_says_what_scikit_learns_says(intents, uneven):
    matrix, which = made_up(intents)
    costs = np.where(which % 2, 6.0, 0.3) if uneven else np.ones(len(which))
    # The bias is no longer for being one of many features: it counts as they do.
    inputs = np.column_stack((matrix.toarray(), np.ones(len(which))))
    reference = LogisticRegression(
        C=COST, fit_intercept=False, tol=1e-8, max_iter=10_000
    ).fit(inputs, which, costs)
    expected = reference.decision_function(inputs)
    signs = np.where(which[:, None] == reference.classes_, 1, -1)
    for within, off in ((1e-5, 0.02), (1e-2, 0.3)):
        weights, biases = solve(Columns(matrix), signs, costs, within)
        found = SCALE * (matrix @ weights + biases)
        assert np.abs(found - expected).max() < off


def test_two_intents_are_mirrored():
    matrix, which = made_up(2)
    signs = np.where(which[:, None] == [0, 1], 1, -1)
    weights, biases = solve(Columns(matrix), signs, np.ones(len(which)), 1e-4)
    assert np.allclose(weights[:, 0], -weights[:, 1], atol=1e-4)
    assert biases[0] == pytest.approx(-biases[1], abs=1e-4)


def test_costly_rows_that_are_long_end_the_search_at_the_bottom():
    """Where chances are all but certain a step of Newton's may lead backwards."""
    made, which = made_up(40, rows=60)
    matrix = 10 * made
    signs = np.where(which[:, None] == np.arange(40), 1, -1)
    costs = np.where(which % 2, 600.0, 9.0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        weights, biases = solve(Columns(matrix), signs, costs, 1e-3)
    assert np.isfinite(weights).all()
    taken = (matrix @ weights + biases).argmax(axis=1)
    assert (taken == which).mean() > 0.9


def test_rows_that_say_nothing_and_rows_that_contradict_are_borne():
    made, which = made_up(3, rows=60)
    rows = made.toarray()
    rows[:2] = 0
    rows[3] = rows[2]
    which[2:4] = [0, 1]
    matrix = csr_matrix(rows)
    signs = np.where(which[:, None] == np.arange(3), 1, -1)
    weights, biases = solve(Columns(matrix), signs, np.ones(60), 1e-3)
    assert np.isfinite(weights).all()
    assert np.isfinite(biases).all()
