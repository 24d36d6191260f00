"""Another order or event than the one that waits: neither is told what the other is."""

import pytest

from bot.another import is_named
from tests.dialogue import Conversation, said


@pytest.mark.parametrize(
    "text",
    [
        "I want to cancel another order",
        "and where is my other order",
        "a different order",
        "my second order never came",
        "quiero cancelar otro pedido",
        "je veux annuler une autre commande",
        "اريد الغاء طلب ثاني",
        "وين الطلب الآخر",
        "我想取消另一个订单",
        "别的订单呢",
    ],
)
def test_another_one_is_named(text):
    assert is_named(text)


@pytest.mark.parametrize(
    "text",
    [
        "another question, where is it?",
        "the other thing is I want to cancel it",
        "the second parcel of my order",
        "otra pregunta, ¿dónde está?",
        "autre question",
        "سؤال ثاني",
        "另一个问题",
        "cancel my order",
        "I don't want another one, just my money",
        "the other parcel of it",
        "l'autre colis arrive quand ?",
        "devuelvan el otro",
        "ابعتلي التذكرة مرة تانية",
        "第二个包裹几号到",
        "另外，演出几点开始",
    ],
)
def test_the_same_one_is_meant(text):
    assert not is_named(text)


def _talk():
    talk = Conversation()
    cancels = ("i want to cancel another order", "i want to cancel it")
    talk.knows(**dict.fromkeys(cancels, "cancel_order"))
    return talk


def test_the_number_of_what_waits_is_not_taken_for_another_order():
    talk = _talk()
    talk.say("where is my parcel?")
    talk.say("48213")
    turn = talk.say("i want to cancel another order")
    assert said(turn)[-1] == "utter_ask_order_number"
    talk.say("50001")
    assert talk.state.slots["order_number"] == "50001"
    talk.say("no")
    assert talk.state.slots["order_number"] == "48213"
    assert talk.state.asked == "email_or_postcode"


def test_nor_is_that_of_another_order_taken_for_what_waits():
    talk = _talk()
    talk.say("where is my parcel?")
    talk.say("i want to cancel another order")
    talk.say("50001")
    turn = talk.say("no")
    assert said(turn)[-1] == "utter_ask_order_number"
    assert talk.state.slots.get("order_number") is None


def test_the_same_order_need_not_be_told_twice():
    talk = _talk()
    talk.say("where is my parcel?")
    talk.say("i want to cancel it")
    talk.say("50001")
    talk.say("no")
    assert talk.state.slots["order_number"] == "50001"


def test_of_two_wishes_about_two_orders_each_keeps_its_own():
    talk = Conversation()
    wishes = {"cancel order 50001": "cancel_order", "where is 48213": "order_status"}
    whole = "where is 48213 and cancel order 50001"
    talk.knows(**wishes, **{whole: {"order_status": 0.6, "cancel_order": 0.3}})
    turn = talk.say(whole)
    assert "utter_corrected" not in said(turn)
    assert talk.state.slots["order_number"] == "48213"
    assert talk.state.asked == "email_or_postcode"
    talk.say("SW1A 1AA")
    assert talk.state.slots["order_number"] == "50001"
    assert talk.state.asked == "person_wanted"


def test_of_two_numbers_in_one_wish_none_is_taken_for_what_waits():
    talk = Conversation()
    text = "48213 and a refund for 50001"
    talk.knows(**{text: "refund"})
    talk.say("where is my parcel?")
    talk.say(text)
    turn = talk.say("no")
    assert said(turn)[-1] == "utter_ask_order_number"
