"""However a dialogue ends, it ends in words, with a person, or well."""

from datetime import UTC, datetime
from functools import reduce

import pytest
from rasa_sdk.events import (
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    FollowupAction,
    ReminderScheduled,
    Restarted,
    SlotSet,
)

from flows.commands import (
    CancelFlow,
    CannotHandle,
    CorrectSlots,
    HumanHandoff,
    SetSlots,
    StartFlow,
)
from flows.ports import ActionError
from flows.stack import Frame, State, apply, changes
from tests.flows.world import GOAL, PLAIN, world


def test_a_person_ends_all_and_the_state_of_before_is_kept_for_them():
    w = world()
    w.do(StartFlow(flow="goal", slots={"number": "1"}))
    w.do(StartFlow(flow="other"))
    w.do(HumanHandoff(reason="asked"))
    assert w.outcome.handed_over.reason == "flow"  # a plain pause names no reason
    assert w.outcome.handed_over.state.slots["number"] == "1"
    assert w.state.stack == ()
    assert w.state.slots["number"] is None


def test_a_question_of_an_action_may_fetch_a_person_instead():
    w = world("- collect: size", action_ask_size=[ConversationPaused()])
    w.do(GOAL)
    assert w.outcome.handed_over
    assert w.state == State(slots=w.state.slots)


def test_the_judge_of_an_answer_may_fetch_a_person_instead():
    w = world("- collect: size", validate_size=[ConversationPaused()])
    w.do(GOAL)
    w.do(SetSlots(slots={"size": "huge"}))
    assert w.outcome.handed_over
    assert w.state.stack == ()


def test_the_judge_of_an_answer_says_what_is_wrong_itself():
    told = [BotUttered("Too big"), SlotSet("size", None)]
    w = world("- collect: size", validate_size=told)
    w.do(GOAL)
    assert w.do(SetSlots(slots={"size": "huge"})) == [
        "validate_size",
        "action_ask_size",
    ]


def test_without_a_pattern_a_person_comes_all_the_same():
    w = world()
    w.flows.by_id.pop("pattern_human_handoff")
    w.do(HumanHandoff(reason="asked"))
    assert w.outcome.handed_over.reason == "asked"


def test_cancelling_nothing_does_nothing():
    assert world().do(CancelFlow()) == []


def test_what_a_pattern_asks_is_cancelled_with_its_flow():
    asks = "  pattern_correction:\n    description: d\n    steps: [{collect: size}]\n"
    w = world(PLAIN, asks)
    w.do(StartFlow(flow="other"))
    w.do(StartFlow(flow="goal", slots={"number": "1"}))
    w.do(CorrectSlots(slots={"number": "2"}))
    assert w.state.asked == "size"
    w.do(CancelFlow())
    assert [frame.flow for frame in w.state.stack] == ["other"]


def test_a_stored_stack_that_lost_its_lower_half_ends():
    w = world()
    w.state = State(stack=(Frame(flow="gone", step="x", kind="interrupt"),))
    assert w.do(CannotHandle()) == ["utter_sorry"]
    assert w.state.stack == ()


ERRORS = [ActionError("action_look_up", "PortError: no answer")]


@pytest.mark.parametrize("error", ERRORS)
def test_an_action_that_fails_fetches_a_person(error):
    w = world("- action: action_look_up", action_look_up=error)
    assert w.do(GOAL) == ["action_look_up", "action_human_handoff"]
    assert w.outcome.handed_over
    assert w.state.stack == ()
    assert {"error": "action_look_up: PortError: no answer"} in w.outcome.steps


def test_a_person_comes_even_if_the_error_pattern_fails_too():
    broken = ActionError("utter_ask_number", "no such response")
    w = world(utter_ask_number=broken)
    w.flows.by_id.pop("pattern_internal_error")
    w.do(GOAL)
    assert w.outcome.handed_over.reason == "error"
    assert w.state == State(slots=w.state.slots)


def test_a_flow_that_never_waits_is_stopped():
    w = world("""
        - id: ask
          collect: number
        - action: utter_done
          next: ask
    """)
    w.do(StartFlow(flow="goal", slots={"number": "1"}))
    assert w.outcome.handed_over
    assert any("never waits" in step.get("error", "") for step in w.outcome.steps)
    assert w.state.stack == ()


def test_flows_that_link_in_a_circle_are_stopped():
    more = "  round:\n    description: d\n    steps: [{link: goal}]\n"
    w = world("- link: round", more)
    w.do(GOAL)
    assert w.outcome.handed_over


def test_a_flow_that_is_gone_ends_without_a_word():
    w = world()
    w.do(GOAL)
    w.flows.by_id.pop("goal")
    assert w.do(SetSlots(slots={"number": "1"})) == []
    assert w.state.stack == ()


def test_a_step_that_is_gone_ends_its_flow():
    w = world()
    w.do(StartFlow(flow="goal", slots={"number": "1"}))
    w.flows.by_id["goal"].steps.pop("second")
    assert w.do(SetSlots(slots={"email": "e"})) == []
    assert w.state.stack == ()


def test_a_flow_that_does_not_exist_is_not_started():
    w = world()
    assert w.do(StartFlow(flow="nowhere")) == []


def test_slots_that_nobody_declared_are_dropped():
    w = world("- action: action_look_up", action_look_up=[SlotSet("nope", 1)])
    w.do(GOAL)
    assert w.state.slots == {}
    assert {"dropped": "unknown slot nope"} in w.outcome.steps


def test_an_action_cannot_write_the_stack():
    forged = [{"event": "stack", "update": "[]"}, {"event": "waiting", "asked": "x"}]
    w = world("- action: action_look_up\n- collect: number", action_look_up=forged)
    w.do(GOAL)
    assert w.state.asked == "number"


@pytest.mark.parametrize("event", [Restarted(), AllSlotsReset()])
def test_an_action_may_begin_anew(event):
    steps = "- action: action_look_up\n- collect: number"
    w = world(steps, action_look_up=[event])
    w.do(StartFlow(flow="goal", slots={"number": "1"}))
    assert w.outcome.handed_over is None


def test_the_events_of_a_turn_lead_to_its_state():
    w = world()
    w.do(GOAL)
    before = State()
    log = [*w.outcome.events, *changes(before, w.state)]
    assert reduce(apply, log, before) == w.state


@pytest.mark.parametrize(("intent", "kept"), [("goal", True), ("gone", False)])
def test_a_reminder_is_kept_if_its_intent_begins_a_flow(intent, kept):
    told = ReminderScheduled(intent, datetime(2026, 11, 24, tzinfo=UTC))
    w = world("- action: action_look_up", action_look_up=[told])
    w.do(GOAL)
    assert (told in w.outcome.events) is kept
    dropped = [one["dropped"] for one in w.outcome.steps if "dropped" in one]
    assert dropped == ([] if kept else ["gone begins no flow"])


def test_what_follows_an_action_without_end_ends_with_a_person():
    again = {"action_look_up": [FollowupAction("action_look_up")]}
    w = world("- action: action_look_up", **again)
    w.do(GOAL)
    assert w.calls[-1] == "action_human_handoff"
