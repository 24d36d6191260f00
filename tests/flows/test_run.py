from rasa_sdk.events import SlotSet

from flows.commands import (
    CancelFlow,
    CannotHandle,
    CorrectSlots,
    Ignore,
    Perform,
    SetSlots,
    StartFlow,
)
from flows.run import offers_person
from tests.flows.world import GOAL, world


def test_a_flow_asks_until_all_is_known():
    w = world()
    assert w.do(GOAL) == ["utter_ask_number"]
    assert w.state.asked == "number"
    assert w.do(SetSlots(slots={"number": "1"})) == ["utter_ask_email"]
    assert w.do(SetSlots(slots={"email": "e"})) == ["utter_done"]
    assert w.state.stack == ()
    assert w.state.asked is None


def test_what_is_known_is_not_asked():
    w = world()
    assert w.do(StartFlow(flow="goal", slots={"number": "1", "email": "e"})) == [
        "utter_done"
    ]


def test_slots_are_put_back_when_the_flow_ends():
    w = world("""
        - collect: number
          reset_after_flow_ends: false
        - set_slots: [{flag: true}]
        - collect: email
    """)
    w.do(StartFlow(flow="goal", slots={"number": "1"}))
    assert w.state.slots["flag"] is True
    w.do(SetSlots(slots={"email": "e"}))
    assert w.state.slots == {"number": "1", "flag": False, "email": None}


def test_slots_are_put_back_when_the_flow_is_cancelled():
    w = world()
    w.do(StartFlow(flow="goal", slots={"email": "e"}))
    assert w.do(CancelFlow()) == ["utter_cancelled"]
    assert w.state.slots["email"] is None


def test_ask_before_filling_asks_though_the_value_is_known():
    w = world("""
        - collect: number
          ask_before_filling: true
    """)
    assert w.do(StartFlow(flow="goal", slots={"number": "1"})) == ["utter_ask_number"]
    assert w.do(SetSlots(slots={"number": "2"})) == []
    assert w.state.stack == ()


def test_a_question_may_be_asked_by_an_action():
    w = world("- collect: size")
    assert w.do(GOAL) == ["action_ask_size"]
    assert w.state.asked == "size"


def test_a_rejected_answer_is_told_why_and_asked_again():
    w = world("""
        - collect: email
          rejections:
          - if: not (slots.email contains '@')
            utter: utter_bad
    """)
    w.do(GOAL)
    assert w.do(SetSlots(slots={"email": "e"})) == ["utter_bad", "utter_ask_email"]
    assert w.state.slots["email"] is None
    w.do(SetSlots(slots={"email": "a@b"}))
    assert w.state.stack == ()


def test_rejected_twice_a_person_is_offered():
    w = world("""
        - collect: email
          rejections: [{if: slots.email, utter: utter_bad}]
    """)
    w.do(GOAL)
    w.do(SetSlots(slots={"email": "e"}))
    assert not offers_person(w.state)
    assert w.do(SetSlots(slots={"email": "e"})) == ["utter_bad", "utter_person"]
    assert offers_person(w.state)
    assert w.state.asked == "email"


def test_an_action_may_judge_an_answer():
    w = world("- collect: size", validate_size=[SlotSet("size", None)])
    w.do(GOAL)
    assert w.do(SetSlots(slots={"size": "huge"})) == [
        "validate_size",
        "utter_sorry",
        "action_ask_size",
    ]


def test_a_miss_asks_again_and_the_second_offers_a_person():
    w = world()
    w.do(GOAL)
    assert w.do(CannotHandle()) == ["utter_sorry", "utter_ask_number"]
    assert w.do(CannotHandle()) == ["utter_person"]
    assert offers_person(w.state)
    assert w.do(SetSlots(slots={"number": "1"})) == ["utter_ask_email"]
    assert w.state.misses == 0


def test_an_answer_sets_the_count_of_misses_back():
    w = world()
    w.do(GOAL)
    w.do(CannotHandle())
    w.do(SetSlots(slots={"number": "1"}))
    assert w.state.misses == 0


def test_another_goal_comes_between_and_the_question_comes_back():
    w = world()
    w.do(GOAL)
    assert w.do(StartFlow(flow="other")) == ["utter_ask_email"]
    assert [frame.kind for frame in w.state.stack] == ["regular", "interrupt"]
    assert w.do(SetSlots(slots={"email": "e"})) == [
        "utter_done",
        "utter_back",
        "utter_ask_number",
    ]
    assert w.state.asked == "number"


TWICE = """
    - collect: number
    - collect: email
    - collect: size
"""
SAME = """
  same:
    description: d
    steps: [{collect: number}, {collect: email}, {action: utter_done}]
"""


def test_a_goal_between_does_not_take_the_slots_of_the_one_below():
    w = world(TWICE, SAME)
    w.do(StartFlow(flow="goal", slots={"number": "1"}))
    w.do(StartFlow(flow="same", slots={"number": "2"}))
    assert w.state.slots["number"] == "2"
    w.do(CancelFlow())
    assert w.state.slots["number"] == "1"
    assert w.state.asked == "email"


def test_what_was_found_out_between_is_not_asked_again():
    w = world(TWICE, SAME)
    w.do(StartFlow(flow="goal", slots={"number": "1"}))
    w.do(StartFlow(flow="same"))
    assert w.do(SetSlots(slots={"email": "e"})) == [
        "utter_done",
        "utter_back",
        "action_ask_size",
    ]
    assert w.state.slots["email"] == "e"


def test_a_goal_under_way_is_taken_up_and_not_begun_twice():
    w = world()
    w.do(GOAL)
    w.do(StartFlow(flow="other"))
    assert w.do(GOAL) == ["utter_ask_number"]
    assert [frame.flow for frame in w.state.stack] == ["goal"]


def test_a_correction_goes_back_to_the_corrected_question_and_on_from_there():
    w = world("""
        - collect: number
        - action: action_look_up
        - collect: email
    """)
    w.do(StartFlow(flow="goal", slots={"number": "1"}))
    assert w.do(CorrectSlots(slots={"number": "2"})) == [
        "utter_corrected",
        "action_look_up",
        "utter_ask_email",
    ]
    assert w.state.slots["number"] == "2"


def test_a_correction_of_what_was_never_asked_changes_nothing():
    w = world()
    w.do(GOAL)
    w.do(CorrectSlots(slots={"size": "XL"}))
    assert "size" not in w.state.slots


def test_what_is_done_aside_brings_the_question_back():
    w = world()
    w.do(GOAL)
    assert w.do(Perform(action="utter_bad")) == ["utter_bad", "utter_ask_number"]
    assert w.do(Perform(action="utter_bad", ends=True)) == ["utter_bad"]
    assert w.state.stack == ()


def test_nothing_is_done_if_nothing_is_to_be_done():
    w = world()
    w.do(GOAL)
    before = w.state
    assert w.do(Ignore()) == []
    assert w.state == before


def test_a_link_hands_the_slots_on():
    w = world("""
        - collect: number
        - link: other
    """)
    w.do(StartFlow(flow="goal", slots={"number": "1"}))
    assert w.state.slots["number"] == "1"
    assert w.state.top.origins == ("goal",)
    w.do(SetSlots(slots={"email": "e"}))
    assert w.state.slots["number"] is None
