"""Who shouts where the order is wants to know it: that comes before the complaint."""

import pytest

from bot.whereabouts import asks_for_it, asks_for_order, asks_how_far
from flows.ports import COMPLAINT
from tests.dialogue import SAYINGS, Conversation, StubModel, assistant, said

SHOUTED = "WHERE IS MY ORDER, what a shambles"


@pytest.mark.parametrize(
    "text",
    [
        SHOUTED,
        "where the hell is my parcel??",
        "wheres my order you clowns",
        "my order never arrived",
        "been waiting three weeks for my parcel",
        "¿Dónde demonios está mi pedido?",
        "mi paquete sigue sin llegar",
        "donde esta mi orden",
        "por donde viene mi encomienda",
        "no me ha llegado todavía mi pedido",
        "où est ma commande bordel",
        "mon colis n'est toujours pas arrivé",
        "elle est où ma commande ?",
        "ma commande est ou ?",
        "j'ai pas encore recu ma commande",
        "il est rendu où mon colis",
        "où sont passés mes disques ?",
        "وين طلبيتي يا نصابين",
        "الطلب لسه ما وصل",
        "我的包裹到底去哪了",
        "我的快遞到哪了",
        "ووين طلبي",
        "طلبي وينه يا جماعة",
        "طلبيتي فين",
        "فين الكوموند ديالي",
        "لم يصل طلبي بعد",
        "ما وصلني الطلب للحين",
    ],
)
def test_an_order_is_asked_for_in_so_many_words(text):
    assert asks_for_order(text)


@pytest.mark.parametrize(
    "text",
    [
        *("where is the shop", "your driver was rude", "¿dónde estáis?"),
        *("où êtes-vous", "收货地址在哪里改", "订单号在哪里看", "快递单号在哪"),
        *("退货到哪了", "طلب جديد وين أسويه", "إذا لم يصل الطلب هل أسترد المبلغ"),
        *("¿dónde hago la compra?", "je retire ma commande ou elle est livrée ?"),
    ],
)
def test_nothing_else_is(text):
    assert not asks_for_order(text)


@pytest.mark.parametrize(
    "text",
    [
        "when will it arrive?",
        "when should I expect it",
        "¿y cuándo llega?",
        "¿cuándo me llegará?",
        "il arrive quand ?",
        "c quand que ça arrive?",
        "quand est-ce qu'elle arrivera ?",
        "و متى بيوصل؟",
        "امتى هيوصل",
        "什么时候能到",
        "甚麼時候會到?",
        "几天能到",
    ],
)
def test_it_is_asked_when_that_comes_which_was_spoken_of(text):
    assert asks_for_it(text)


@pytest.mark.parametrize(
    "text",
    [
        "when does the concert arrive in town",
        "when is the concert?",
        "¿cuándo llega mi reembolso?",
        "quand arrive mon remboursement ?",
        "متى يوصل المبلغ",
        "退款什么时候能到账",
    ],
)
def test_it_is_not_asked_of_anything_else(text):
    assert not asks_for_it(text)


def shouting():
    parts = {"where is my order": "order_status", "what a shambles": "complaint"}
    whole = {SHOUTED: {"complaint": 0.97, "order_status": 0.01}}
    known = {**SAYINGS, **parts, **whole}
    talk = Conversation(assistant(model=StubModel(known)))
    talk.say(SHOUTED)
    return talk


def test_it_is_told_first_and_a_complaint_is_a_tap_away():
    talk = shouting()
    assert talk.state.asked == "order_number"
    talk.say("50001")
    told = talk.say("anna@example.com")
    assert said(told)[0].startswith("utter_order_")
    assert said(told)[-1] == "utter_order_sorry"
    assert told.handoff is None
    assert talk.tap("Make a complaint").handoff.reason == COMPLAINT


def test_who_was_told_once_is_not_told_sorry_again():
    talk = shouting()
    talk.say("50001")
    talk.say("anna@example.com")
    again = talk.say("where is my parcel?")
    assert "utter_order_sorry" not in said(again)


def test_who_complains_of_something_else_gets_a_person_at_once():
    talk = Conversation(assistant(model=StubModel(SAYINGS)))
    assert talk.say("I want to make a complaint").handoff.reason == COMPLAINT


@pytest.mark.parametrize(
    "text",
    [
        "where is it?",
        "just tell me where it is",
        "where's it now",
        "solo dime dónde está",
        "¿y dónde está?",
        "dites-moi juste où elle est",
        "où est-il ?",
        "il est où ?",
        "elle en est ou",
        "قل لي فقط أين هو",
        "وينه؟",
        "告诉我它在哪里",
        "到哪了？",
    ],
)
def test_where_that_is_which_was_spoken_of(text):
    assert asks_for_it(text)


@pytest.mark.parametrize(
    "text",
    [
        "where is the venue?",
        "where do I find the invoice?",
        "¿dónde está la tienda?",
        "où est la salle ?",
        "أين القاعة",
        "演出场地在哪里",
        "it is fine",
    ],
)
def test_where_something_else_is(text):
    assert not asks_for_it(text)


@pytest.mark.parametrize(
    "text",
    [
        "please advise on the status of order no. 45911, placed on the 13th",
        "any update on my order?",
        "did my order ship yet",
        "has my parcel been sent",
        "¿cuál es el estado de mi pedido?",
        "ya salió mi pedido?",
        "l'état de ma commande svp",
        "ma commande est-elle expédiée ?",
        "حالة طلبي",
        "订单状态",
        "我的包裹发货了吗",
    ],
)
def test_how_far_an_order_is_asked(text):
    assert asks_how_far(text)


@pytest.mark.parametrize(
    "text",
    [
        "cancel my order",
        "I want to return my order",
        "what is the state of the record",
        "cancelar mi pedido",
        "annuler ma commande",
        "إلغاء طلبي",
        "取消订单",
        "when do you ship",
    ],
)
def test_something_else_of_an_order_is(text):
    assert not asks_how_far(text)
