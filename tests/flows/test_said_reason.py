"""The reason that is given unasked, as it is said in five languages."""

import pytest

from flows.actions.said_reason import reason, remedy
from tests.dialogue import Conversation, said

GIVEN = [
    ("I want to return this, it arrived broken", "damaged"),
    ("the player stopped working, refund please", "damaged"),
    ("send it back, it's the wrong item", "wrong_item"),
    ("this isn’t what I ordered, money back", "wrong_item"),
    ("the shirt is too small, I'd like to return it", "wrong_size"),
    ("it doesn't fit", "wrong_size"),
    ("I changed my mind and want to send it back", "changed_mind"),
    ("the box was there but the cable is missing", "missing_part"),
    ("the box is dented and a screw is missing", "missing_part"),
    ("the lamp came without the charger", "missing_part"),
    ("quiero devolverlo, llegó roto", "damaged"),
    ("llegó el pedido pero falta el cable", "missing_part"),
    ("il manque le câble", "missing_part"),
    ("وصل الطلب بس ناقص الكيبل", "missing_part"),
    ("收到了但是少了一根线", "missing_part"),
    ("盒子裡少了說明書", "missing_part"),
    ("quiero devolver esto, no es lo que pedí", "wrong_item"),
    ("me queda muy pequeño, quiero devolverlo", "wrong_size"),
    ("quiero devolverlo, cambié de opinión", "changed_mind"),
    ("je veux le renvoyer, il est cassé", "damaged"),
    ("ce n'est pas ce que j'ai commandé", "wrong_item"),
    ("c'est trop grand, je veux le renvoyer", "wrong_size"),
    ("j'ai changé d'avis, je veux un remboursement", "changed_mind"),
    ("أريد إرجاعه لأنه مكسور", "damaged"),
    ("وصلني منتج خاطئ وأريد إرجاعه", "wrong_item"),
    ("أريد إرجاعه، المقاس غير مناسب", "wrong_size"),
    ("أريد استرداد أموالي، غيرت رأيي", "changed_mind"),
    ("我要退货，东西坏了", "damaged"),
    ("你们发错货了，我要退", "wrong_item"),
    ("尺码不对，我要退货", "wrong_size"),
    ("我不想要了，要退款", "changed_mind"),
]


@pytest.mark.parametrize(("text", "meant"), GIVEN)
def test_a_reason_is_read_as_it_is_said(text, meant):
    assert reason(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "I want to return this",
        "it is not broken, I want to send it back",
        "my parcel went missing",
        "quiero devolver un disco que compré",
        "je veux renvoyer un article",
        "أريد استرداد أموالي",
        "it took too long, I want my money back",
        "the return link does not work, it is broken",
        "c'est trop long, je veux un remboursement",
        "我要退货",
        "没坏，我要退货",
    ],
)
def test_no_reason_is_read_where_none_is_given(text):
    assert reason(text) is None


def test_a_reason_that_came_with_the_number_counts_too():
    talk = Conversation()
    talk.say("i want to send this back")
    talk.say("48213, it is the wrong item")
    turn = talk.say("yes")
    assert "utter_noted_return_item" in said(turn)
    assert "Reason given: wrong_item" in turn.handoff.summary


def test_a_reason_is_forgotten_with_the_wish_it_was_given_for():
    talk = Conversation()
    talk.knows(**{"too small, i want to send this back": "return_item"})
    talk.say("too small, i want to send this back")
    talk.say("48213")
    assert talk.state.slots["reason_given"] == "wrong_size"
    talk.say("no")
    assert talk.state.slots.get("reason_given") is None


@pytest.mark.parametrize(
    "text",
    [
        "I'd rather exchange it than send it back",
        "can i swap it for a medium?",
        "quiero cambiarlo por otro",
        "je voudrais un échange",
        "أريد استبدال القميص",
        "بدي أبدل المقاس",
        "我想换货",
        "可以調換嗎",
    ],
)
def test_an_exchange_is_read_as_it_is_said(text):
    assert remedy(text) == "exchange"


@pytest.mark.parametrize(
    "text",
    [
        "i want to send this back",
        "I don't want an exchange, I want my money",
        "money back rather than an exchange",
        "quiero devolverlo, cambié de opinión",
        "no quiero cambiarlo, quiero mi dinero",
        "pas d'échange, un remboursement",
        "لا أريد استبدال، أريد فلوسي",
        "我不换，要退货",
    ],
)
def test_no_exchange_is_read_where_none_is_wanted(text):
    assert remedy(text) is None


def test_who_wants_an_exchange_is_told_of_an_exchange_and_so_is_the_person():
    talk = Conversation()
    talk.knows(**{"i'd rather exchange it than send it back": "return_item"})
    talk.say("i'd rather exchange it than send it back")
    asks = talk.say("48213")
    assert "exchange something from order 48213" in asks.replies[-1].text
    turn = talk.say("yes")
    assert "exchange something from order 48213" in turn.replies[0].text
    assert "Remedy: exchange" in turn.handoff.summary


def test_who_got_something_else_is_not_told_that_they_want_to_send_it_back():
    talk = Conversation()
    talk.say("i want to send this back")
    asks = talk.say("48213, it is the wrong item")
    assert "something else than you ordered" in asks.replies[-1].text


def test_an_exchange_said_of_a_refund_is_forgotten_with_it():
    talk = Conversation()
    talk.knows(**{"money back, or can i swap it": "refund"})
    talk.say("money back, or can i swap it")
    talk.say("48213")
    turn = talk.say("yes")
    assert "Remedy: exchange" in turn.handoff.summary
    assert talk.state.slots.get("remedy") is None
