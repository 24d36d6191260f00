"""Which learner do rows choose, and does a model keep to it?"""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from intents.choosing import chosen
from intents.classifier import Model
from intents.examples import Example, Training
from intents.folding import mark
from intents.learner import Learner
from intents.naming import name_of
from intents.teaching import Taught, calibrate, teach


def read(path: Path, each: int) -> Training:
    """Return so many examples of each intent."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [Example(row["text"], row["intent"]) for row in csv.DictReader(file)]
    rows.sort(key=lambda one: mark(one.text))
    taken: dict[str, int] = {}
    few = []
    for one in rows:
        taken[one.intent] = taken.get(one.intent, 0) + 1
        if taken[one.intent] <= each:
            few.append(one)
    return Training(tuple(few))


@pytest.fixture(scope="module")
def many_alike(datasets) -> Training:
    """Return 77 intents of five examples each: their rows choose the regression."""
    return read(datasets / "arbanking77" / "train_msa_pal.csv", 5)


@pytest.fixture(scope="module")
def whole(many_alike) -> Taught:
    return teach(many_alike, "ar")


@pytest.fixture(scope="module")
def calibrated(whole) -> Model:
    return calibrate(whole)


def test_many_intents_of_as_many_examples_are_learnt_at_once(whole):
    assert whole.model.learner is Learner.LOGISTIC


def test_a_few_intents_of_uneven_size_are_learnt_by_machines(datasets):
    training = read(datasets / "xsid" / "zh_valid.csv", 12)
    assert teach(training, "zh").model.learner is Learner.MACHINES


def test_where_most_have_forty_examples_neither_is_asked(whole):
    words = ("red", "blue", "green")
    rows = tuple(
        Example(f"{word} {n} of it", word) for word in words for n in range(40)
    )
    taught = teach(Training(rows))
    assert taught.model.learner is Learner.MACHINES
    # Nothing that is in no fold can be asked: it would choose, or fail.
    asked = replace(taught.rows, folds=whole.rows.folds[:0])
    assert chosen(asked) is Learner.MACHINES
    with pytest.raises(ValueError, match="shape"):
        chosen(replace(whole.rows, folds=whole.rows.folds[:0]))


@pytest.mark.parametrize("rows", [1, 2, 5])
def test_too_little_to_ask_is_learnt_by_machines(rows):
    few = tuple(Example(f"number {n}", f"intent {n}") for n in range(rows))
    assert teach(Training(few)).model.learner is Learner.MACHINES


def test_an_edit_is_learnt_as_the_older_model_was(many_alike, calibrated):
    edit = many_alike.with_examples([Example("اهلا", "greet")])
    taught = teach(edit, "ar", under=calibrated)
    assert taught.model.learner is Learner.LOGISTIC
    assert not taught.is_chosen


def test_whichever_learner_it_began_with_the_same_rows_give_the_same_model(
    many_alike, calibrated, model
):
    assert model.learner is Learner.MACHINES
    begun = teach(many_alike, "ar", under=model)
    assert begun.model.learner is Learner.MACHINES
    ended = calibrate(begun)
    assert ended.learner is Learner.LOGISTIC
    assert ended.name == calibrated.name == name_of(many_alike, "ar")
    assert ended.thresholds == calibrated.thresholds
    assert np.array_equal(ended.weights, calibrated.weights)


def test_a_model_on_disk_knows_its_learner(calibrated, tmp_path):
    assert Model.load(calibrated.save(tmp_path)).learner is Learner.LOGISTIC
