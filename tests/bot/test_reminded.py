"""Reminders that are not wanted: in so many words, and of which event."""

import pytest

from bot.unwanted import of_all, refuses_reminders
from tests.dialogue import Conversation, said

REFUSED = [
    "no reminders",
    "no reminders please",
    "actualy dont bother il remember, no reminders",
    "don't remind me",
    "you needn't remind me",
    "I don't need a reminder",
    "cancel the reminder",
    "switch off the reminder",
    "sin recordatorios",
    "no quiero recordatorios",
    "no me lo recuerden",
    "quiten el recordatorio",
    "pas de rappel",
    "pas besoin de rappel",
    "ne me le rappelez pas",
    "annulez le rappel",
    "بدون تذكير",
    "لا أريد تذكيرات",
    "لا تذكروني",
    "ما بدي تذكير",
    "不要提醒",
    "算了别提醒我了",
    "不用提醒我",
    "提醒就不用了",
]


@pytest.mark.parametrize("text", REFUSED)
def test_they_are_not_wanted(text):
    assert refuses_reminders(text)
    assert not of_all(text)


@pytest.mark.parametrize(
    "text",
    [
        "why did I get no reminder?",
        "I got no reminder",
        "don't forget to remind me",
        "please remind me",
        "will you remind me?",
        "no messages and no reminders",
        "no recuerdo mi número",
        "no recibí ningún recordatorio",
        "rappelez-moi",
        "je n'ai pas reçu de rappel",
        "ذكروني قبل الحفلة",
        "ليش ما وصلني تذكير",
        "提醒我一下",
        "为什么没收到提醒",
    ],
)
def test_they_may_be_wanted(text):
    assert not refuses_reminders(text)


@pytest.mark.parametrize(
    "text",
    [
        "no more reminders",
        "stop all reminders",
        "I don't want any reminders",
        "no quiero más recordatorios",
        "plus de rappels",
        "لا أريد أي تذكير",
        "所有提醒都不要",
    ],
)
def test_those_of_all_events_are_told_apart(text):
    assert of_all(text)


def _told():
    talk = Conversation()
    talk.say("when is the concert?")
    talk.say("HR-7K2M9Q anna@example.com")
    return talk


def _ended(turn):
    return [e["ticket"] for e in turn.events if e["event"] == "reminders_off"]


def test_they_end_of_the_event_that_was_told():
    talk = _told()
    turn = talk.say("actualy dont bother il remember, no reminders")
    assert _ended(turn) == ["HR-7K2M9Q"]
    assert said(turn) == ["utter_reminders_off"]


def test_they_end_of_all_for_whom_says_so():
    assert _ended(_told().say("stop all reminders")) == [None]


def test_they_end_of_all_where_no_event_is_spoken_of():
    assert _ended(Conversation().say("no reminders please")) == [None]


def test_a_ticket_in_the_same_words_is_meant():
    assert _ended(_told().say("no reminders for HR-MOVED1")) == ["HR-MOVED1"]
