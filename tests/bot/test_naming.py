"""What a message means that names an event of the calendar."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import naming
from bot.event_names import EventNames
from flows.ports import PortError
from tests.dialogue import (
    SAYINGS,
    Conversation,
    FakeCalendar,
    StubModel,
    assistant,
    said,
    words,
)

MODEL = {
    **SAYINGS,
    "when is the concert": "event_when",
    "when is the concert?": "event_when",
    "is the concert on": {"event_cancelled": 0.3, "event_when": 0.15},
    "my concert is broken": {"return_item": 0.6, "event_when": 0.2},
    "i lost my ticket to the concert": {"ticket_resend": 0.5, "event_where": 0.3},
    "fair prices, when?": {"event_when": 0.04, "faq/opening_hours": 0.5},
    "is there a fair": {"event_when": 0.3, "faq/opening_hours": 0.1},
    "is there a the concert": {"event_when": 0.9},
    "where is my parcel": "order_status",
    "how much is vinyl fair": {"faq/delivery_cost": 0.95},
    "how much is the concert": {"event_when": 0.99},
    "when is early tour": {"event_when": 0.5},
    "the concert": {"event_when": 0.3, "event_where": 0.1},
    "when are the concert and vinyl fair": {"event_when": 0.9},
    "who sings at the concert": {"event_where": 0.01, "faq/opening_hours": 0.02},
    "will it rain at the fair": {"out_of_scope": 0.3, "event_when": 0.1},
    "will it rain at the the concert": {"out_of_scope": 0.6, "event_when": 0.35},
}


@pytest.fixture
def calendar():
    return FakeCalendar()


@pytest.fixture
def conversation(calendar):
    names = EventNames(tuple(calendar.announced()))
    made = assistant(model=StubModel(MODEL), calendar=calendar)
    return Conversation(replace(made, names=names))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("when is harbour sessions", "utter_event_when_scheduled"),
        ("when is the vinyl fair", "utter_event_when_moved"),
        ("when is Screen Printing?", "utter_event_cancelled"),
        ("is vinyl fair on", "utter_calendar_says_moved"),
        ("Harbour sessions", "utter_event_when_scheduled"),
        ("is there a fair", "utter_event_when_moved"),
    ],
)
def test_what_anybody_may_know_is_told_at_once(conversation, text, told):
    turn = conversation.say(text)
    assert said(turn)[0] == told
    assert "The Old Chapel" in words(turn)
    assert conversation.state.asked is None


@pytest.mark.parametrize(
    "text",
    [
        "my vinyl fair is broken",
        "I lost my ticket to vinyl fair",
        "fair prices, when?",
        "how much is vinyl fair",
    ],
)
def test_a_name_does_not_make_an_event_of_everything(conversation, text):
    turn = conversation.say(text)
    assert not any(name.startswith("utter_event") for name in said(turn) if name)


def test_each_of_two_that_are_named_is_told_of(conversation):
    turn = conversation.say("when are harbour sessions and vinyl fair")
    assert said(turn) == ["utter_event_when_scheduled", "utter_event_when_moved"]
    assert conversation.state.asked is None


def test_what_is_asked_of_a_named_event_is_offered_before_a_person_comes(conversation):
    turn = conversation.say("who sings at harbour sessions")
    offered = [choice["intent"] for choice in turn.trace["offer"]]
    assert turn.handoff is None
    assert "event_where" in offered


def test_what_is_for_nobody_is_not_asked_of_an_event(conversation):
    turn = conversation.say("will it rain at the fair")
    assert not any(name.startswith("utter_event") for name in said(turn) if name)


def test_no_name_switches_a_reminder_on(conversation):
    turn = conversation.say("when is harbour sessions")
    assert said(turn)[1:] == ["utter_offer_reminder"]
    assert not any(event["event"] == "ticket_linked" for event in turn.events)
    assert said(conversation.tap("Remind me")) == ["utter_ask_ticket"]


def test_no_reminder_is_offered_of_what_begins_soon_or_is_off(conversation):
    soon = conversation.say("when is early tour")
    off = conversation.say("when is screen printing")
    assert said(soon) == ["utter_event_when_scheduled"]
    assert said(off) == ["utter_event_cancelled"]


def test_without_a_name_the_ticket_is_asked_for(conversation):
    turn = conversation.say("when is the concert?")
    assert said(turn) == ["utter_ask_ticket"]


def test_the_latest_of_ticket_and_name_counts(conversation):
    conversation.say("when is harbour sessions")
    conversation.now += timedelta(minutes=1)
    conversation.say("HR-MOVED1")
    moved = conversation.say("anna@example.com")
    again = conversation.say("where is the venue?")
    named = conversation.say("when is harbour sessions")
    assert said(moved) == ["utter_event_when_moved", "utter_reminders_on"]
    assert said(again) == ["utter_event_where_moved"]
    assert said(named)[0] == "utter_event_when_scheduled"


def test_what_the_calendar_says_by_now_is_told(conversation, calendar):
    event = calendar.events["HR-7K2M9Q"]
    calendar.events["HR-7K2M9Q"] = replace(event, status="cancelled")
    turn = conversation.say("when is harbour sessions")
    assert said(turn) == ["utter_event_cancelled"]


def test_what_has_left_the_calendar_is_asked_for_by_ticket(conversation, calendar):
    del calendar.events["HR-7K2M9Q"]
    turn = conversation.say("when is harbour sessions")
    assert said(turn) == ["utter_ask_ticket"]


def test_a_calendar_that_is_down_fetches_a_person(conversation, calendar):
    calendar.down = True
    with pytest.raises(PortError):
        calendar.announced()
    turn = conversation.say("when is harbour sessions")
    assert turn.handoff.reason == "error"


def test_a_name_inside_another_question_is_no_answer(conversation):
    conversation.say("where is my parcel?")
    turn = conversation.say("vinyl fair")
    assert conversation.state.asked == "order_number"
    assert "utter_event_when_moved" not in said(turn)


def test_an_event_is_read_as_a_concert():
    heard = []

    def classify(text):
        heard.append(text)
        return StubModel().classify(text)

    names = EventNames(tuple(FakeCalendar().announced()))
    for language in ("ar", "en", "es", "fr", "zh"):
        naming.read("x the vinyl fair?", classify, names, language=language, answered=1)
    assert heard[1::2] == [
        "x الحفلة?",
        "x the concert?",
        "x el concierto?",
        "x le concert?",
        "x 演唱会?",
    ]
