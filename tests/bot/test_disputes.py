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
        "nadie me lo entregó",
        "personne n'est passé",
        "mais je ne l'ai jamais reçue !!",
        "il n'est pas arrivé",
        "لكنني لم أستلمه أبداً",
        "ما وصلني شي",
        "可是我根本没收到！",
        "没有收到",
        "我沒簽收",
        "طيب وما وصلني شي",
        "موصلنيش حاجة",
        "لم يأت شيء",
        "ماجاش",
        "it's not. my husband checked all over the house",
        "it is not there, looked in the shed as well",
        "no it isn't!",
        "I checked with the neighbours, no sign of it",
        "pues no está",
        "pregunté a los vecinos y ni rastro",
        "ben il est pas là",
        "j'ai regardé partout et demandé aux voisins",
        "بس مو موجود",
        "دورت في كل مكان",
        "可是没有啊",
        "我到处都找了，也问过邻居",
        "well it's not",
        "no lo es",
        "pues no lo está",
        "pero no lo tengo",
        "no es así",
        "ben c'est pas le cas",
        "ce n'est pas le cas",
        "pas du tout",
        "mais non",
        "elle n'y est pas",
        "لا مو هنا",
        "بس مش كده",
        "不是啊",
        "可是不是这样的",
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
        "对不对",
        "no",
        "no gracias",
        "no es necesario",
        "no lo necesito, gracias",
        "non merci",
        "c'est pas grave",
        "لا شكرا",
        "不是，谢谢",
        "I have nothing left to ask",
        "never got a better service, thank you",
        "I have not received any e-mail about the concert",
        "no tengo más preguntas",
        "no tengo nada más que preguntar, gracias",
        "je n'ai pas reçu le programme du spectacle",
        "ما عندي اسئلة ثانية شكرا",
        "我没有别的问题了",
    ],
)
def test_it_has(text):
    assert not disputes.says_not_here(text)


@pytest.mark.parametrize(
    "text",
    [
        "it's not on my statement",
        "there is nothing in my account yet",
        "but I haven't seen the money",
        "en mi cuenta no hay nada",
        "no me ha llegado el dinero",
        "je ne vois rien sur mon compte",
        "j'ai pas reçu l'argent",
        "ما في شي في حسابي",
        "لم يصل المبلغ",
        "我账户里还没有",
        "还没到账呢",
    ],
)
def test_no_money_has_come(text):
    assert disputes.says_no_money(text)


@pytest.mark.parametrize(
    "text",
    ["ok, thanks", "it's not urgent", "can I pay by card?", "¿puedo pagar con tarjeta?"]
    + ["merci, c'est bon", "شكراً", "用什么卡付款", "好的，谢谢"]
    + ["ok, I have not checked my account", "my account is not verified"]
    + ["no he mirado la cuenta todavía", "je n'ai pas encore regardé mon compte"]
    + ["我还没看账户呢", "ما عندي اي سؤال عن الحساب"],
)
def test_no_word_of_money(text):
    assert not disputes.says_no_money(text)


@pytest.mark.parametrize(
    "text",
    [
        "why was it cancelled?",
        "¿por qué se canceló?",
        "pourquoi a-t-elle été annulée ?",
        "xq lo cancelaron",
        "cual es la razon de la cancelacion",
        "pk c'est annulé",
        "comment ça se fait qu'elle est annulée",
        "لماذا ألغي؟",
        "为什么被取消了？",
        "憑什麼取消",
        "وليش انلغى الطلب",
        "عشان إيه اتلغى",
        "لماذا ألغيتم طلبي",
    ],
)
def test_why_it_was_called_off(text):
    assert disputes.asks_why(text)
    assert disputes.of_calling_off(text)


@pytest.mark.parametrize(
    "text", ["ليش ما رجع مبلغي", "ليش ما يوصل الغرض", "ليش الغالي", "ليش ما بلغتوني"]
)
def test_other_words_only_have_the_letters_of_calling_off(text):
    assert disputes.asks_why(text)
    assert not disputes.of_calling_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "why was the concert cancelled?",
        "¿por qué cancelaron el taller?",
        "pourquoi l'évènement est annulé ?",
        "¿por qué se canceló el concierto?",
        "pourquoi le spectacle est annulé ?",
        "لماذا ألغيت الحفلة؟",
        "为什么演唱会取消了？",
    ],
)
def test_why_an_event_was(text):
    assert not disputes.asks_why(text)


@pytest.mark.parametrize(
    "text",
    ["vous avez raison", "tu as raison, merci", "tiene razón, lo cancelé yo"],
)
def test_who_agrees_asks_for_no_reason(text):
    assert not disputes.asks_why(text)
