import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.rejection import (
    LENIENCE,
    NEVER,
    OUT_OF_SCOPE,
    PRECISIONS,
    Stream,
    decide,
    rising,
    thresholds,
)

LIMITS = {"answer": 0.9, "offer": 0.4}


def parsed(confidence: float):
    intent = {"name": "greet", "confidence": confidence}
    return {
        "text": "hi",
        "intent": intent,
        "intent_ranking": [intent],
        "entities": [],
        "language": "en",
    }


def made(confidence, right, among_three, in_scope):
    right, among_three, in_scope = (
        np.array(one, np.bool_) for one in (right, among_three, in_scope)
    )
    seen = np.zeros((len(right), 5))
    intents = np.array([f"intent {row % 40}" for row in range(len(right))], np.str_)
    stream = Stream(seen, right, among_three, in_scope, intents)
    return stream, np.array(confidence, float)


def simulated(rows: int, seed: int, skill: float = 1.0):
    """Return a stream whose confidence tells the truth, as far as *skill* goes."""
    chance = np.random.default_rng(seed)
    confidence = np.round(chance.random(rows), 3)
    in_scope = chance.random(rows) < 0.2 + confidence
    right = in_scope & (chance.random(rows) < confidence ** (1 / skill))
    among_three = right | (in_scope & (chance.random(rows) < 0.7))
    return made(confidence, right, among_three, in_scope)


@pytest.mark.parametrize(
    ("confidence", "outcome"),
    [
        (1.0, "answer"),
        (0.9, "answer"),
        (0.899, "offer"),
        (0.4, "offer"),
        (0.39, "person"),
        (0.0, "person"),
    ],
)
def test_confidence_decides(confidence, outcome):
    assert decide(parsed(confidence), LIMITS) == outcome


def test_thirty_percent_of_the_stream_weighs_as_out_of_scope():
    stream, _ = made([0] * 12, [0] * 12, [0] * 12, [1] * 10 + [0] * 2)
    weights = stream.weights
    assert weights[10:].sum() / weights.sum() == pytest.approx(OUT_OF_SCOPE)
    assert weights.sum() == pytest.approx(12)


def test_a_clear_stream_is_answered_where_it_is_clear():
    ours, others = np.linspace(0.5, 1, 200), np.linspace(0, 0.49, 100)
    yes, no = np.ones(200), np.zeros(100)
    stream, confidence = made(
        np.append(ours, others),
        np.append(yes, no),
        np.append(yes, no),
        np.append(yes, no),
    )
    found = thresholds(stream, confidence, 0.95)
    assert 0.4 < found.answer <= 0.5
    assert found.offer == found.answer


def test_a_choice_is_offered_down_to_where_it_stops_being_useful():
    confidence = np.repeat([0.1, 0.3, 0.6, 0.99], 100)
    right = np.repeat([0, 0, 0, 1], 100)
    among_three = np.repeat([0, 0, 1, 1], 100)
    in_scope = np.tile([1, 1, 1, 0, 1], 80)
    in_scope[300:] = 1
    right, among_three = right & in_scope, among_three & in_scope
    stream, confidence = made(confidence, right, among_three, in_scope)
    found = thresholds(stream, confidence, 0.98)
    assert (found.answer, found.offer) == (0.99, 0.6)


@pytest.mark.parametrize("precision", PRECISIONS)
@settings(max_examples=60, deadline=None)
@given(rows=st.integers(1, 400), seed=st.integers(0, 9999))
def test_what_is_answered_on_the_stream_is_precise_within_its_noise(
    precision, rows, seed
):
    stream, confidence = simulated(rows, seed)
    found = thresholds(stream, confidence, precision)
    answered = confidence >= found.answer
    weights = stream.weights[answered]
    wrong = weights[~stream.right[answered]].sum()
    assert wrong <= LENIENCE * (1 - precision) * weights.sum()
    assert found.offer <= found.answer


@settings(max_examples=60, deadline=None)
@given(rows=st.integers(1, 400), seed=st.integers(0, 9999))
def test_more_precision_answers_less(rows, seed):
    stream, confidence = simulated(rows, seed)
    answers = [thresholds(stream, confidence, one).answer for one in PRECISIONS]
    assert answers == sorted(answers)


@settings(max_examples=60, deadline=None)
@given(rows=st.integers(1, 300), seed=st.integers(0, 9999))
def test_the_order_of_the_stream_does_not_matter(rows, seed):
    stream, confidence = simulated(rows, seed)
    order = np.random.default_rng(seed).permutation(rows)
    other = Stream(
        stream.signals[order],
        stream.right[order],
        stream.among_three[order],
        stream.in_scope[order],
        stream.intents[order],
    )
    first = thresholds(stream, confidence, 0.95)
    second = thresholds(other, confidence[order], 0.95)
    assert first.answer == pytest.approx(second.answer)
    assert first.offer == pytest.approx(second.offer)


def test_a_large_honest_stream_keeps_its_promise_on_new_messages():
    stream, confidence = simulated(20_000, seed=3, skill=4)
    found = thresholds(stream, confidence, 0.95)
    later, said = simulated(20_000, seed=4, skill=4)
    answered = said >= found.answer
    weights = later.weights[answered]
    assert answered.sum() > 100
    assert (weights * later.right[answered]).sum() / weights.sum() > 0.93


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [(0.9, 1, 1, 1)],
        [(0.9, 1, 1, 1)] * 500,
        [(0.9, 0, 0, 0)] * 5,
        [(0.9, 0, 0, 1), (0.1, 0, 0, 0)],
    ],
    ids=["no rows", "one row", "nothing out of scope", "nothing in scope", "all wrong"],
)
def test_a_stream_that_proves_nothing_answers_nothing(rows):
    stream, confidence = made(*zip(*rows, strict=True)) if rows else made(*[[]] * 4)
    assert thresholds(stream, confidence, 0.98).answer == NEVER


def test_few_right_rows_are_no_proof():
    rows = [(0.9, 1, 1, 1)] * 10 + [(0.1, 0, 0, 0)] * 10
    stream, confidence = made(*zip(*rows, strict=True))
    assert thresholds(stream, confidence, 0.98).answer == NEVER
    assert thresholds(stream, confidence, 0.95).answer == 0.9


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=60))
def test_rising_shares_rise_and_keep_the_whole(rows):
    confidence = np.array([one for one, _ in rows]) / 10
    hit = np.array([one for _, one in rows])
    steps = rising(confidence, hit)
    assert np.all(np.diff(steps.shares) > 0)
    assert np.all(np.diff(steps.begins) > 0)
    at = np.searchsorted(steps.begins, confidence, side="right") - 1
    assert steps.shares[at].sum() == pytest.approx(hit.sum())
