"""Customers count what they want, in words or by numbers before each."""

import pytest

from bot import counted
from tests.dialogue import SAYINGS, Conversation, StubModel, assistant, said


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("two things 1) my order 2) your hours", ["my order", "your hours"]),
        ("1. a b 2. c d", ["a b", "c d"]),
        ("1 where is 48213 2 when do you open 3 parking", None),
        ("① 订单 ② 地址", ["订单", "地址"]),
        ("I have 2 records and 3 shirts", []),
        ("order 1. thanks", []),
        ("it was 1.50 or 2.50", []),
    ],
)
def test_what_is_numbered_is_told_apart(text, things):
    found = [text[slice(*span)].strip() for span in counted.spans(text)]
    wanted = ["where is 48213", "when do you open", "parking"]
    assert found == (wanted if things is None else things)


@pytest.mark.parametrize(
    "text",
    [
        "three quick ones",
        "before I buy, three queries",
        "hi, couple of q's",
        "tres cosas de golpe: una, otra",
        "trois petites questions",
        "عندي ثلاثة أسئلة",
        "一口气问三个哈",
    ],
)
def test_how_many_things_are_wanted_is_heard(text):
    assert counted.counts(text)
    assert not counted.counts("where are my three records")


KNOWN = {
    **SAYINGS,
    "where is 48213": {"order_status": 0.6, "refund_state": 0.1},
    "when do you open": {"faq/opening_hours": 0.5, "event_when": 0.2},
    "do you dance": {"faq/opening_hours": 0.2, "event_when": 0.15},
}


@pytest.mark.parametrize("text", ["1) {} 2) {}", "two questions: {}? {}?"])
def test_what_is_counted_is_answered_where_each_stands_out(text):
    talk = Conversation(assistant(model=StubModel(KNOWN)))
    turn = talk.say(text.format("where is 48213", "when do you open"))
    assert said(turn) == ["utter_faq/opening_hours", "utter_ask_email_or_postcode"]


def test_what_is_counted_is_one_message_where_one_thing_is_not_clear():
    talk = Conversation(assistant(model=StubModel(KNOWN)))
    turn = talk.say("1) where is 48213 2) do you dance")
    assert "parts" not in turn.trace
