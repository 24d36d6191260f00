import pytest

from flows.steps import Act, Branch, Collect, Link, Noop, SetSlots, following
from tests.flows.script_world import flow, flows, refused


def test_reads_every_kind_of_step():
    read = flow("""
        - id: ask
          collect: number
          description: five digits
          ask_before_filling: true
          reset_after_flow_ends: false
          rejections:
          - if: not (slots.number matches '^[0-9]+$')
            utter: utter_bad
        - set_slots:
          - email: null
          - number: "1"
        - id: choose
          noop: true
          next:
          - if: slots.found
            then: look
          - else: END
        - id: look
          action: action_look_up
        - link: order_status
    """)
    ask, put, choose, look, link = read.steps.values()
    assert isinstance(ask, Collect)
    assert (ask.ask, ask.ask_before_filling, ask.reset) == (
        "utter_ask_number",
        True,
        False,
    )
    assert ask.rejections[0].utter == "utter_bad"
    assert isinstance(put, SetSlots)
    assert put.slots == {"email": None, "number": "1"}
    assert isinstance(choose, Noop)
    assert [branch.then for branch in choose.next] == ["look", "END"]
    assert isinstance(look, Act)
    assert look.next == link.id
    assert isinstance(link, Link)


def test_slots_to_set_may_stand_in_one_mapping():
    read = flow("- set_slots: {number: a, email: null}")
    assert next(iter(read.steps.values())).slots == {"number": "a", "email": None}


def test_without_next_the_following_step_comes_and_then_the_end():
    read = flow("""
        - action: utter_done
        - action: utter_bad
    """)
    first, second = read.steps.values()
    assert first.next == second.id
    assert second.next == "END"


def test_steps_may_be_nested():
    read = flow("""
        - id: top
          noop: true
          next:
          - if: slots.found
            then:
            - id: inner
              action: utter_done
            - action: utter_bad
              next: END
          - else:
            - link: order_status
    """)
    assert read.steps["top"].next[0].then == "inner"
    assert isinstance(read.steps["top"].next[1], Branch)
    assert len(read.steps) == 4


def test_a_plain_list_of_steps_may_follow():
    read = flow("""
        - action: utter_done
          next:
          - id: last
            action: utter_bad
            next: END
    """)
    assert next(iter(read.steps.values())).next == "last"


def test_a_flow_is_started_by_the_intent_of_its_name_or_those_it_names():
    text = """
flows:
  order_status: {description: d, steps: [{action: utter_done}]}
  faq: {description: d, steps: [{action: utter_faq}]}
  hello:
    description: d
    nlu_trigger:
    - intent: {name: greet, confidence_threshold: 0.7}
    steps: [{action: utter_done}]
"""
    read = flows(text)
    assert read.triggered_by("order_status")[0].id == "order_status"
    assert read.triggered_by("faq/hours")[0].id == "faq"
    assert read.triggered_by("greet")[1].threshold == 0.7
    assert read.triggered_by("nothing") is None


def test_a_trigger_may_be_a_name_alone():
    text = """
flows:
  hello:
    description: d
    nlu_trigger: [{intent: {name: greet}}]
    steps: [{action: utter_done, next: [{if: slots.found, then: END}, {else: END}]}]
"""
    read = flows(text)
    assert read.triggered_by("greet")[1].threshold == 0.0
    step = next(iter(read.by_id["hello"].steps.values()))
    assert following(step.next[:1], {}, {}) == "END"


def test_a_guard_is_a_condition_or_a_bool():
    steps = "- action: utter_done"
    assert flow(steps, **{"if": "slots.number"}).startable({"number": "1"})
    assert not flow(steps, **{"if": "slots.number"}).startable({})
    assert not flow(steps, **{"if": "false"}).startable({})


