"""What is refused is not what is wanted."""

import pytest

from bot import refused
from tests.dialogue import SAYINGS, Conversation, StubModel, assistant


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("I don't want a refund, I want a new record", "I want a new record"),
        ("not asking for my money back. send another one", "send another one"),
        ("no quiero un reembolso, quiero otro disco", "quiero otro disco"),
        ("Je ne veux pas de remboursement, je veux mon disque", "je veux mon disque"),
        ("ما أبي استرداد، أبي اسطوانة جديدة", "أبي اسطوانة جديدة"),
        ("我不要退款，我要换一张新的", "我要换一张新的"),
    ],
)
def test_what_stands_beside_a_refusal_is_wanted(text, wanted):
    assert refused.without_refused(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "I don't want a refund",
        "I want a refund, not a voucher",
        "I don't want it anymore",
        "no llega mi pedido",
        "je ne trouve pas ma commande",
        "لا أجد طلبي",
        "我的订单不见了",
    ],
)
def test_nothing_else_is_taken_away(text):
    assert refused.without_refused(text) == text


def test_who_refuses_a_refund_does_not_begin_one():
    said = "I don't want a refund for 48213, where is my parcel?"
    known = {**SAYINGS, said: "refund", "where is my parcel": "order_status"}
    talk = Conversation(assistant(model=StubModel(known)))
    talk.say(said)
    assert [frame.flow for frame in talk.state.stack] == ["order_status"]
    assert talk.state.slots["order_number"] == "48213"
