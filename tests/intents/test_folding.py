"""What is held back to measure with, and with what."""

from collections import Counter
from math import ceil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents import fitting
from intents.corpus import count
from intents.folding import FOLDS, folds

THINGS = st.sets(st.text(min_size=1, max_size=8), min_size=1, max_size=80)


@settings(deadline=None)
@given(things=THINGS, added=st.text(min_size=9, max_size=12))
def test_one_thing_more_moves_at_most_one_out_of_each_fold(things, added):
    """And where the folds grow by a place, at most one back into each."""
    before, after = folds(things, "x"), folds({*things, added}, "x")
    moved = [one for one in things if before[one] != after[one]]
    grown = ceil(1.5 * (len(things) + 1) / FOLDS) > ceil(1.5 * len(things) / FOLDS)
    assert len(moved) <= (FOLDS * FOLDS if grown else FOLDS - 1)


def test_of_many_things_hardly_any_moves_for_another():
    things = [f"thing {number}" for number in range(60)]
    before = folds(things, "x")
    moved = []
    for number in range(100):
        after = folds([*things, f"another {number}"], "x")
        moved.append(sum(before[one] != after[one] for one in things))
    assert sum(moved) / len(moved) < 1
    assert max(moved) <= 5


@given(things=THINGS)
def test_no_fold_holds_more_than_its_share_and_half_of_it(things):
    sizes = Counter(folds(things, "x").values())
    assert max(sizes.values()) <= ceil(1.5 * len(things) / FOLDS)


@given(things=THINGS)
def test_the_order_of_things_does_not_matter(things):
    assert folds(sorted(things), "x") == folds(sorted(things, reverse=True), "x")


@pytest.mark.parametrize("few", [2, 3, 5])
def test_few_things_are_never_all_in_one_fold(few):
    for salt in "abcdefghijklmnopqrst":
        assert len(set(folds(map(str, range(few)), salt).values())) > 1


def test_things_that_are_near_one_another_are_apart():
    pairs = [(f"{number}", f"{number}, too") for number in range(30)]
    near = {one: {two} for one, two in pairs} | {two: {one} for one, two in pairs}
    found = folds(near, "x", near)
    assert all(found[one] != found[two] for one, two in pairs)


def test_where_all_are_near_one_another_they_are_dealt_all_the_same():
    things = {str(number) for number in range(40)}
    found = folds(things, "x", {one: things - {one} for one in things})
    assert found.keys() == things
    assert max(Counter(found.values()).values()) <= ceil(1.5 * 40 / FOLDS)


def test_intents_that_read_alike_are_near_one_another():
    rows = [
        ("i want a refund", "refund"),
        ("refund please", "refund"),
        ("how long does a refund take", "refund_time"),
        ("refund time", "refund_time"),
        ("hello there", "greet"),
        ("good morning", "greet"),
        ("where is your shop", "place"),
        ("how do i get to your shop", "place"),
        ("when do you open", "hours"),
        ("opening hours", "hours"),
    ]
    corpus = count(text for text, _ in rows).corpus
    near = fitting.nearest(corpus, np.array([intent for _, intent in rows]))
    assert "refund_time" in near["refund"]
    assert "refund" in near["refund_time"]
    assert all("refund" not in near[one] or one in near["refund"] for one in near)
