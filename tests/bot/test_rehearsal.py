"""What a turn took its message for, as checks and tries tell it."""

import pytest

from bot.rehearsal import Meant, meant
from tests.dialogue import Conversation, StubModel, assistant

GOALS = ("order_status", "return_item", "cancel_order")


def heard(text, means=None):
    model = StubModel({text: means} if means else {})
    return meant(Conversation(assistant(model)).say(text))


@pytest.mark.parametrize(
    ("text", "means", "offered"),
    [
        (
            "about my thing",
            {"order_status": 0.5, "refund": 0.4},
            ("order_status", "refund"),
        ),
        ("a problem with my order", None, GOALS),
        ("so what of 48213 then?", {"refund": 0.3}, ("refund", "order_status")),
    ],
    ids=["likely", "its topic alone", "a number, and more than one goal"],
)
def test_whoever_is_asked_back_is_told_as_that_whatever_asked(text, means, offered):
    assert heard(text, means) == Meant(outcome="offer", offered=offered)
