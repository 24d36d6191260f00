"""A question that the shop has taught is answered, whatever rules make of its words."""

from dataclasses import replace

import pytest

from bot.product_names import ProductNames
from flows.products import ProductName
from intents.rejection import CERTAIN
from tests.dialogue import (
    RESPONSES,
    SAYINGS,
    Conversation,
    StubModel,
    assistant,
    said,
)

OWN = "faq/buys_used_cds"
ANSWERED = replace(
    RESPONSES,
    by_name={
        **RESPONSES.by_name,
        f"utter_{OWN}": RESPONSES.by_name["utter_faq/opening_hours"],
    },
)
#: In each language, what sounds like an offer that only people can take.
OFFERS = (
    "can I sell you my old CDs",
    "¿compran discos usados?",
    "vous achetez des disques d'occasion ?",
    "هل تشترون سيديهات مستعملة",
    "你们收二手唱片吗",
)
LP = ProductName(key="kiosk", name="Moonlit Kiosk LP")


def talk(text, means, taught=(OWN,), products=(), **before):
    """Return a conversation in which *text* is understood so."""
    made = assistant(model=StubModel({**SAYINGS, text: means}), answers=ANSWERED)
    names = ProductNames(tuple(products))
    made = replace(made, taught=frozenset(taught), products=names)
    return Conversation(made, **before)


def turn_of(text, means, **parts):
    return talk(text, means, **parts).say(text)


@pytest.mark.parametrize("text", OFFERS)
def test_what_is_word_for_word_of_a_question_is_answered(text):
    turn = turn_of(text, {OWN: CERTAIN}, taught=())
    assert said(turn) == [f"utter_{OWN}"]
    assert turn.trace["rule"] == "taught"
    assert turn.trace["why"] == f"{OWN} has just these words among its own"


@pytest.mark.parametrize("text", OFFERS)
def test_what_is_surely_asked_of_the_shops_own_question_is_answered(text):
    turn = turn_of(text, {OWN: 0.9})
    assert said(turn) == [f"utter_{OWN}"]
    assert (turn.trace["rule"], turn.trace["why"]) == ("taught", f"sure of {OWN}")


@pytest.mark.parametrize("text", OFFERS)
def test_a_question_that_ships_is_left_to_people_where_a_rule_says_so(text):
    turn = turn_of(text, {OWN: 0.9}, taught=())
    assert turn.handoff.reason == "no_answer"


@pytest.mark.parametrize("text", OFFERS)
def test_what_is_likely_the_shops_own_question_is_asked_back(text):
    turn = turn_of(text, {OWN: 0.6})
    assert turn.outcome == "offered"
    assert turn.trace["offer"][0]["intent"] == OWN


def test_what_nothing_is_likely_of_is_left_to_people():
    assert turn_of(OFFERS[0], {OWN: 0.2}).handoff.reason == "no_answer"


def test_a_question_without_an_answer_today_is_left_to_people():
    gone = "faq/gone"
    turn = turn_of(OFFERS[0], {gone: CERTAIN}, taught=(gone,))
    assert turn.handoff.reason == "no_answer"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("someone else's parcel came to me", "complaint"),
        ("my order is broken, I want to talk to a person", "asked"),
    ],
)
def test_trouble_and_who_asks_for_a_person_stay_with_people(text, reason):
    assert turn_of(text, {OWN: 0.6}).handoff.reason == reason


def test_who_asks_for_a_person_gets_one_whatever_is_taught():
    turn = turn_of("I want to talk to a person", {OWN: CERTAIN})
    assert turn.handoff.reason == "asked"


def test_it_is_answered_behind_what_was_told_of_an_order():
    text = "why was my order cancelled?"
    chat = talk(text, {OWN: CERTAIN})
    for one in ("where is my parcel?", "48213", "anna@example.com"):
        chat.say(one)
    assert said(chat.say(text))[0] == f"utter_{OWN}"


def test_it_is_answered_inside_a_question_which_comes_again():
    text = OFFERS[0]
    chat = talk(text, {OWN: CERTAIN})
    chat.say("where is my parcel?")
    turn = chat.say(text)
    assert said(turn)[0] == f"utter_{OWN}"
    assert chat.state.asked == "order_number"


@pytest.mark.parametrize(
    "text", ["what did I order", "how are you", "do you speak French?"]
)
def test_it_is_answered_where_a_rule_would_have_told_something_else(text):
    assert said(turn_of(text, {OWN: CERTAIN}))[0] == f"utter_{OWN}"


def test_the_price_of_what_has_no_name_is_no_items_where_their_question_is_likelier():
    text = "how much is it to get my old records cleaned?"
    turn = turn_of(text, {OWN: 0.2, "faq/delivery_cost": 0.1}, products=[LP])
    assert turn.trace["parse"]["intent"]["name"] == OWN


def test_a_word_of_a_name_is_no_items_where_more_is_said_and_likely_theirs():
    text = "how much is it to wash an lp"
    turn = turn_of(text, {OWN: 0.6}, products=[LP])
    assert turn.trace["offer"][0]["intent"] == OWN


@pytest.mark.parametrize(
    "text", ["how much is the lp", "how much is the Moonlit Kiosk LP for a friend"]
)
def test_the_price_of_what_is_named_and_sold_is_looked_up(text):
    turn = turn_of(text, {OWN: 0.6}, products=[LP])
    assert turn.trace["parse"]["intent"]["name"] == "product_price"


def test_what_is_surely_their_question_is_no_look_up_whatever_it_names():
    text = "how much is it to clean the Moonlit Kiosk LP"
    turn = turn_of(text, {OWN: 0.9}, products=[LP])
    assert said(turn) == [f"utter_{OWN}"]
