"""Who asks whether a program answers is told so, wherever the dialogue stands."""

import pytest

from bot import itself
from tests.dialogue import SAYINGS, Conversation, StubModel, assistant, said

ASKED = (
    "are you a bot?",
    "r u a robot",
    "are you a real person",
    "am I talking to a machine?",
    "¿eres un robot?",
    "¿hablo con una persona?",
    "sos un bot?",
    "usted es una persona real?",
    "eres real?",
    "vous êtes un robot ?",
    "êtes-vous une vraie personne ?",
    "je parle a un robot ?",
    "êtes-vous humaine ?",
    "T un robot ?",
    "t'es un bot",
    "هل أنت روبوت؟",
    "你是机器人吗？",
    "你是真人吗",
    "您是机器人还是真人？",
    "你是機器人嗎",
    "我在跟机器人说话吗",
    "هل أتحدث مع إنسان؟",
    "ده بوت؟",
)


@pytest.mark.parametrize("text", ASKED)
def test_it_is_asked_who_answers(text):
    assert itself.asked(text)


@pytest.mark.parametrize(
    "text",
    [
        *("hello", "hola", "bonjour", "مرحبا", "你好", "are you open?", "who are you"),
        *("هذا الهاتف لا يعمل", "هذا شخصياً يهمني", "هذا برنامج الحفل؟"),
    ],
)
def test_a_greeting_asks_nothing(text):
    assert not itself.asked(text)


@pytest.mark.parametrize("text", ASKED)
def test_inside_a_question_it_is_answered_and_the_question_comes_again(text):
    talk = Conversation(assistant(model=StubModel({**SAYINGS, text: "greet"})))
    talk.say("where is my parcel?")
    assert said(talk.say(text)) == ["utter_itself", "utter_ask_order_number"]
