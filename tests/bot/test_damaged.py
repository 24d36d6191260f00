"""Is it said that something came broken? As it is said in five languages."""

import pytest

from bot import damaged
from tests.dialogue import Conversation, said

BROKEN = [
    "my order arrived broken",
    "the record came cracked",
    "I received it and it is smashed",
    "mi pedido llegó roto",
    "me llegó el pedido roto",
    "el disco ha llegado dañado",
    "ma commande est arrivée cassée",
    "j'ai reçu mon disque abîmé",
    "وصلني الطلب مكسور",
    "الطلب وصلني مكسور",
    "جاني الطلب مكسور",
    "استلمت الطلب وهو تالف",
    "الطلبية وصلت مكسورة",
    "我的订单到了，但是坏了",
    "收到的订单是坏的",
    "收到的唱片碎了",
    "my record is scratched",
    "mi disco está rayado",
    "le vinyle est arrivé rayé",
    "mon colis est cassé",
    "الأسطوانة مكسورة",
    "東西壞了",
    "唱片有划痕",
    "hello, both bowls turned up chipped",
    "the clock was dented when I opened the box",
    "one of the glasses is cracked",
    "buenas, oye, los cuencos vinieron desportillados",
    "una de las copas está rajada",
    "el jarrón llegó hecho trizas",
    "bonjour, au fait les bols sont arrivés en miettes",
    "un des verres est fêlé",
    "مرحبا، فتحت الكرتون ولقيت الصحن مشقوق",
    "唱片送來是彎的",
    "真的很扯欸,唱片送來是彎的,你們出貨都不檢查的喔?",
    "واحدة من الكاسات مشعورة",
    "打开箱子灯都凹进去了",
    "你好 花瓶到手全是碎片",
]


@pytest.mark.parametrize("text", BROKEN)
def test_what_came_broken_is_sent_back(text):
    talk = Conversation()
    talk.knows(**{text: {"order_status": 0.88, "return_item": 0.02}})
    turn = talk.say(text)
    assert turn.trace["parse"]["intent"]["name"] == "return_item"
    assert said(turn) == ["utter_sorry_for_goods", "utter_ask_order_number"]


@pytest.mark.parametrize(
    "text",
    [
        "where is my order",
        "my order has not arrived, is it broken?",
        "what if it arrives broken",
        "the link you sent came broken",
        "ما وصلني الطلب، هل هو مكسور",
        "我的订单到了吗",
        "si llega roto",
        "my ticket came torn",
        "I received my card and it is damaged",
        "I feel ripped off, it arrived late",
        "mi tarjeta llegó rota",
        "收到的票裂了",
    ],
)
def test_what_may_be_broken_is_not(text):
    assert not damaged.says_so(text)


def test_a_greeting_before_it_is_no_other_wish():
    text = "good evening, both vases came smashed"
    talk = Conversation()
    talk.knows(**{text: {"greet": 0.4, "return_item": 0.1}})
    assert "utter_ask_order_number" in said(talk.say(text))


def test_who_likely_wants_money_back_is_asked_about_that():
    text = "my order arrived broken I want a refund"
    talk = Conversation()
    talk.knows(**{text: {"refund": 0.9, "return_item": 0.05}})
    assert talk.say(text).trace["parse"]["intent"]["name"] == "refund"


MONEY_BACK = [
    ("my order arrived broken, I want my money back", "I want my money back"),
    ("mi pedido llegó roto, quiero mi dinero", "quiero mi dinero"),
    ("ma commande est arrivée cassée, remboursez-moi", "remboursez-moi"),
    ("الطلب وصلني مكسور، ابغى فلوسي", "ابغى فلوسي"),
    ("订单收到就坏了，我要退款", "我要退款"),
]


@pytest.mark.parametrize(("text", "wish"), MONEY_BACK)
def test_who_wants_money_back_for_what_came_broken_begins_one_goal(text, wish):
    talk = Conversation()
    talk.knows(**{wish: "refund"})
    talk.say(text)
    assert [frame.flow for frame in talk.state.stack] == ["refund"]
    talk.say("48213")
    turn = talk.say("yes")
    assert "Wants: Refund" in turn.handoff.summary
    assert "Also asked: Return an item" in turn.handoff.summary


def test_who_sends_back_and_wants_money_for_it_begins_what_they_said_first():
    talk = Conversation()
    talk.say("i want to send this back. i want my money back")
    assert [frame.flow for frame in talk.state.stack] == ["return_item"]
    assert [wish.intent for wish in talk.state.wishes] == ["refund"]
