"""Who is inside a flow finishes on it, however it is changed meanwhile."""

from dataclasses import replace

from flows import editions
from flows.commands import SetSlots, StartFlow
from flows.files import edition, parse
from flows.responses import load
from flows.stack import State
from tests.flows.world import GOAL, WORLD, world

OLD = """
    - id: first
      collect: number
    - id: second
      collect: email
    - action: utter_done
"""
NEW = """
    - id: begin
      collect: email
      utter: utter_ask_number
    - action: utter_bad
"""
RESPONSES = load([parse(WORLD, "data/w.yml")])


def kept(flows):
    return {one.edition: (one.id, one.body) for one in flows.by_id.values()}


def changed(before, after):
    """Return the new world with the state that the old one left."""
    found = editions.read(kept(before.flows), after.flows, RESPONSES)
    state = State.from_json(before.state.to_json())
    return replace(after, state=state, flows=found.begun(after.flows, state.stack))


def test_who_is_inside_a_flow_finishes_on_it():
    before = world(OLD)
    before.do(GOAL)
    w = changed(before, world(NEW))
    assert w.do(SetSlots(slots={"number": "1"})) == ["utter_ask_email"]
    assert w.do(SetSlots(slots={"email": "e"})) == ["utter_done"]
    assert w.state.stack == ()


def test_who_begins_afterwards_gets_the_new_one():
    w = changed(world(OLD), world(NEW))
    assert w.do(StartFlow(flow="goal", slots={"email": "e"})) == ["utter_bad"]


def test_one_that_was_taken_out_is_finished_and_begun_by_nothing():
    more = "  old_goal:\n    description: d\n    steps: [{collect: number}]\n"
    before = world(more=more)
    before.do(StartFlow(flow="old_goal"))
    w = changed(before, world())
    assert w.flows.by_id["old_goal"].triggers == ()
    w.do(SetSlots(slots={"number": "1"}))
    assert w.state.stack == ()


def test_an_old_one_is_begun_by_what_begins_the_new_one():
    before = world(OLD)
    before.do(GOAL)
    after = world(NEW)
    goal = after.flows.by_id["goal"]
    by_id = {**after.flows.by_id, "goal": replace(goal, guard=False)}
    w = changed(before, replace(after, flows=replace(after.flows, by_id=by_id)))
    assert not w.flows.by_id["goal"].startable({})


def test_one_whose_words_are_gone_is_left_out():
    before = world("- collect: number\n- action: utter_done")
    after = world(NEW)
    without = {name: RESPONSES.by_name[name] for name in ("utter_ask_number",)}
    responses = replace(RESPONSES, by_name=without)
    assert not editions.read(kept(before.flows), after.flows, responses).by_edition


def test_what_has_not_changed_is_not_read_again():
    before = world(OLD)
    assert not editions.read(kept(before.flows), world(OLD).flows, RESPONSES).by_edition


def test_a_state_of_a_version_without_editions_goes_on_in_what_there_is():
    before = world(OLD)
    before.do(GOAL)
    stored = before.state.to_json()
    del stored["stack"][0]["edition"]
    state = State.from_json(stored)
    assert editions.Editions().begun(before.flows, state.stack) is before.flows


def test_the_order_of_keys_makes_no_other_edition():
    assert edition({"a": 1, "b": [2]}) == edition({"b": [2], "a": 1})
    assert edition({"a": 1}) != edition({"a": 2})
