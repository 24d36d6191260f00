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
        ("don't cancel my order, change the address", "change the address"),
        ("please do not cancel it but change the address", "but change the address"),
        ("no cancelen mi pedido, cambien la dirección", "cambien la dirección"),
        ("n'annulez pas ma commande, changez l'adresse", "changez l'adresse"),
        ("لا تلغوا طلبي بس غيروا العنوان", "بس غيروا العنوان"),
        ("别取消我的订单，改一下地址", "改一下地址"),
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
        "why don't you cancel it, i have waited for weeks",
        "if you don't cancel it i will complain",
        "¿por qué no cancelan mi pedido?",
        "vous annulez pas ma commande ou quoi",
        "ليش لا تلغوا طلبي",
        "我想把别的订单取消",
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


@pytest.mark.parametrize(
    "text",
    [
        "please don't cancel my order",
        "I don't want to cancel my order",
        "no quiero cancelar mi pedido",
        "n'annulez pas ma commande",
        "لا أريد إلغاء الطلب",
        "麻烦你们千万别取消我的订单",
        "I did not cancel my order!",
        "nobody asked you to cancel my order",
        "no he cancelado mi pedido",
        "je n'ai pas annulé ma commande",
        "لم ألغِ طلبي",
        "你好，我没有取消这个订单啊",
    ],
)
def test_who_says_only_what_not_to_do_begins_nothing_and_gets_a_person(text):
    talk = Conversation(assistant(model=StubModel({**SAYINGS, text: "cancel_order"})))
    turn = talk.say(text)
    assert turn.handoff is not None
    assert not talk.state.stack


def test_who_asks_to_leave_one_thing_undone_begins_the_other_alone():
    said = "don't cancel my order, just change the address"
    known = {
        **SAYINGS,
        said: "cancel_order",
        "don't cancel my order": "cancel_order",
        "just change the address": "change_address",
    }
    talk = Conversation(assistant(model=StubModel(known)))
    talk.say(said)
    assert [frame.flow for frame in talk.state.stack] == ["change_address"]