def test_the_error_names_file_flow_step_and_cure():
    problem = refused("""
        - id: ask
          collect: number
          next: don
        - id: done
          action: utter_done
    """)
    assert problem.splitlines()[0] == (
        "data/flows/x.yml, line 5, flow order_status, step ask: "
        "unknown step id 'don'; did you mean 'done'?"
    )


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ("- collect: nummer", "unknown slot 'nummer'; did you mean 'number'?"),
        ("- collect: silent", "unknown response 'utter_ask_silent'"),
        ("- collect: both", "both 'utter_ask_both' and 'action_ask_both' exist"),
        ("- collect: found", "slot 'found' is set by actions alone"),
        ("- set_slots: [{found: true}]", "slot 'found' is set by actions alone"),
        ("- set_slots: [{fund: 1}]", "unknown slot 'fund'; did you mean 'found'?"),
        ("- collect: number\n  rejections: 5", "each of 'rejections' needs"),
        ("- set_slots: 5", "'set_slots' needs a list"),
        ("- action: utter_dome", "unknown response 'utter_dome'; did you mean"),
        ("- action: action_lookup", "did you mean 'action_look_up'?"),
        ("- link: order_statu", "unknown flow 'order_statu'; did you mean"),
        ("- link: order_status\n  next: END", "unknown key 'next'"),
        ("- collect: number\n  action: utter_done", "has both 'action' and 'collect'"),
        ("- id: a", "needs one of action, collect"),
        ("- colect: number", "unknown key 'colect'; did you mean 'collect'?"),
        ("- collect: number\n  uter: utter_done", "did you mean 'utter'?"),
        ("- call: order_statu", "unknown flow 'order_statu'; did you mean"),
        ("- collect: number\n  force_slot_filling: 5", "is true or false"),
        ("- collect: number\n  dtmf: {length: 4}", "'dtmf' is for calls by voice"),
        ("- noop: true", "needs 'next'"),
        ("- noop: 1\n  next: END", "write 'noop: true'"),
        (
            "- collect: number\n  next: [{if: slots.number, then: END}]",
            "needs an 'else' as its last way",
        ),
        (
            "- collect: number\n  next: [{else: END}, {if: slots.number, then: END}]",
            "has an 'else' before its last way",
        ),
        (
            "- collect: number\n  next: [{if: slots.number}, {else: END}]",
            "an 'if' needs a 'then'",
        ),
        (
            "- collect: number\n  next: [{if: slots.nope, then: END}, {else: END}]",
            "unknown slot 'nope'",
        ),
        (
            "- collect: number\n  next: [{if: number, then: END}, {else: END}]",
            "can't read the condition: unknown name 'number': write 'slots.number'",
        ),
        (
            "- collect: number\n  rejections: [{if: slots.email, utter: utter_bad}]",
            "a rejection may look at 'number' only",
        ),
        ("- collect: number\n  rejections: [{if: slots.number}]", "'if' and 'utter'"),
        ("- action: utter_done\n  next: [{action: utter_bad}]", "needs 'next'"),
        ("- id: a\n  action: utter_done\n- id: a\n  action: utter_bad", "is taken"),
        (
            "- id: a\n  action: utter_done\n  next: a",
            "is in a loop without a question",
        ),
        (
            "- id: a\n  action: utter_done\n- action: utter_bad\n  next: a",
            "is in a loop without a question",
        ),
        ("- action: utter_done\n  next: END\n- action: utter_bad", "can't be reached"),
        ("- 5", "each step needs a key such as 'action'"),
    ],
)
def test_refuses_what_cannot_work(steps, problem):
    assert problem in refused(steps)


def test_what_actions_alone_set_may_be_put_back():
    assert flow("- set_slots: [{found: null}]\n- collect: number")


def test_a_loop_with_a_question_is_fine():
    assert flow("""
        - id: ask
          collect: number
        - action: action_look_up
          next:
          - if: slots.found
            then: END
          - else:
            - set_slots: [{number: null}]
              next: ask
    """)


def test_all_that_is_wrong_is_told_at_once():
    problem = refused("""
        - id: a
          collect: nope
          next: nowhere
        - action: utter_nothing
    """)
    assert len(problem.splitlines()) >= 3
