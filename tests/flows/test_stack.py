import json

import pytest
from rasa_sdk.events import AllSlotsReset, Restarted, SlotSet

from flows.stack import Choice, Frame, Offer, State, apply, changes

FULL = State(
    slots={"number": "1", "flag": False, "list": ["a"]},
    stack=(
        Frame(flow="goal", step="ask", asked=True, scope={"number": None}),
        Frame(flow="other", step="x", kind="interrupt", origins=("goal",)),
        Frame(flow="pattern_x", step="END", kind="pattern", context={"reason": "r"}),
    ),
    asked="number",
    misses=2,
    unreadable=1,
    offer=Offer(
        choices=(Choice(title="A", payload="c:1:1", intent="a"),),
        numbered=True,
        entities=({"entity": "number", "value": "1"},),
    ),
)


def test_a_state_survives_storing():
    stored = json.loads(json.dumps(FULL.to_json()))
    assert State.from_json(stored) == FULL


def test_what_another_version_stored_is_let_be():
    stored = {
        **FULL.to_json(),
        "mood": "sunny",
        "stack": [{"flow_id": "goal", "later": 1}, "nonsense", {"step_id": "x"}],
        "offer": {"choices": [{"title": "A", "colour": "red"}], "more": 1},
    }
    state = State.from_json(stored)
    assert [frame.flow for frame in state.stack] == ["goal"]
    assert state.offer.choices[0].title == "A"


@pytest.mark.parametrize("stored", [{}, {"slots": None, "stack": None, "offer": None}])
def test_nothing_stored_is_the_beginning(stored):
    assert State.from_json(stored) == State()


def test_events_lead_from_one_state_to_another():
    state = apply(State(), SlotSet("number", "1"))
    for event in changes(state, FULL):
        state = apply(state, json.loads(json.dumps(event)))
    assert state.stack == FULL.stack
    assert state.offer == FULL.offer
    assert (state.asked, state.misses, state.unreadable) == ("number", 2, 1)


def test_no_change_is_no_event():
    assert list(changes(FULL, FULL)) == []


def test_slots_and_all_may_be_forgotten():
    assert apply(FULL, AllSlotsReset()).slots == {}
    assert apply(FULL, Restarted()) == State()


def test_other_events_change_nothing():
    assert apply(FULL, {"event": "user", "text": "hello"}) == FULL
    assert apply(FULL, {}) == FULL
