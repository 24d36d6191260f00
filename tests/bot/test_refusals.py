"""An action that says it may not run now: what was done counts, the flow listens."""

import logging

import pytest
from rasa_sdk import Action
from rasa_sdk.events import ConversationPaused, FollowupAction, SlotSet
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.action_server import ActionServer
from flows.actions import all_actions
from flows.executor import in_process
from flows.ports import RefusedError
from tests.bot.test_action_server import answering
from tests.dialogue import Conversation, FakeCalendar, FakeOrders, said
from tests.own_shop import own_shop

SHOP = """
intents: [engraving, sale]
slots:
  words: {type: text, mappings: [{type: from_text}]}
  noted: {type: bool, mappings: [{type: custom}]}
actions: [action_note, action_engrave, action_sell, validate_words]
responses:
  utter_ask_words: [{text: Which words?}]
  utter_noted: [{text: Noted.}]
  utter_engraved: [{text: Engraved.}]
flows:
  engraving:
    description: Words on a lid.
    steps:
    - collect: words
    - action: action_note
    - action: action_engrave
    - action: utter_engraved
  sale:
    description: What is cheaper now.
    steps:
    - action: action_sell
"""


class Note(Action):
    def name(self):
        return "action_note"

    async def run(self, dispatcher, tracker, domain):
        if tracker.get_slot("words") == "by a person":
            return [ConversationPaused(), FollowupAction("action_sell")]
        dispatcher.utter_message(response="utter_noted")
        return [SlotSet("noted", True)]


class Engrave(Action):
    def name(self):
        return "action_engrave"

    async def run(self, dispatcher, tracker, domain):
        if tracker.get_slot("words") == "later":
            raise ActionExecutionRejection(self.name(), "anna@example.com")
        return []


class Sell(Action):
    def name(self):
        return "action_sell"

    async def run(self, dispatcher, tracker, domain):
        raise ActionExecutionRejection(self.name())


class Validate(Action):
    def name(self):
        return "validate_words"

    async def run(self, dispatcher, tracker, domain):
        if tracker.get_slot("words") == "rude":
            raise ActionExecutionRejection(self.name())
        return []


ACTIONS = [Note(), Engrave(), Sell(), Validate()]
OURS = all_actions(FakeOrders(), FakeCalendar())
TRACKER = {"sender_id": "7", "slots": {"words": "later"}, "events": [], "stack": []}


@pytest.fixture
def talk():
    shop = own_shop(SHOP, runs=lambda raw: in_process([*OURS, *ACTIONS], raw))
    found = Conversation(assistant=shop)
    found.knows(**{"engrave it": "engraving", "what is cheaper?": "sale"})
    return found


def test_what_a_refused_action_followed_from_is_no_answer(talk):
    talk.say("engrave it")
    turn = talk.say("later")
    assert said(turn) == ["utter_noted", "utter_cannot_handle", "utter_ask_words"]
    assert turn.handoff is None
    assert talk.state.asked == "words"
    assert talk.state.slots.get("words") is talk.state.slots.get("noted") is None
    assert said(talk.say("for Anna")) == ["utter_noted", "utter_engraved"]
    assert talk.state.stack == ()


def test_an_answer_that_the_forms_action_refuses_is_asked_again(talk):
    talk.say("engrave it")
    assert said(talk.say("rude")) == ["utter_cannot_handle", "utter_ask_words"]


def test_who_is_refused_again_is_offered_a_person(talk):
    talk.say("engrave it")
    talk.say("later")
    assert said(talk.say("later"))[:2] == ["utter_noted", "utter_offer_person"]


def test_a_goal_whose_action_is_refused_is_not_under_way(talk):
    turn = talk.say("what is cheaper?")
    assert said(turn) == ["utter_cannot_handle"]
    assert turn.handoff is None
    assert [frame.flow for frame in talk.state.stack] == []
    assert said(talk.say("hello")) == ["utter_greet"]


def test_a_question_that_was_open_comes_again_behind_it(talk):
    talk.say("where is my parcel?")
    turn = talk.say("what is cheaper?")
    assert said(turn) == ["utter_cannot_handle", "utter_ask_order_number"]
    assert [frame.flow for frame in talk.state.stack] == ["order_status"]


def test_who_was_fetched_before_comes_all_the_same(talk):
    talk.say("engrave it")
    assert talk.say("by a person").handoff.reason == "flow"
    assert talk.state.stack == ()


def test_the_log_of_the_conversation_says_that_the_goal_was_left(talk):
    events = [one for one in talk.say("what is cheaper?").events if "flow_id" in one]
    assert [(one["event"], one["flow_id"]) for one in events[:2]] == [
        ("flow_started", "sale"),
        ("flow_cancelled", "sale"),
    ]


def test_a_refusal_is_no_failure_in_the_log_and_tells_nobodys_words(caplog):
    caplog.set_level(logging.INFO, "flows")
    with pytest.raises(RefusedError) as error:
        in_process(ACTIONS, {})("action_engrave", TRACKER)
    assert error.value.action == "action_engrave"
    assert [one.levelno for one in caplog.records] == [logging.INFO]
    assert "anna" not in f"{error.value} {caplog.text}"


def test_a_server_that_refuses_an_action_is_understood_likewise():
    body = b'{"error": "anna@example.com"}'
    with answering(400, body) as url, pytest.raises(RefusedError) as error:
        ActionServer(url, {}).run("action_engrave", TRACKER)
    assert "anna" not in str(error.value)
