"""Columns of n-grams and of vectors together are one matrix."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix, hstack

from intents.columns import Columns

ROWS, GRAMS, HELD, MACHINES = 30, 50, 8, 4


@pytest.fixture(params=[False, True], ids=["alone", "with vectors"])
def both(request):
    """Return columns, and the same as one matrix."""
    chance = np.random.default_rng(1)
    grams = csr_matrix(
        (chance.random((ROWS, GRAMS)) * (chance.random((ROWS, GRAMS)) < 0.2)).astype(
            np.float32
        )
    )
    if not request.param:
        return Columns(grams), grams
    vectors = chance.standard_normal((ROWS, HELD)).astype(np.float32)
    return Columns(grams, vectors), hstack((grams, csr_matrix(vectors)), format="csr")


def test_products_are_those_of_one_matrix(both):
    columns, matrix = both
    chance = np.random.default_rng(2)
    shares = chance.random((ROWS, MACHINES)).astype(np.float32)
    weights = chance.random((matrix.shape[1], MACHINES)).astype(np.float32)
    assert np.allclose(columns.scores(weights), matrix @ weights, atol=1e-4)
    assert np.allclose(columns.gathered(shares), matrix.T @ shares, atol=1e-4)
    assert np.allclose(columns.alike(shares), matrix @ (matrix.T @ shares), atol=1e-3)
    some = np.arange(ROWS) % 3 == 0
    assert np.allclose(columns[some].scores(weights), matrix[some] @ weights, atol=1e-4)


def test_middles_have_length_one(both):
    columns, matrix = both
    which = np.arange(ROWS) % MACHINES
    expected = np.array(
        [matrix[which == one].mean(axis=0).A1 for one in range(MACHINES)]
    )
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    assert np.allclose(columns.middles(which).as_weights(), expected.T, atol=1e-5)


def test_rows_of_n_grams_alone_may_follow(both):
    columns, matrix = both
    more = csr_matrix(np.eye(2, GRAMS, dtype=np.float32))
    weights = np.ones((matrix.shape[1], 1), np.float32)
    assert np.allclose(columns.and_grams(more).scores(weights)[-2:], 1)
