"""What was ordered and what was paid, asked in the words of five languages."""

import pytest

from bot import contents_asked
from intents.text import bare, normalise

ASKED = [
    "what did i order?",
    "48424里面都有啥呀？怕跟别家买重",
    "现在真想不起来在你家买了哪几张了",
    "我想看这单买的是哪些唱片",
    "订单明细",
    "What have I ordered",
    "which items are in 48213?",
    "what's in my order?",
    "what is in order 48213",
    "what items are in my last order",
    "how much did I pay for my order?",
    "how much did i pay",
    "how much was my order",
    "what was the total of my order?",
    "did I order the blue one?",
    "the invoice total?",
    "order total",
    "hi, can you tell me what i ordered please",
    "i forgot what i ordered",
    "whats in my order",
    "what did i buy",
    "how much did my order cost",
    "total for 48213?",
    "what's in my parcel?",
    "¿Qué pedí?",
    "¿qué he comprado?",
    "que hay en mi pedido 48213?",
    "¿Qué artículos lleva el pedido?",
    "¿cuánto pagué por mi pedido?",
    "cuanto pague",
    "¿cuánto fue mi compra?",
    "¿Cuál es el total de la factura?",
    "importe del pedido",
    "¿He pedido el azul?",
    "Qu'est-ce que j'ai commandé ?",
    "j'ai commandé quoi ?",
    "quels articles sont dans la commande 48213 ?",
    "Qu'y a-t-il dans ma commande ?",
    "combien j'ai payé ma commande ?",
    "combien ai-je payé",
    "montant de ma facture ?",
    "que contient ma commande",
    "est-ce que j'ai commandé le bleu ?",
    "ماذا طلبت؟",
    "شو طلبت انا",
    "ايش في طلبي؟",
    "ما هي المنتجات في الطلب 48213؟",
    "كم دفعت؟",
    "كم دفعت في طلبي",
    "دفعت كم",
    "إجمالي الفاتورة؟",
    "هل طلبت الأزرق؟",
    "محتويات الطلب",
    "我买了什么？",
    "我订了哪些东西",
    "订单48213里有什么？",
    "我的订单里都有哪些商品",
    "我付了多少钱？",
    "我一共花了多少钱",
    "发票总额是多少",
    "订单总金额",
    "我是不是买了蓝色的？",
]
#: What says nearly the same and wants something else.
NOT_ASKED = [
    "where is my order",
    "what did I order, it never arrived",
    "this isn't what i ordered",
    "how much did I pay for delivery",
    "how much is delivery",
    "how much is the blue jacket",
    "how much do I pay for returns",
    "why did I pay twice",
    "I ordered the blue one",
    "can i get an invoice",
    "what's in stock",
    "did i order in time for christmas",
    "what is in the gift box",
    "how much did i pay for the tickets",
    "how much did you refund",
    "how much money will i get back for 48213",
    "i was charged twice for order 48213",
    "how much is it",
    "quiero la factura",
    "pedí una chaqueta",
    "¿dónde está mi pedido?",
    "cuánto cuesta el envío",
    "cuánto cuesta",
    "je veux la facture",
    "où est ma commande",
    "combien coûte la livraison",
    "وين طلبي",
    "كم سعر التوصيل",
    "متى يوصل الطلب",
    "كم السعر",
    "我的订单在哪里",
    "多少钱",
    "我买了一件衣服",
    "我要发票",
    "运费多少钱",
    "48213",
    "what's in 2026 programme",
]


@pytest.mark.parametrize("text", ASKED)
def test_what_is_in_an_order_is_told_by_its_words(text):
    assert contents_asked.asks(bare(normalise(text)))


@pytest.mark.parametrize("text", NOT_ASKED)
def test_and_nothing_else_is(text):
    assert not contents_asked.asks(bare(normalise(text)))


@pytest.mark.parametrize(
    "text",
    [
        "hi, what did we pay for 48213 in total? it is for the books",
        "订单明细，谢谢",
        "btw I forgot what I even got",
        "how much did my order come to altogether",
        "oye, cuánto pagamos por el 48213, es para el seguro",
        "no recuerdo lo que compré en el 48213",
        "au fait on a payé combien pour la 48213, c'est pour ma mère",
        "je sais plus ce que j'ai commandé",
        "طيب كم دفعنا للطلب 48213، أحتاجه للضمان",
        "48213一共付了多少 记账用",
    ],
)
def test_what_stands_around_it_does_no_harm(text):
    assert contents_asked.is_asked(text)


@pytest.mark.parametrize(
    "text",
    [
        "what did I order, where is it",
        "I don't remember what I ordered, cancel it",
        "how much did I pay for delivery, I need it for the books",
        "cuánto pagué, quiero un reembolso",
    ],
)
def test_what_else_is_wanted_beside_it_counts(text):
    assert not contents_asked.is_asked(text)


def test_a_longer_message_tells_more_than_that():
    text = "hello, " + "I would like to know please " * 3 + "what did I order"
    assert not contents_asked.asks(bare(normalise(text)))
    assert not contents_asked.asks(bare(normalise("我" * 20 + "我买了什么")))
