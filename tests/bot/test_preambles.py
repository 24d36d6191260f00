"""What stands around a question says nothing of what it means."""

import time

import pytest

from bot import preambles
from tests.dialogue import SAYINGS, Conversation, StubModel, assistant, said

AROUND = [
    ("Oh and before I forget, do you sell gift cards", "do you sell gift cards"),
    ("hang on, one more thing: is it late?", "is it late?"),
    ("btw what's your address mate?", "what's your address?"),
    ("so, guys, where is it just wondering", "where is it"),
    ("uy, otra cosita, ¿dónde están ustedes?", "dónde están ustedes?"),
    ("Por cierto tienen tarjetas de regalo", "tienen tarjetas de regalo"),
    ("che y por curiosidad cuánto sale, porfa?", "cuánto sale?"),
    (
        "ah au fait, vous faites des cartes cadeaux svp ?",
        "vous faites des cartes cadeaux?",
    ),
    ("Sinon dites-moi c'est où chez vous", "c'est où chez vous"),
    ("pendant que j'y suis : quand ça ouvre", "quand ça ouvre"),
    ("بالمناسبة، وين محلكم لو سمحت؟", "وين محلكم؟"),
    ("طيب وكمان سؤال تاني كم السعر", "كم السعر"),
    ("أيضاً متى تفتحون", "متى تفتحون"),
    ("对了 再问一下 你们店在哪", "你们店在哪"),
    ("話說你們有禮品卡嗎", "你們有禮品卡嗎"),
    ("哦对，另外礼品卡怎么买 谢谢", "礼品卡怎么买"),
]


@pytest.mark.parametrize(("text", "asked"), AROUND)
def test_what_is_asked_stands_alone(text, asked):
    assert preambles.without(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "wait",
        "btw",
        "ok. 48213",
        "first class post, how much?",
        "So disappointed with this",
        "love the record",
        "plus de nouvelles de ma commande",
        "encore en retard",
        "este pedido no llega",
        "bon de réduction refusé",
        "طيبة جدا الخدمة",
        "那个订单到哪了",
        "还有货吗",
        "行李箱有吗",
    ],
)
def test_what_belongs_to_a_message_stays(text):
    assert preambles.without(text) == text


def test_a_question_with_words_around_it_is_answered_in_another():
    known = {**SAYINGS, "are you open at easter": "faq/opening_hours"}
    talk = Conversation(assistant(model=StubModel(known)))
    talk.say("where is my parcel?")
    turn = talk.say("oh wait, before that, are you open at easter")
    assert said(turn)[0] == "utter_faq/opening_hours"
    assert talk.state.asked == "order_number"


def test_values_stay_where_they_stand():
    known = {**SAYINGS, "where is 48213": "order_status"}
    talk = Conversation(assistant(model=StubModel(known)))
    turn = talk.say("quick question, where is 48213")
    found = turn.trace["parse"]["entities"][0]
    assert turn.trace["parse"]["text"][found["start"] : found["end"]] == "48213"


def test_who_says_just_what_was_taught_means_that():
    known = {**SAYINGS, "by the way, goodbye now": {"goodbye": 1.0}}
    talk = Conversation(assistant(model=StubModel(known)))
    assert said(talk.say("by the way, goodbye now")) == ["utter_goodbye"]


@pytest.mark.parametrize(
    "piece", [" ", ",", "btw ", " x", "哦", "哦 ", "谢谢", "oh, ", "؟ ", "¿", "a ,"]
)
@pytest.mark.parametrize("signs", [preambles.LONGEST, 20_000])
def test_whatever_is_written_is_looked_at_in_no_time(piece, signs):
    text = (piece * signs)[:signs]
    began = time.process_time()
    preambles.without(text)
    assert time.process_time() - began < 0.02
