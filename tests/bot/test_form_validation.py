"""rasa-sdk's FormValidationAction and its events, here and on a server of Rasa's."""

from pathlib import Path

import pytest

from bot.action_server import ActionServer
from flows.executor import in_process
from tests.bot.booking import AskPerson, Book, SayGoodbye, ValidateBooking
from tests.bot.rasa_server import running
from tests.dialogue import Conversation, words
from tests.own_shop import own_shop

SHOP = """
intents: [booking, survey]
slots:
  guests: {type: text, mappings: [{type: from_text}]}
  room: {type: text, mappings: [{type: from_text}]}
  code: {type: text, mappings: [{type: custom}]}
  mark: {type: text, mappings: [{type: from_text}]}
actions: [validate_booking, action_book, action_say_goodbye, action_ask_person]
responses:
  utter_ask_guests: [{text: How many?}]
  utter_ask_room: [{text: Which room?}]
  utter_ask_code: [{text: Which code?}]
  utter_ask_mark: [{text: How was it?}]
flows:
  booking:
    description: A table.
    steps:
    - collect: guests
    - collect: room
    - collect: code
    - action: action_book
  survey:
    description: How was it?
    nlu_trigger: []
    steps:
    - collect: mark
      next:
      - if: slots.mark is 'bad'
        then:
        - action: action_ask_person
          next: END
      - else: END
"""
ACTIONS = [ValidateBooking(), Book(), SayGoodbye(), AskPerson()]


@pytest.fixture(scope="module")
def server():
    """The URL of a server of rasa-sdk's own that runs the same actions."""
    with running(Path(__file__).parent, "booking") as url:
        yield url


@pytest.fixture(params=["here", pytest.param("there", marks=pytest.mark.slow)])
def talk(request):
    def runs(raw):
        if request.param == "here":
            return in_process(ACTIONS, raw)
        return ActionServer(request.getfixturevalue("server"), raw).run

    found = Conversation(assistant=own_shop(SHOP, runs=runs))
    found.knows(**{"a table please": "booking"})
    found.say("a table please")
    return found


def test_a_value_that_the_form_refuses_is_told_why_and_asked_again(talk):
    assert words(talk.turns[-1]) == "How many?"
    assert words(talk.say("many")) == "many is no number.\nHow many?"
    assert talk.state.slots["guests"] is None
    assert words(talk.say("04")) == "Which room?"
    assert talk.state.slots["guests"] == "4"


def test_a_slot_that_is_not_required_is_not_asked(talk):
    assert words(talk.say("1")) == "Which code?"


def test_a_value_is_extracted_by_the_form_and_validated(talk):
    talk.say("2")
    assert words(talk.say("the hall")) == "Which code?"
    said = words(talk.say("my code x7"))
    assert said == "Booked for 2.\nSee you!\nHow was it?"


def test_what_the_form_does_not_find_is_asked_again(talk):
    talk.say("1")
    assert words(talk.say("hm")).endswith("Which code?")
    assert talk.state.misses == 1


def test_what_follows_an_action_may_be_a_flow_and_may_fetch_a_person(talk):
    talk.say("1")
    talk.say("code x7")
    assert talk.state.asked == "mark"
    turn = talk.say("bad")
    assert turn.handoff is not None
    assert turn.handoff.reason == "flow"
    assert talk.state.stack == ()
