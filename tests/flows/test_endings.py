"""What stays when a flow has ended, and what follows it."""

import pytest

from flows.commands import CancelFlow, SetSlots, StartFlow
from flows.files import DataError
from tests.flows.world import GOAL, PLAIN, world

COMPLETED = """
  pattern_completed:
    description: d
    steps: [{action: utter_back}]
"""


def _with(keys, steps="[{collect: number}, {collect: email}]"):
    return f"\n  kept:\n    description: d\n{keys}\n    steps: {steps}\n"


def test_persisted_slots_keep_what_they_hold():
    w = world(more=_with("    persisted_slots: [email]"))
    w.do(StartFlow(flow="kept", slots={"number": "1", "email": "e"}))
    assert w.state.stack == ()
    assert w.state.slots == {"number": None, "email": "e"}


@pytest.mark.parametrize(
    ("keys", "steps", "cure"),
    [
        ("persisted_slots: email", "[{collect: email}]", "needs a list of names"),
        ("persisted_slots: [mail]", "[{collect: email}]", "unknown slot 'mail'"),
        (
            "persisted_slots: [email]",
            "[{collect: email, reset_after_flow_ends: true}]",
            "keep one of the two",
        ),
        ("run_pattern_completed: 5", "[{collect: email}]", "is true or false"),
    ],
)
def test_what_contradicts_itself_is_refused(keys, steps, cure):
    with pytest.raises(DataError, match=cure):
        world(more=_with(f"    {keys}", steps))


def test_a_goal_that_has_ended_is_followed_by_the_pattern():
    w = world(more=COMPLETED)
    w.do(GOAL)
    w.do(SetSlots(slots={"number": "1"}))
    assert w.do(SetSlots(slots={"email": "e"})) == ["utter_done", "utter_back"]
    assert w.state.stack == ()


def test_one_that_was_interrupted_comes_first():
    w = world(more=COMPLETED)
    w.do(GOAL)
    w.do(StartFlow(flow="other"))
    said = w.do(SetSlots(slots={"email": "e"}))
    assert said == ["utter_done", "utter_back", "utter_ask_number"]


def test_none_follows_what_was_cancelled():
    w = world(more=COMPLETED)
    w.do(GOAL)
    assert w.do(CancelFlow()) == ["utter_cancelled"]


def test_none_follows_a_flow_that_forbids_it():
    w = world(PLAIN, COMPLETED + _with("    run_pattern_completed: false"))
    w.do(StartFlow(flow="kept", slots={"number": "1", "email": "e"}))
    assert w.calls == []
