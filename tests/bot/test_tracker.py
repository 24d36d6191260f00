from hypothesis import given, settings
from hypothesis import strategies as st
from rasa_sdk.events import SlotSet

from bot.tracker import MOST_EVENTS, fold, tracker, tracker_state
from flows.stack import Frame, State
from tests.dialogue import SAYINGS, Conversation

PARSE = {"text": "48213", "intent": {"name": None, "confidence": 0.0}, "entities": []}
STATE = State(
    slots={"order_number": "48213"},
    stack=(Frame(flow="order_status", step="proof"),),
    asked="email_or_postcode",
)


def test_actions_see_slots_stack_and_what_was_asked():
    seen = tracker("555", STATE, PARSE, [])
    assert seen.sender_id == "555"
    assert seen.get_slot("order_number") == "48213"
    assert seen.get_slot("requested_slot") == "email_or_postcode"
    assert seen.stack[-1]["flow_id"] == "order_status"
    assert seen.latest_message["text"] == "48213"


def test_actions_see_the_latest_events_only():
    events = [SlotSet("a", n) for n in range(80)]
    seen = tracker_state("555", STATE, PARSE, events)
    assert [event["value"] for event in seen["events"]] == list(range(30, 80))
    assert len(seen["events"]) == MOST_EVENTS


def test_an_empty_log_is_the_beginning():
    assert fold([]) == State()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([*SAYINGS, "48213", "anna@example.com", "blah", "HR-7K2M9Q"]),
        max_size=12,
    )
)
def test_the_log_leads_to_the_state(texts):
    conversation = Conversation()
    for text in texts:
        conversation.say(text)
    assert fold(conversation.events) == conversation.state
