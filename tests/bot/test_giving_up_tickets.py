"""Who wants to give a ticket back is not asked for the number of an order."""

import pytest

from tests.dialogue import SAYINGS, Conversation, StubModel, assistant

DOUBTFUL = {"refund": 0.3, "refund_state": 0.1}


@pytest.mark.parametrize(
    "text",
    [
        "cancel ticket HR-7K2M9Q, I want a refund",
        "quiero que me devuelvan el dinero de la entrada HR-7K2M9Q",
        "je veux annuler mon billet HR-7K2M9Q et être remboursé",
        "أريد إلغاء تذكرتي HR-7K2M9Q واسترداد المبلغ",
        "我想取消我的票HR-7K2M9Q并退款",
    ],
)
def test_a_person_comes_with_the_ticket(text):
    talk = Conversation(assistant(model=StubModel({**SAYINGS, text: DOUBTFUL})))
    turn = talk.say(text)
    assert turn.handoff is not None
    assert "HR-7K2M9Q" in turn.handoff.summary


def test_an_order_beside_it_is_dealt_with_as_an_order():
    text = "refund order 48213, not ticket HR-7K2M9Q"
    talk = Conversation(assistant(model=StubModel({**SAYINGS, text: "refund"})))
    assert talk.say(text).handoff is None
