"""A flow that calls another goes on when that has ended, and keeps what it found."""

import pytest

from flows.commands import CancelFlow, CorrectSlots, SetSlots, StartFlow
from flows.files import DataError
from flows.stack import State, callers
from tests.flows.world import GOAL, world

PROVE = """
  prove:
    description: d
    steps:
    - collect: email
    - action: action_look_up
"""
CALLS = """
    - collect: number
    - id: proof
      call: prove
      next:
      - if: slots.email is 'e'
        then: [{action: utter_done, next: END}]
      - else: [{action: utter_bad, next: END}]
"""


def test_the_caller_goes_on_with_what_was_found():
    w = world(CALLS, PROVE)
    assert w.do(GOAL) == ["utter_ask_number"]
    assert w.do(SetSlots(slots={"number": "1"})) == ["utter_ask_email"]
    assert [frame.kind for frame in w.state.stack] == ["regular", "call"]
    assert w.do(SetSlots(slots={"email": "e"})) == ["action_look_up", "utter_done"]
    assert w.state.stack == ()
    assert w.state.slots == {"number": None, "email": None}


def test_it_goes_on_after_a_night_in_the_database():
    w = world(CALLS, PROVE)
    w.do(StartFlow(flow="goal", slots={"number": "1"}))
    w.state = State.from_json(w.state.to_json())
    assert w.do(SetSlots(slots={"email": "x"})) == ["action_look_up", "utter_bad"]


def test_whoever_cancels_inside_cancels_all_of_it():
    w = world(CALLS, PROVE)
    w.do(StartFlow(flow="goal", slots={"number": "1"}))
    assert w.do(CancelFlow()) == ["utter_cancelled"]
    assert w.state.stack == ()
    assert w.state.slots["number"] is None


def test_an_answer_of_the_caller_is_put_right_from_inside():
    w = world(CALLS, PROVE)
    w.do(StartFlow(flow="goal", slots={"number": "1"}))
    said = w.do(CorrectSlots(slots={"number": "2"}))
    assert said == ["utter_corrected", "utter_ask_email"]
    assert w.state.slots["number"] == "2"
    assert [frame.flow for frame in w.state.stack] == ["goal", "prove"]
    w.do(SetSlots(slots={"email": "e"}))
    assert w.state.stack == ()


def test_another_goal_inside_a_call_comes_back_to_it():
    w = world(CALLS, PROVE)
    w.do(StartFlow(flow="goal", slots={"number": "1"}))
    w.do(StartFlow(flow="other"))
    assert [frame.kind for frame in w.state.stack] == ["regular", "call", "interrupt"]
    said = w.do(SetSlots(slots={"email": "o"}))
    assert said == ["utter_done", "utter_back", "action_look_up", "utter_bad"]


def test_a_flow_that_is_gone_is_passed_over():
    w = world(CALLS, PROVE)
    w.do(StartFlow(flow="goal", slots={"number": "1"}))
    w.flows = world(CALLS.replace("prove", "other")).flows
    assert w.do(SetSlots(slots={"email": "e"})) == ["utter_done"]
    assert w.state.stack == ()


def test_only_calls_lead_to_callers():
    w = world(CALLS, PROVE)
    w.do(StartFlow(flow="goal", slots={"number": "1"}))
    assert [frame.flow for frame in callers(w.state.stack)] == ["goal"]
    w.do(StartFlow(flow="other"))
    assert callers(w.state.stack) == []


@pytest.mark.parametrize(
    ("steps", "more", "cure"),
    [
        ("- call: prov", PROVE, "unknown flow 'prov'; did you mean 'prove'?"),
        ("- call: goal", "", "flow goal calls itself on this way"),
        (
            "- call: a",
            "\n  a: {description: d, steps: [{call: goal}]}",
            "flow goal calls itself on this way",
        ),
        (
            "- call: a",
            "\n  a: {description: d, steps: [{link: other}]}",
            "flow a has a 'link', and so can't be called",
        ),
        (
            "- call: a",
            "\n  a: {description: d, steps: [{call: b}]}"
            "\n  b: {description: d, steps: [{link: other}]}",
            "flow b has a 'link', and so can't be called",
        ),
        (
            "- id: round\n  call: a\n  next: round",
            "\n  a: {description: d, steps: [{action: utter_done}]}",
            "is in a loop without a question",
        ),
        ("- call: a\n  mcp_server: x", "", "'mcp_server' calls a tool"),
    ],
)
def test_a_call_that_cannot_work_is_refused(steps, more, cure):
    with pytest.raises(DataError) as refused:
        world(steps, more)
    assert cure in str(refused.value)


def test_a_pattern_may_not_call():
    pattern = "\n  pattern_completed: {description: d, steps: [{call: other}]}"
    with pytest.raises(DataError, match="a pattern may not call a flow"):
        world(more=pattern)
