"""Who is told the same again wanted something else: a person is a tap away."""

from datetime import timedelta

from tests.dialogue import SAYINGS, Conversation, StubModel, assistant, said

OPEN = "when are you open?"
KNOWN = {**SAYINGS, "and at night?": "faq/opening_hours"}


def talk(*texts, pause=timedelta(minutes=1)):
    talk = Conversation(assistant(model=StubModel(KNOWN)))
    for text in texts:
        talk.say(text)
        talk.now += pause
    return talk


def test_the_same_answer_again_offers_a_person():
    last = talk(OPEN, "and at night?")
    assert said(last.turns[-1]) == ["utter_faq/opening_hours", "utter_told_again"]
    assert [turn.trace.get("told_again") for turn in last.turns] == [None, True]
    assert last.tap("Talk to a person").handoff.reason == "asked"


def test_another_answer_does_not():
    last = talk("how long does delivery take?", OPEN)
    assert said(last.turns[-1]) == ["utter_faq/opening_hours"]


def test_what_was_told_long_ago_may_be_wanted_once_more():
    last = talk(OPEN, OPEN, pause=timedelta(minutes=31))
    assert said(last.turns[-1]) == ["utter_faq/opening_hours"]


def test_a_question_that_comes_again_is_none():
    last = talk("where is my parcel?", "never mind", "where is my parcel?")
    assert "utter_told_again" not in said(last.turns[-1])
