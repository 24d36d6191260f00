"""Several goals were left for another: which is gone on with, and what waits on."""

from flows.commands import SetSlots, StartFlow
from tests.flows.world import PLAIN, world

MORE = """
  caller:
    description: d
    steps: [{call: called}, {action: utter_done}]
  called:
    description: d
    steps: [{collect: number}]
  picks:
    description: d
    steps:
    - collect: size
      utter: utter_bad
    - action: action_continue_interrupted_flow
slots:
  interrupted_flow_to_continue: {type: text, mappings: [{type: custom}]}
"""


def with_three():
    """Return a world in which two goals wait, one of them in a flow that it calls."""
    w = world(PLAIN, MORE)
    for flow in ("caller", "other", "picks"):
        w.do(StartFlow(flow=flow))
    assert under_way(w) == ["caller", "called", "other", "picks"]
    return w


def under_way(w):
    return [frame.flow for frame in w.state.stack]


def picks(w, chosen):
    return w.do(SetSlots(slots={"size": "L", "interrupted_flow_to_continue": chosen}))


def test_a_goal_is_gone_on_with_in_the_flow_that_it_called():
    w = with_three()
    assert picks(w, "caller")[-2:] == ["utter_back", "utter_ask_number"]
    assert under_way(w) == ["other", "caller", "called"]
    assert [frame.kind for frame in w.state.stack] == ["regular", "interrupt", "call"]
    assert w.state.asked == "number"


def test_what_was_not_chosen_comes_after_it():
    w = with_three()
    picks(w, "caller")
    said = w.do(SetSlots(slots={"number": "1"}))
    assert said == ["utter_done", "utter_back", "utter_ask_email"]
    assert under_way(w) == ["other"]
    assert w.state.asked == "email"


def test_what_does_not_wait_changes_nothing():
    for chosen in ("called", "gone", None):
        w = with_three()
        assert picks(w, chosen)[-1] == "utter_ask_email"
        assert under_way(w) == ["caller", "called", "other"]


def test_the_pattern_is_told_what_waits_and_whether_there_is_a_choice():
    w = with_three()
    asked = []
    heard = w.perform

    def perform(name, state, values):
        if name == "utter_back":
            asked.append({**state.top.context, **values})
        return heard(name, state, values)

    w.perform = perform
    picks(w, None)
    w.do(SetSlots(slots={"email": "e"}))
    assert [one["interrupted_flow_ids"] for one in asked] == [
        ["caller", "other"],
        ["caller"],
    ]
    assert asked[0]["interrupted_flow_names"] == ["caller", "other"]
    assert [one["multiple_flows_interrupted"] for one in asked] == [True, False]
