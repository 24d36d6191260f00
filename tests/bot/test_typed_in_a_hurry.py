"""Customers who type in a hurry are understood by the models that ship."""

import pytest

from benchmarks.automation import first_start, play
from benchmarks.labelled import Message


@pytest.fixture(scope="module")
def assistants():
    with first_start(0.98) as parts:
        yield parts.understanding.assistants


@pytest.mark.parametrize(
    ("typed", "goal"),
    [
        ("where is my parcle", "order_status"),
        ("track my pakage", "order_status"),
        ("canel my order pls", "cancel_order"),
        ("how do i retrun an item", "return_item"),
        ("opning hours", "faq/opening_hours"),
        ("do you deliver abraod", "faq/international_delivery"),
        ("donde esta mi peddio", "order_status"),
        ("horraio de tienda", "faq/opening_hours"),
        ("ou en est mon colit", "order_status"),
    ],
)
def test_a_slip_costs_no_tap(typed, goal, assistants):
    done = play(Message(typed, "", frozenset([goal])), assistants)
    assert done.verdict == "right"
