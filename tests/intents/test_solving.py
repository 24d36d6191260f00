"""Are the machines that are found together those that scikit-learn finds?"""

import subprocess
import sys

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from intents.columns import Columns
from intents.solving import TOGETHER, solve


def made_up(machines: int, rows: int = 400) -> tuple[csr_matrix, np.ndarray]:
    """Return rows of features that many share, and the machine each is of."""
    chance = np.random.default_rng(machines)
    which = chance.integers(0, machines, rows)
    own = chance.random((machines, 60)) < 0.2
    matrix = (chance.random((rows, 60)) < 0.1) | (
        own[which] & (chance.random(60) < 0.6)
    )
    return csr_matrix(matrix / np.sqrt(1 + matrix.sum(axis=1, keepdims=True))), which


@pytest.mark.parametrize("machines", [3, 12, TOGETHER + 9])
@pytest.mark.parametrize("uneven", [False, True], ids=["even", "uneven"])
def test_they_say_what_scikit_learns_say(machines, uneven):
    matrix, which = made_up(machines)
    costs = np.where(which % 2, 6.0, 0.3) if uneven else np.ones(len(which))
    reference = LinearSVC(tol=1e-6, max_iter=10_000).fit(matrix, which, costs)
    expected = reference.decision_function(matrix)

    signs = np.where(which[:, None] == reference.classes_, 1, -1)
    for within, off in ((1e-4, 1e-3), (1e-2, 1e-1)):
        weights, biases = solve(Columns(matrix), signs, costs, within)
        assert np.abs(matrix @ weights + biases - expected).max() < off


def test_two_machines_are_mirrored():
    matrix, which = made_up(2)
    weights, biases = solve(
        Columns(matrix),
        np.where(which[:, None] == [0, 1], 1, -1),
        np.ones(len(which)),
        1e-4,
    )
    assert np.allclose(weights[:, 0], -weights[:, 1], atol=1e-5)
    assert biases[0] == pytest.approx(-biases[1], abs=1e-5)


def test_rows_that_say_nothing_and_rows_that_contradict_are_borne():
    matrix = csr_matrix(np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 0.0], [0.0, 1.0]]))
    signs = np.array([[1, -1], [-1, 1], [1, -1], [-1, 1]])
    weights, biases = solve(Columns(matrix), signs, np.ones(4), 1e-4)
    assert np.isfinite(weights).all()
    assert np.isfinite(biases).all()


def test_training_loads_no_scikit_learn():
    script = "import sys, intents.training; print('sklearn' in sys.modules)"
    ran = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "False"
