import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from intents.confidence import (
    calibration_error,
    learn,
    of_the_best,
    of_three,
    sigmoid,
    signals,
)


def stream(rows: int = 400, seed: int = 1):
    chance = np.random.default_rng(seed)
    seen = chance.normal(size=(rows, 5)) * [1, 2, 0.1, 0.2, 3] + [0, 1, 0.5, 0.5, 4]
    right = chance.random(rows) < sigmoid(seen @ [2, 1, 0, 3, 0.2] - 3)
    return seen, right.astype(float), chance.uniform(0.5, 1.5, rows)


def test_the_map_is_the_one_scikit_learn_finds():
    seen, right, weights = stream()
    ours = learn(seen, right, weights).confidence(seen)
    scaled = (seen - seen.mean(axis=0)) / seen.std(axis=0)
    theirs = LogisticRegression(C=1.0, tol=1e-10, max_iter=1000)
    theirs.fit(scaled, right, sample_weight=weights)
    # Ours leans on the bias as well, which scikit-learn leaves alone.
    assert np.abs(ours - theirs.predict_proba(scaled)[:, 1]).max() < 0.01


def test_what_it_says_is_what_happens():
    seen, right, weights = stream(rows=4000)
    said = learn(seen, right, weights).confidence(seen)
    assert calibration_error(said, right, weights) < 0.03


@settings(max_examples=50, deadline=None)
@given(
    st.integers(1, 30),
    st.sampled_from(["all right", "all wrong", "told apart", "all the same"]),
)
def test_degenerate_rows_give_a_finite_map(rows, kind):
    seen, right, weights = stream(rows)
    if kind == "all right":
        right[:] = 1
    elif kind == "all wrong":
        right[:] = 0
    elif kind == "told apart":
        right = (seen[:, 0] > 0).astype(float)
    else:
        seen[:] = 1
    said = learn(seen, right, weights).confidence(seen)
    assert np.all((said >= 0) & (said <= 1))


def test_signals_are_the_best_score_the_lead_and_what_is_known():
    scores = np.array([[0.1, 0.7, -1.0], [2.0, 2.0, 0.0]])
    known = np.array([[0.5, 0.6, 3.0, 0.4], [1.0, 1.0, 2.0, 0.8]])
    seen = of_the_best(signals(scores, known, np.zeros(3), np.ones(3, np.bool_)))
    assert seen[:, :6] == pytest.approx(
        np.array([[0.7, 0.6, 0.5, 0.6, 3.0, 0.4], [2.0, 0.0, 1.0, 1.0, 2.0, 0.8]])
    )
    assert not seen[:, 6:].any()


def test_of_three_only_ours_count_and_how_much_a_message_reads_like_none_of_ours():
    scores = np.array([[0.1, 0.7, 0.9], [0.4, 0.3, -0.8]])
    ours = np.array([True, True, False])
    rare = np.array([0.2, 0.5, 0.0])
    seen = of_three(signals(scores, np.ones((2, 4)), rare, ours))
    assert not seen[:, :2].any()
    assert seen[:, 6:] == pytest.approx(
        np.array([[0.7, 0.6, 0.5, 0.9], [0.4, 0.1, 0.2, -0.8]])
    )


def test_what_no_row_differs_in_has_no_weight():
    seen, right, weights = stream()
    seen[:, 4] = 0.0
    assert learn(seen, right, weights).weights[4] == 0


def test_a_single_intent_has_no_lead():
    alone = signals(np.ones((1, 1)), np.zeros((1, 4)), np.zeros(1), np.ones(1, bool))
    assert alone[0].tolist() == [1, 0, 0, 0, 0, 0, 1, 0, 0, -1]


def test_the_calibration_error_of_a_boaster_is_his_boast():
    said, right = np.full(10, 0.95), np.array([1.0, 0.0] * 5)
    assert calibration_error(said, right, np.ones(10)) == pytest.approx(0.45)
