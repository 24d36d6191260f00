"""Who says only what it is about is asked what they want of it."""

import pytest

from bot.openings import OF_ORDER, OF_TICKET, about, hails


@pytest.mark.parametrize(
    "text",
    [
        "I have a problem with my order",
        "i've got an issue with my order #48213",
        "Hi, quick question about my order?",
        "there is a problem with the delivery",
        "question about order 48213",
        "I need help with my order",
        "tengo un problema con mi pedido",
        "una duda sobre mi pedido",
        "Hola, tengo una consulta sobre el pedido 48213",
        "j'ai un problème avec ma commande",
        "Bonjour, une petite question sur ma commande",
        "un souci avec mon colis !",
        "عندي مشكلة في طلبي",
        "استفسار عن طلب",
        "لدي سؤال بخصوص الطلب 48213",
        "我的订单有问题",
        "咨询订单",
        "想问一下我的包裹",
        "訂單有問題",
        "order",
        "Pedido",
        "commande ?",
        "طلب",
        "订单",
    ],
)
def test_of_an_order_nothing_is_said_yet(text):
    assert about(text) == OF_ORDER


@pytest.mark.parametrize(
    "text",
    [
        "I have a question about my ticket",
        "problem with my booking",
        "tengo una pregunta sobre mis entradas",
        "j'ai un souci avec mes billets",
        "عندي سؤال عن تذكرتي",
        "我的票有问题",
    ],
)
def test_of_a_ticket_nothing_is_said_yet(text):
    assert about(text) == OF_TICKET


@pytest.mark.parametrize(
    "text",
    [
        "I have a problem with my order, it arrived broken",
        "I have a question about my order: when does it come?",
        "there's no problem with my order",
        "my order",
        "where is my order",
        "problem with my payment",
        "I have no problem with the delivery cost",
        "tengo un problema con mi pedido, no llega",
        "j'ai un problème avec ma commande, elle est en retard",
        "عندي مشكلة في الدفع",
        "我的订单有问题，少了一件",
        "",
    ],
)
def test_who_says_more_or_less_is_understood_by_that(text):
    assert about(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "hello, anybody there?",
        "¿hay alguien ahí?",
        "allo ? y a quelqu'un ?",
        "الو في حد هنا؟؟",
        "في أحد؟",
        "在不",
        "有人在嗎",
    ],
)
def test_it_is_asked_whether_anybody_is_there(text):
    assert hails(text)


@pytest.mark.parametrize(
    "text",
    [
        "is anybody there who can cancel my order",
        "y a quelqu'un au magasin le dimanche ?",
        "في احد يقدر يلغي طلبي",
        "有人在處理嗎",
    ],
)
def test_more_than_that_is_no_hail(text):
    assert not hails(text)
