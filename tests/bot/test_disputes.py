"""Who does not take what they were told of an order for the end of it gets a person."""

import pytest

from bot import disputes


@pytest.mark.parametrize(
    "text",
    [
        "but i never received it!!",
        "I haven't got it",
        "it never arrived",
        "it isn't here",
        "that's not true",
        "¡pero nunca me llegó!",
        "no lo he recibido",
        "mais je ne l'ai jamais reçue !!",
        "il n'est pas arrivé",
        "لكنني لم أستلمه أبداً",
        "ما وصلني شي",
        "可是我根本没收到！",
        "没有收到",
    ],
)
def test_nothing_has_come(text):
    assert disputes.says_not_here(text)


@pytest.mark.parametrize(
    "text",
    [
        "thanks, got it",
        "how do I return it?",
        "gracias, ya llegó",
        "merci, bien reçu",
        "شكرا وصلني الطلب",
        "收到了，谢谢",
    ],
)
def test_it_has(text):
    assert not disputes.says_not_here(text)


@pytest.mark.parametrize(
    "text",
    [
        "why was it cancelled?",
        "¿por qué se canceló?",
        "pourquoi a-t-elle été annulée ?",
        "لماذا ألغي؟",
        "为什么被取消了？",
    ],
)
def test_why_it_was_called_off(text):
    assert disputes.asks_why(text)
    assert disputes.of_calling_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "why was the concert cancelled?",
        "¿por qué se canceló el concierto?",
        "pourquoi le spectacle est annulé ?",
        "لماذا ألغيت الحفلة؟",
        "为什么演唱会取消了？",
    ],
)
def test_why_an_event_was(text):
    assert not disputes.asks_why(text)
