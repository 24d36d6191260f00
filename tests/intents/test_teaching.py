import numpy as np
import pytest

from intents.classifier import Model
from intents.examples import Example, Training
from intents.rejection import CERTAIN, NEVER, decide
from intents.teaching import TooLittleError, calibrate, teach


def trained(*rows: tuple[str, str]) -> Model:
    return calibrate(teach(Training(tuple(Example(*row) for row in rows))))


def test_nothing_cannot_be_learnt_from():
    with pytest.raises(TooLittleError, match="add files"):
        trained()


DEGENERATE = {
    "one row": [("hi", "greet")],
    "one intent": [(f"hi {word}", "greet") for word in "abcdefghijklmnopqrstuvwxyz"],
    "three rows": [("hi", "greet"), ("bye", "goodbye"), ("thanks", "thank")],
    "one row forty times": [("hi", "greet")] * 20 + [("bye", "goodbye")] * 20,
    "one text, two intents": [("hi", "greet"), ("hi", "goodbye")],
    "two intents": [(f"{word} {n}", word) for word in ("hi", "bye") for n in range(30)],
    "rows without a word": [
        ("!!", "a"),
        ("\u200b", "b"),
        ("...", "c"),
        ("\U0001f44d", "d"),
    ],
}


@pytest.mark.parametrize("rows", DEGENERATE.values(), ids=DEGENERATE)
def test_too_little_to_measure_sends_everything_to_a_person_and_says_so(rows):
    model = trained(*rows)
    assert "goes to a person" in model.figures["missing"]
    for precision in (0.95, 0.98, 0.99):
        limits = model.at(precision).thresholds
        assert limits == {"answer": NEVER, "offer": NEVER}
        assert decide(model.classify(rows[0][0]), limits) == "person"


def test_what_is_missing_is_named():
    two = trained(*DEGENERATE["two intents"]).figures["missing"]
    few = trained(*DEGENERATE["three rows"]).figures["missing"]
    assert "fewer than three intents" in two
    assert "examples can be held back to measure with" in few


def test_where_nothing_is_sure_examples_are_answered_all_the_same():
    chance = np.random.default_rng(3)
    words = [one + two for one in "abcdefgh" for two in "abcdefgh"]
    meant = chance.integers(4, size=len(words))
    model = trained(
        *((f"{word} same", f"i{n}") for word, n in zip(words, meant, strict=True))
    )
    assert model.figures["missing"] is None
    assert model.thresholds["answer"] == CERTAIN
    assert decide(model.classify("AA same!"), model.thresholds) == "answer"
    assert decide(model.classify("zz same"), model.thresholds) != "answer"


def test_an_intent_of_one_row_is_learnt_beside_others(shop):
    model = calibrate(teach(shop.with_examples([Example("zebra crossing", "zebra")])))
    assert model.classify("zebra crossing")["intent"]["name"] == "zebra"
    assert model.figures["missing"] is None


def test_figures_count_what_was_learnt(model, shop):
    assert model.figures["examples"] == len(shop.examples)
    assert model.figures["intents"] == 5
    assert 0.3 < model.figures["stream"]["accuracy"] <= 1
    assert 0 <= model.figures["stream"]["ece"] < 0.3


def test_texts_with_two_intents_are_counted(shop):
    more = shop.with_examples([Example("HELLO!", "x"), Example("hello", "refund")])
    assert calibrate(teach(more)).figures["texts_with_two_intents"] == 1


def test_new_weights_serve_under_old_thresholds(shop, model):
    more = shop.with_examples([Example("do you have vinyl cleaning sets", "faq/care")])
    fresh = teach(more, under=model).model
    assert fresh.classify("vinyl cleaning sets")["intent"]["name"] == "faq/care"
    assert fresh.calibration == model.calibration
    assert fresh.thresholds_by_precision == model.thresholds_by_precision


def test_without_older_thresholds_everything_goes_to_a_person_until_calibrated(shop):
    assert teach(shop).model.thresholds == {"answer": NEVER, "offer": NEVER}
