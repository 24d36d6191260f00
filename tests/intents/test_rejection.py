import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.rejection import (
    LENIENCE,
    NEVER,
    NEW,
    OUT_OF_SCOPE,
    OUT_OF_SCOPE_INTENT,
    PRECISIONS,
    USEFUL,
    Stream,
    answer_threshold,
    decide,
    offer_threshold,
)

LIMITS = {"answer": 0.9, "offer": 0.4}


def parsed(confidence: float, among_three: float | None = None):
    intent = {"name": "greet", "confidence": confidence}
    chance = confidence if among_three is None else among_three
    return {
        "among_three": chance,
        "text": "hi",
        "intent": intent,
        "intent_ranking": [intent],
        "entities": [],
        "language": "en",
    }


def made(confidence, right, among_three, in_scope, new=None):
    new = np.zeros(len(right)) if new is None else new
    right, among_three, in_scope, new = (
        np.array(one, np.bool_) for one in (right, among_three, in_scope, new)
    )
    seen = np.zeros((len(right), 6))
    intents = np.array([f"intent {row % 40}" for row in range(len(right))], np.str_)
    stream = Stream(seen, right, among_three, in_scope, new, intents)
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


def test_a_choice_is_offered_where_three_are_likely_though_the_best_is_not():
    assert decide(parsed(0.1, among_three=0.4), LIMITS) == "offer"
    assert decide(parsed(0.89, among_three=0.39), LIMITS) == "person"
    assert decide(parsed(0.9, among_three=0.1), LIMITS) == "answer"


def test_a_parse_of_an_older_model_is_offered_by_its_confidence():
    old = parsed(0.4)
    del old["among_three"]
    assert decide(old, LIMITS) == "offer"


def test_rows_of_intents_as_good_as_new_count_less_and_not_among_the_known():
    stream, _ = made(
        [0] * 8, [0] * 8, [0] * 8, [1] * 6 + [0] * 2, [0] * 4 + [1] * 2 + [0] * 2
    )
    weights = stream.weights
    assert weights[4] == pytest.approx(NEW * weights[0])
    assert weights[6:].sum() / weights.sum() == pytest.approx(OUT_OF_SCOPE)
    assert len(stream.known.right) == 6
    assert not stream.known.new.any()


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
    assert 0.4 < answer_threshold(stream, confidence, 0.95) <= 0.5


def test_a_choice_is_offered_from_the_same_chance_whatever_the_stream():
    assert offer_threshold(simulated(400, seed=1)[0]) == USEFUL
    assert offer_threshold(simulated(90, seed=2)[0]) == USEFUL


@pytest.mark.parametrize("precision", PRECISIONS)
@settings(max_examples=60, deadline=None)
@given(rows=st.integers(1, 400), seed=st.integers(0, 9999))
def test_what_is_answered_on_the_stream_is_precise_within_its_noise(
    precision, rows, seed
):
    stream, confidence = simulated(rows, seed)
    answered = confidence >= answer_threshold(stream, confidence, precision)
    weights = stream.weights[answered]
    wrong = weights[~stream.right[answered]].sum()
    assert wrong <= LENIENCE * (1 - precision) * weights.sum()


@settings(max_examples=60, deadline=None)
@given(rows=st.integers(1, 400), seed=st.integers(0, 9999))
def test_more_precision_answers_less(rows, seed):
    stream, confidence = simulated(rows, seed)
    answers = [answer_threshold(stream, confidence, one) for one in PRECISIONS]
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
        stream.new[order],
        stream.intents[order],
    )
    first = answer_threshold(stream, confidence, 0.95)
    assert first == pytest.approx(answer_threshold(other, confidence[order], 0.95))


def test_a_large_honest_stream_keeps_its_promise_on_new_messages():
    stream, confidence = simulated(20_000, seed=3, skill=4)
    least = answer_threshold(stream, confidence, 0.95)
    later, said = simulated(20_000, seed=4, skill=4)
    answered = said >= least
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
    assert answer_threshold(stream, confidence, 0.98) == NEVER
    assert offer_threshold(stream) in (NEVER, USEFUL)


@pytest.mark.parametrize(
    ("intent", "chance", "outcome"),
    [
        ("order_status", 0.12, "offer"),
        ("order_status", 0.09, "person"),
        (OUT_OF_SCOPE_INTENT, 0.12, "person"),
        (OUT_OF_SCOPE_INTENT, 0.21, "offer"),
    ],
)
def test_what_is_likeliest_for_nobody_is_offered_only_if_it_is_twice_as_likely(
    intent, chance, outcome
):
    parse = {"intent": {"name": intent, "confidence": 0.1}, "among_three": chance}
    assert decide(parse, {"answer": 0.9, "offer": USEFUL}) == outcome


def test_few_right_rows_are_no_proof():
    rows = [(0.9, 1, 1, 1)] * 10 + [(0.1, 0, 0, 0)] * 10
    stream, confidence = made(*zip(*rows, strict=True))
    assert answer_threshold(stream, confidence, 0.98) == NEVER
    assert answer_threshold(stream, confidence, 0.95) == 0.9
