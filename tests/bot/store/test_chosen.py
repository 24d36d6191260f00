"""What customers chose of "did you mean" is read from the turns as they are kept."""

import pytest

from bot.store import chosen
from tests.dialogue import SAYINGS, StubModel, assistants
from tests.floor import Floor, Understanding

ASKED = "how do i pay, or so"
MEANS = {"faq/payment_methods": 0.45, "faq/opening_hours": 0.4, "order_status": 0.1}


@pytest.fixture
def unsure(database):
    """A Frontdesk that is not sure what is meant, and asks back."""
    model = StubModel({**SAYINGS, ASKED: MEANS})
    return Floor(database, understanding=Understanding(assistants(model=model)))


def found(floor):
    with floor.database.read() as connection:
        return [(row.text, row.intent) for row in chosen.chosen(connection)]


def test_what_was_written_is_labelled_by_the_choice_that_follows(unsure):
    unsure.says(ASKED)
    assert found(unsure) == []
    unsure.says("2")
    assert found(unsure) == [(ASKED, "faq/opening_hours")]


@pytest.mark.parametrize("then", ["Something else", "hello", "where is my parcel?"])
def test_whoever_takes_none_of_them_labels_nothing(unsure, then):
    unsure.says(ASKED)
    unsure.says(then)
    assert found(unsure) == []


def test_what_was_taken_back_is_no_label(unsure):
    unsure.says(ASKED)
    unsure.says("1")
    unsure.run("UPDATE turn SET trace = '{}'")
    assert found(unsure) == []
