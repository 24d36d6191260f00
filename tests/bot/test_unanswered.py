"""An entry of the FAQ tells how; the goal of its name does it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import content, saying
from flows.responses import Responses
from tests.dialogue import RESPONSES, Conversation, StubModel, assistant, said, words
from tests.floor import NOW

SAYINGS = {"change my address": "faq/change_address", "when are you open?": "faq/hours"}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    return content.load(tmp_path_factory.mktemp("shop"))


def talking(answers, **sayings):
    model = StubModel({**SAYINGS, **sayings})
    return Conversation(assistant(model=model, answers=answers))


def without_answers():
    by_name = {
        name: ways for name, ways in RESPONSES.by_name.items() if "/" not in name
    }
    return Responses(by_name, "en")


def answered(shipped, language="en"):
    """Return the responses of a shop that has published all that came with it."""
    entries = [replace(one, live=True) for one in shipped.faq]
    return saying.responses(shipped, entries, {}, NOW.date())[language]


def test_while_it_has_no_answer_its_phrasings_begin_the_goal():
    turn = talking(without_answers()).say("change my address")
    assert said(turn) == ["utter_ask_order_number"]
    assert turn.trace["parse"]["intent"]["name"] == "change_address"


def test_where_there_is_no_such_goal_a_person_is_fetched():
    turn = talking(without_answers()).say("when are you open?")
    assert turn.handoff.reason == "no_answer"


def test_an_unanswered_question_is_offered_by_the_title_of_its_goal():
    unsure = {"my parcel goes to the wrong place": {"faq/change_address": 0.45}}
    turn = talking(without_answers(), **unsure).say("my parcel goes to the wrong place")
    assert "1. Change the address" in words(turn)


def test_of_an_order_that_is_named_the_goal_is_begun_whatever_the_answer(shipped):
    says = {"wrong address on my order 48213": "faq/change_address"}
    turn = talking(answered(shipped), **says).say("wrong address on my order 48213")
    assert said(turn) == ["utter_ask_email_or_postcode"]
    assert turn.state.slots["order_number"] == "48213"


def test_what_looks_nothing_up_is_answered_beside_a_number_too(shipped):
    says = {"where is the invoice of 48213?": "faq/invoice_copy"}
    turn = talking(answered(shipped), **says).say("where is the invoice of 48213?")
    assert said(turn) == ["utter_faq/invoice_copy"]


def test_below_an_answer_its_goal_is_a_tap_away(shipped):
    conversation = talking(answered(shipped))
    turn = conversation.say("change my address")
    assert said(turn) == ["utter_faq/change_address"]
    assert said(conversation.tap("Change the address")) == ["utter_ask_order_number"]


def test_a_number_after_an_answer_begins_the_goal_of_its_name(shipped):
    conversation = talking(answered(shipped))
    conversation.say("change my address")
    turn = conversation.say("48214")
    assert turn.trace["flow"] == "change_address"
    assert said(turn) == ["utter_ask_email_or_postcode"]


def test_half_an_hour_after_an_answer_a_number_is_what_numbers_mostly_are(shipped):
    conversation = talking(answered(shipped))
    conversation.say("change my address")
    conversation.now += timedelta(minutes=31)
    assert conversation.say("48214").trace["flow"] == "order_status"


def test_its_title_may_be_typed_as_well(shipped):
    conversation = talking(answered(shipped))
    conversation.say("change my address")
    assert said(conversation.say("change the address")) == ["utter_ask_order_number"]


def test_the_tap_is_in_the_customers_language(shipped):
    spoken = answered(shipped, "fr").by_name["utter_faq/invoice_copy"][0]
    assert spoken.said["quick_replies"] == [
        {"title": "Copie de la facture", "payload": "/invoice_copy"}
    ]


def test_below_other_answers_there_is_none(shipped):
    spoken = answered(shipped).by_name["utter_faq/opening_hours"][0]
    assert "quick_replies" not in spoken.said
