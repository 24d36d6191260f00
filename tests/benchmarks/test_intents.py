import json

import pytest

from benchmarks import intents, labelled_intents, serving
from benchmarks.figure import Answers, Figure, pooled
from benchmarks.interval import Share
from benchmarks.labelled import SHARED, MissingError
from bot.content import DATA
from intents.evaluation import evaluate
from intents.examples import Example, Training, load
from intents.teaching import teach
from intents.text import normalise
from tests.required import lacking

ROWS = tuple(Example(f"{word} {n}", word) for word in ("one", "two") for n in range(5))


@pytest.fixture
def datasets() -> None:
    if not SHARED.is_dir():
        lacking("the datasets are missing")


def test_each_half_of_an_intent_is_taught_where_the_other_is_asked():
    (taught, asked), (other, rest) = labelled_intents.halves(ROWS)
    assert {*taught} | {*asked} == {*ROWS}
    assert not {*taught} & {*asked}
    assert (other, rest) == (asked, taught)
    assert {one.intent for one in taught} == {one.intent for one in asked}


def test_so_many_of_each_intent_are_drawn_in_whatever_order_they_stand():
    few = labelled_intents.some(ROWS, 2)
    assert sorted(one.intent for one in few) == ["one", "one", "two", "two"]
    assert {*labelled_intents.some(ROWS[::-1], 2)} == {*few}


def test_misspelt_arabic_reads_like_the_same_to_the_classifier():
    text = "أريد إرجاع الأسطوانة إلى المتجر وأسأل عن حالة الطلبية المتأخرة"
    (typed,) = labelled_intents.as_typed([Example(text, "return")])
    assert typed.text != text
    assert normalise(typed.text) == normalise(text)


def test_what_the_others_call_ours_exists():
    ours = {one.intent for one in load([DATA / "nlu" / "en", DATA / "faq"]).examples}
    assert {*labelled_intents._theirs()} <= ours


def test_no_phrasing_of_retail_is_asked_that_was_taught(datasets):
    for _, taught, asked in labelled_intents.retail():
        assert asked
        assert not {one.text.casefold() for one in asked} & {
            one.text.casefold() for one in taught
        }


def test_a_dataset_that_is_not_there_is_named():
    with pytest.raises(MissingError, match="nowhere.csv"):
        labelled_intents.read("nowhere.csv")


def test_figures_are_held_against_their_targets():
    found = {
        "set": [
            Figure("accuracy", 91.9, 92.0, hoped=93.5),
            Figure("wrong", 3, 3, at_least=False),
        ]
    }
    assert [one.is_met for one in found["set"]] == [False, True]
    told = intents._table(found).splitlines()
    assert told[2].split() == ["set", "accuracy", "91.9", ">=", "92", "MISSED", "93.5"]
    assert told[3].split() == ["set", "wrong", "3.0", "<=", "3", "met"]
    met = {"seen": 3, "target": 3, "met": True}
    assert json.loads(json.dumps(intents._json(found)))["set"]["wrong"] == met


def answering(right, answered, rows):
    answers = Answers(Share(right, answered), Share(answered - 5, rows))
    return [Figure("accuracy", 90, 80), Figure("answered", 1, None, answers=answers)]


def test_sets_that_answer_are_held_to_a_bound_together():
    found = {"one": answering(196, 200, 300), "two": answering(196, 200, 500)}
    coverage, surely = pooled(found)["pooled"]
    assert coverage.seen == pytest.approx(100 * 390 / 800)
    assert coverage.target is None
    assert surely.name == "surely right of 400 answers"
    assert surely.seen == pytest.approx(96.1, abs=0.05)
    assert surely.is_met
    found["two"] = answering(186, 200, 500)
    assert not pooled(found)["pooled"][1].is_met


def test_fewer_answers_together_prove_nothing():
    found = {"one": answering(196, 200, 300), "two": answering(150, 199, 500)}
    (coverage,) = pooled(found)["pooled"]
    assert coverage.is_met
    assert not pooled({"one": found["one"][:1]})
    told = intents._table({"pooled": [coverage]}).splitlines()
    assert told[2].split() == ["pooled", "answered", "at", "98", "%", "48.6"]


def test_what_belongs_to_no_intent_counts_among_answers():
    """Examples word for word are certain: those of strangers are answered, wrongly."""
    words = ["red", "blue", "green", "black", "white", "grey", "pink", "brown"]
    rows = tuple(
        Example(f"{word} {other} thing", word)
        for word in words[:4]
        for other in words[2:]
    )
    asked, strange = rows[:4], (*rows[4:7], Example("quite another", "three"))
    answers = Answers.of(evaluate(Training(rows), asked, strange))
    assert answers.answered == Share(4, 4)
    assert answers.right == Share(4, 7)


def test_as_many_phrasings_are_drawn_as_are_to_be_served():
    few = serving.drawn(ROWS, 5)
    assert len(few) == 5
    assert {one.intent for one in few} == {"one", "two"}


def test_what_a_model_costs_a_process_is_counted_for_every_message(tmp_path):
    path = teach(Training(ROWS)).model.save(tmp_path)
    cost = serving.cost_of(path, ["one 1", "two 2", "three"], "en")
    assert len(cost.microseconds) == 3
    assert len(cost.loads) == serving.LOADS
    assert min(*cost.microseconds, *cost.loads) > 0
    assert cost.megabytes < 40
