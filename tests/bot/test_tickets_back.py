"""Who wants a ticket paid back is told from who wants it of an order."""

import pytest

from bot.tickets_back import read, says_ticket


@pytest.mark.parametrize(
    "text",
    [
        "can i get a refund for my ticket",
        "i cant make it to the concert on the 12th, can i get my money back",
        "cancel my booking please",
        "refund for the gig that was called off",
        "no puedo ir al concierto, me devolvéis el dinero?",
        "quiero devolver mi entrada",
        "quiero cancelar mis boletos",
        "je veux me faire rembourser mes billets",
        "je ne peux plus venir au concert, remboursement possible ?",
        "ارجاع التذكرة",
        "أريد إلغاء الحجز",
        "退票",
        "演唱会去不了了，可以退款吗",
    ],
)
def test_a_ticket_is_given_back(text):
    assert says_ticket(text)


@pytest.mark.parametrize(
    "text",
    [
        "i want my money back",
        "refund for my order",
        "I want to return the concert poster",
        "return the t-shirt from the gig",
        "can you show me how to return it",
        "refund the booking fee",
        "quiero devolver el disco del concierto",
        "cancelar mi pedido",
        "annuler ma commande",
        "je veux rendre l'affiche du concert",
        "إلغاء الطلب",
        "退款",
        "我要发票，也要退款",
        "退唱片",
    ],
)
def test_something_else_is(text):
    assert not says_ticket(text)


def parse(text, intent, chance, *entities):
    meant = {"name": intent, "confidence": chance}
    found = [{"entity": one, "value": "x"} for one in entities]
    return {"text": text, "intent": meant, "intent_ranking": [meant], "entities": found}


@pytest.mark.parametrize(
    "other",
    [
        parse("a refund for my ticket", "refund", 0.2),
        parse("my ticket did not come", "ticket_resend", 0.9),
        parse("refund my ticket HR-7K2M9Q", "refund", 0.9, "ticket"),
        parse("refund 48213, and my ticket", "refund", 0.9, "order_number"),
    ],
)
def test_what_is_hardly_meant_or_has_a_number_is_read_as_it_was(other):
    assert read(other) is other


def test_the_name_of_an_event_does():
    found = parse("refund Tide Tables", "refund", 0.9, "calendar_event")
    assert read(found)["intent"]["name"] == "ticket_refund"
