"""Whoever says an example, means what it was given for."""

import tracemalloc

import pytest

from intents.classifier import ByHeart, Model
from intents.examples import Example, Training
from intents.rejection import decide
from intents.teaching import calibrate, teach

ROWS = [
    Example(f"{verb} {thing}", intent)
    for intent, verbs in {
        "order": ["where is", "track", "find", "has it left, the", "status of"],
        "refund": ["refund", "money back for", "pay me back for", "credit for"],
        "hours": ["when open for", "opening times of", "are you open for"],
        "gift": ["gift wrap", "present box for", "card with", "ribbon round"],
    }.items()
    for verb in verbs
    for thing in ["my lamp", "the chair", "that sofa", "her rug", "a table"]
]
ODD = "do you wrap badgers?"


@pytest.fixture(scope="module")
def model():
    odd = Example(ODD, "gift")
    twice = [Example("both", "order"), Example("both", "refund")]
    return calibrate(teach(Training(examples=(*ROWS, odd, *twice))))


@pytest.mark.parametrize("said", [ODD, "Do you wrap BADGERS", "do you wrap  badgers!!"])
def test_an_example_is_answered_whatever_its_punctuation(model, said):
    parse = model.classify(said)
    assert parse["intent"] == {"name": "gift", "confidence": 1.0}
    assert decide(parse, model.thresholds) == "answer"


def test_other_intents_stay_in_the_ranking_once(model):
    names = [one["name"] for one in model.classify(ODD)["intent_ranking"]]
    assert names[0] == "gift"
    assert sorted(names) == sorted(set(names))


def test_an_example_of_two_intents_proves_neither(model):
    assert model.classify("both")["intent"]["confidence"] < 1


def test_a_stored_model_remembers_its_examples(model, tmp_path):
    again = Model.load(model.save(tmp_path))
    assert again.classify(ODD) == model.classify(ODD)
    for row in ROWS:
        assert again.classify(row.text) == model.classify(row.text)
        assert again.classify(row.text)["intent"]["name"] == row.intent


def test_examples_are_served_in_a_tenth_of_what_a_dict_takes():
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    known = ByHeart({"many": [f"what is {number}" for number in range(10_000)]})
    size = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert size < 10_000 * 17
    assert known.get("what is 9999") == "many"
    assert known.get("what is 10000") is None


def test_what_costs_little_is_held_to_the_next_lower_precision(model):
    strict, middle, low = (model.at(one) for one in (0.99, 0.98, 0.95))
    assert strict.lenient_thresholds == middle.thresholds
    assert middle.lenient_thresholds == low.thresholds
    assert low.lenient_thresholds == low.thresholds
