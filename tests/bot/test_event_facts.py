"""When and where was that again? Of the event that is spoken of, in plain words."""

import pytest

from bot.event_facts import WHEN, WHERE, goal
from tests.dialogue import SAYINGS, Conversation, StubModel, assistant, said


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("sorry, when was it again?", WHEN),
        ("ok so where is it and what time does it start", WHEN),
        ("and where's that?", WHERE),
        ("perdón, ¿qué día era?", WHEN),
        ("¿y a qué hora empieza?", WHEN),
        ("¿dónde es?", WHERE),
        ("c'était quel jour déjà ?", WHEN),
        ("et à quelle heure ça commence ?", WHEN),
        ("et c'est où ?", WHERE),
        ("طيب متى بتبدأ ووين", WHEN),
        ("وين بتصير؟", WHERE),
        ("那几点开始？", WHEN),
        ("是在哪里来着", WHERE),
    ],
)
def test_it_is_asked_again(text, asked):
    assert goal(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "where can I park?",
        "when do I get my money back?",
        "ok then",
        "what about Leeds?",
    ]
    + [
        "where is my parcel?",
        "¿dónde puedo aparcar?",
        "où se garer ?",
        "وين اوقف سيارتي",
    ]
    + ["哪里可以停车", "好的", "c'est bon"],
)
def test_something_else_is_asked(text):
    assert goal(text) is None


def talk(*texts, known=None):
    last = Conversation(assistant(model=StubModel({**SAYINGS, **(known or {})})))
    for text in texts:
        turn = last.say(text)
    return turn


def test_it_is_told_of_the_event_that_was_told_of():
    told = talk(
        "when is the concert?", "HR-7K2M9Q anna@example.com", "and where is it?"
    )
    assert "utter_event_where_scheduled" in said(told)


def test_outside_of_events_it_means_what_it_meant():
    assert "utter_event" not in str(said(talk("when does it start?")))
