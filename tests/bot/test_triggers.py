"""A flow that begins only where its intent is sure enough: `confidence_threshold`."""

import pytest

from tests.dialogue import Conversation, said
from tests.own_shop import own_shop

SHOP = """
intents: [gift_wrap]
responses:
  utter_wrapped: [{text: We wrap it.}]
flows:
  gift_wrap:
    name: Have it wrapped
    description: A gift is wrapped.
    nlu_trigger:
    - intent: {name: gift_wrap, confidence_threshold: 0.9}
    steps:
    - action: utter_wrapped
"""


@pytest.fixture
def talk():
    found = Conversation(assistant=own_shop(SHOP))
    found.knows(
        **{
            "could you wrap it": {"gift_wrap": 0.89},
            "wrap it as a gift": {"gift_wrap": 0.9},
        }
    )
    return found


def begun(turn):
    return [e["flow_id"] for e in turn.events if e["event"] == "flow_started"]


def test_at_its_threshold_a_flow_begins(talk):
    turn = talk.say("wrap it as a gift")
    assert "gift_wrap" in begun(turn)
    assert "utter_wrapped" in said(turn)


def test_below_its_threshold_it_is_asked_about_though_any_other_would_begin(talk):
    turn = talk.say("could you wrap it")
    assert "gift_wrap" not in begun(turn)
    assert said(turn) == ["utter_did_you_mean"]
    talk.knows(**{"could you wrap it": {"order_status": 0.89}})
    assert "order_status" in begun(talk.say("could you wrap it"))


def test_who_chooses_it_is_sure(talk):
    talk.say("could you wrap it")
    assert "utter_wrapped" in said(talk.tap("Have it wrapped"))


def test_inside_a_question_it_begins_at_its_threshold_and_not_below(talk):
    talk.say("where is my parcel?")
    assert "gift_wrap" not in begun(talk.say("could you wrap it"))
    assert talk.state.asked == "order_number"
    turn = talk.say("wrap it as a gift")
    assert "gift_wrap" in begun(turn)
    assert talk.state.asked == "order_number"
