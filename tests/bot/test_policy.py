from dataclasses import replace

import pytest

from bot.policy import decide
from bot.reading import Reading, parsed
from bot.situation import Situation
from flows.commands import (
    CancelFlow,
    CannotHandle,
    Clarify,
    CorrectSlots,
    HumanHandoff,
    Ignore,
    Perform,
    SetSlots,
    StartFlow,
)
from flows.stack import Frame, State
from tests.dialogue import FLOWS, RESPONSES, StubModel

ORDER = State(
    stack=(Frame(flow="order_status", step="number", asked=True),), asked="order_number"
)
PROOF = State(
    slots={"order_number": "50001"},
    stack=(Frame(flow="order_status", step="proof", asked=True),),
    asked="email_or_postcode",
)
PERSON = State(
    stack=(Frame(flow="order_status", step="person", asked=True),),
    asked="person_wanted",
)
OFFERED = replace(
    ORDER,
    misses=3,
    stack=(
        *ORDER.stack,
        Frame(flow="pattern_cannot_handle", step="END", kind="pattern"),
    ),
)


def situation(text="", state=State(), kind="text", means=None, reading=None):  # noqa: B008
    model = StubModel({text: means} if means else {})
    parse = model.classify(text)
    return Situation(
        event_id=7,
        kind=kind,
        text=text,
        reading=reading or Reading(parse=parse),
        thresholds=model.thresholds,
        state=state,
        flows=FLOWS,
        responses=RESPONSES,
    )


def command(*args, **kwargs):
    return decide(situation(*args, **kwargs)).command


def test_a_sure_goal_starts_its_flow_with_what_was_named():
    assert command("track 48213", means="order_status") == StartFlow(
        flow="order_status", slots={"order_number": "48213"}
    )


def test_a_doubtful_goal_is_offered():
    decision = decide(situation("hm", means={"order_status": 0.5, "refund": 0.4}))
    assert decision.rule == "guesses"
    assert decision.guesses == ("order_status", "refund")


@pytest.mark.parametrize("means", [None, "cancel_order", {"faq/warranty": 0.3}])
def test_of_who_says_no_more_than_that_it_is_about_an_order_it_is_asked_what(means):
    decision = decide(situation("a problem with my order", means=means))
    assert decision.rule == "topic_alone"
    assert decision.guesses == ("order_status", "return_item", "cancel_order")


def test_what_a_shop_says_itself_to_a_problem_with_an_order_is_said():
    answered = command("a problem with my order", means="faq/return_policy")
    assert answered == StartFlow(flow="faq")


def test_at_most_three_goals_are_offered():
    means = {"order_status": 0.5, "refund": 0.4, "event_when": 0.3, "return_item": 0.2}
    assert len(decide(situation("hm", means=means)).guesses) == 3


def test_no_idea_is_a_person():
    assert command("do you pay in shells") == HumanHandoff(reason="unsure")


@pytest.mark.parametrize("text", ["hm", "holi", "what?", "那个"])
def test_a_word_or_two_are_asked_about_once_and_then_a_person_comes(text):
    assert command(text) == CannotHandle(reason="no_words")
    again = State(unreadable=1)
    assert command(text, again) == HumanHandoff(reason="unsure")


def test_a_short_sentence_without_spaces_is_a_sentence():
    assert command("请问你们修不修老式手表") == HumanHandoff(reason="unsure")


def test_what_stands_out_of_what_a_number_is_sent_for_is_begun():
    means = {"order_status": 0.36, "faq/delivery_time": 0.2, "refund": 0.17}
    decision = decide(situation("so 48213 today?", means=means))
    assert decision.command == StartFlow(
        flow="order_status", slots={"order_number": "48213"}
    )
    assert decision.rule == "numbered"


@pytest.mark.parametrize(
    ("means", "offered"),
    [
        (
            {"refund": 0.3, "order_status": 0.2},
            ("refund", "order_status"),
        ),
        (
            {"cancel_order": 0.4, "refund": 0.3, "return_item": 0.2},
            ("cancel_order", "refund", "order_status"),
        ),
        ({}, ("order_status",)),
    ],
    ids=["none is likely", "none stands out", "nothing is known"],
)
def test_where_none_stands_out_it_is_asked_what_a_number_is_sent_for(means, offered):
    decision = decide(situation("so what of 48213 then?", means=means))
    assert decision.guesses == offered


def test_a_number_does_not_outweigh_what_is_surely_meant():
    answered = command("can 48213 go to my new flat?", means="faq/return_policy")
    assert answered == StartFlow(flow="faq")


def test_a_question_without_an_answer_is_a_person():
    assert command("hm", means="faq/nothing") == HumanHandoff(reason="no_answer")
    assert command("hm", means="unheard_of") == HumanHandoff(reason="no_answer")


@pytest.mark.parametrize(
    ("intent", "expected"),
    [
        ("contact_human_agent", StartFlow(flow="contact_human_agent")),
        ("cancel", CancelFlow()),
        ("stop", Perform(action="action_stop", ends=True)),
        ("goodbye", Perform(action="utter_goodbye", ends=True)),
    ],
)
def test_a_way_out_is_heard_before_an_answer(intent, expected):
    assert command("48213", ORDER, means=intent) == expected


@pytest.mark.parametrize("state", [State(), ORDER, PROOF, PERSON, OFFERED])
def test_who_likely_asks_for_a_person_gets_one(state):
    asked = StartFlow(flow="contact_human_agent")
    assert command("hm", state, means={"contact_human_agent": 0.5}) == asked
    assert command("hm", state, means={"contact_human_agent": 0.49}) != asked


@pytest.mark.parametrize("state", [State(), ORDER])
def test_who_likely_wants_no_more_messages_gets_none(state):
    stopped = Perform(action="action_stop", ends=True)
    assert command("hm", state, means={"stop": 0.5}) == stopped
    assert command("hm", state, means={"stop": 0.49}) != stopped


def test_the_word_cancel_alone_cancels_what_is_open_and_not_an_order():
    assert command("cancel", ORDER, means="cancel_order") == CancelFlow()
    assert command("Cancel this please!", ORDER, means="cancel_order") == CancelFlow()
    assert command("cancel", means="cancel_order") == StartFlow(flow="cancel_order")
    assert command("cancel my order", ORDER, means="cancel_order") == StartFlow(
        flow="cancel_order"
    )


def test_a_value_that_fits_is_an_answer_whatever_else_it_may_be():
    assert command("no, 48213", ORDER) == SetSlots(slots={"order_number": "48213"})
    assert command("48213", ORDER, means={"refund": 0.99}) == SetSlots(
        slots={"order_number": "48213"}
    )


def test_a_value_for_the_next_question_is_kept():
    assert command("48213, sw1a 1aa", ORDER) == SetSlots(
        slots={"order_number": "48213", "email_or_postcode": "SW1A 1AA"}
    )


@pytest.mark.parametrize(
    "text",
    [
        "no, 48213",
        "sorry I meant 48213",
        "oops it's 48213",
        "#48213",
        "wait, 48213!",
        "oh sorry, no, 48213",
        "sorry, it is not 50001 but 48213",
        "non pardon, 48213",
        "perdón, quise decir el 48213",
        "quería decir el 48213",
        "oups, 48213",
        "plutot 48213",
        "لا، ٤٨٢١٣",
        "عفواً أخطأت، 48213",
        "عذراً، 48213",
        "說錯了，48213",
        "不是，是48213",
        "说错了，４８２１３",
    ],
)
def test_a_value_for_an_earlier_question_corrects_it(text):
    expected = CorrectSlots(slots={"order_number": "48213"})
    assert command(text, PROOF) == expected


def test_the_value_we_know_already_corrects_nothing():
    assert command("no, 50001", PROOF) == CannotHandle()


def test_the_order_number_once_more_is_no_postcode():
    assert command("50001", PROOF) == CannotHandle()
    assert command("10115", PROOF) == SetSlots(slots={"email_or_postcode": "10115"})


def test_nothing_recognised_is_nothing_known_whatever_the_threshold():
    here = replace(
        situation("do you pay in shells"), thresholds={"answer": 0.0, "offer": 0.0}
    )
    assert decide(here).command == HumanHandoff(reason="unsure")


def test_a_number_in_a_sentence_about_something_else_corrects_nothing():
    assert command("and what happens with parcel 48213 then", PROOF) == CannotHandle()


def test_another_goal_interrupts_only_if_it_is_surer():
    asks = command("hm", ORDER, means={"refund": 0.85})
    assert isinstance(asks, Clarify)
    assert asks.inside
    assert command("hm", ORDER, means={"refund": 0.91}) == StartFlow(flow="refund")


def test_a_question_of_the_faq_interrupts_as_soon_as_it_is_sure():
    means = {"faq/opening_hours": 0.8}
    assert command("hm", ORDER, means=means) == StartFlow(flow="faq")
    asks = command("hm", ORDER, means={"faq/opening_hours": 0.79})
    assert isinstance(asks, Clarify)
    assert command("hm", ORDER, means={"faq/opening_hours": 0.49}) == CannotHandle()


def test_near_certainty_half_of_the_rest_is_enough_to_interrupt():
    here = situation("hm", ORDER, means={"refund": 0.98})
    assert decide(
        replace(here, thresholds={"answer": 0.95, "offer": 0.4})
    ).command == StartFlow(flow="refund")


def test_the_goal_we_are_at_is_no_interruption():
    assert command("hm", ORDER, means="order_status") == CannotHandle()


@pytest.mark.parametrize("intent", ["affirm", "deny"])
def test_yes_and_no_answer_a_yes_or_no(intent):
    assert command("hm", PERSON, means={intent: 0.5}) == SetSlots(
        slots={"person_wanted": intent == "affirm"}
    )


def test_yes_to_the_offer_of_a_person_fetches_one():
    assert command("hm", OFFERED, means="affirm") == HumanHandoff(reason="misses")
    assert command("hm", OFFERED, means="deny") == Perform(action="utter_try_again")
    assert command("hm", OFFERED) == HumanHandoff(reason="misses")
    assert command("48213", OFFERED) == SetSlots(slots={"order_number": "48213"})


def tap(intent=None, **slots):
    return Reading(parse=parsed("Title", intent), chosen=True, slots=slots)


def test_a_tap_leaves_no_doubt():
    assert command("Refund", ORDER, "tap", reading=tap("refund")) == StartFlow(
        flow="refund"
    )
    assert command("Refund", reading=tap("refund")) == StartFlow(flow="refund")


def test_a_tap_sets_the_slot_we_asked_for():
    reading = tap(order_number="none")
    assert command("I don't have it", ORDER, "tap", reading=reading) == SetSlots(
        slots={"order_number": "none"}
    )


def test_a_tap_on_an_older_question_puts_its_answer_right():
    reading = tap(order_number="none")
    assert command("I don't have it", PROOF, "tap", reading=reading) == CorrectSlots(
        slots={"order_number": "none"}
    )


def test_a_tap_on_a_question_of_another_time_is_a_text():
    reading = tap(ticket="none")
    assert command("Nope", ORDER, "tap", reading=reading) == CannotHandle()
    assert command("Nope", State(), "tap", reading=reading) == HumanHandoff(
        reason="unsure"
    )


def test_no_tap_sets_a_controlled_slot():
    reading = tap(found="true", lookup_misses="0", event_status="scheduled")
    assert command("x", PERSON, "tap", reading=reading) == CannotHandle()


def test_a_thumbs_up_is_a_yes_if_yes_or_no_was_asked():
    yes = Reading(parse=parsed("👍", "affirm"), chosen=True)
    assert command("👍", PERSON, "thumbs_up", reading=yes) == SetSlots(
        slots={"person_wanted": True}
    )
    assert command("👍", ORDER, "thumbs_up", reading=yes) == Ignore()
    assert command("👍", State(), "thumbs_up", reading=yes) == Ignore()


def test_what_we_cannot_read_is_said_once_and_then_a_person_comes():
    assert command(kind="attachment") == CannotHandle(reason="cannot_read")
    assert command(text="  ") == CannotHandle(reason="cannot_read")
    assert command(state=State(unreadable=1), kind="attachment") == HumanHandoff(
        reason="cannot_read"
    )


@pytest.mark.parametrize("text", ["🙂🙂", "???", "😡", "..."])
def test_signs_alone_are_asked_for_words_once(text):
    assert command(text) == CannotHandle(reason="no_words")
    assert command(text, State(unreadable=1)) == HumanHandoff(reason="cannot_read")


def test_signs_that_answer_are_no_riddle():
    assert command("👍", means="affirm") == Perform(action="utter_affirm")
    assert command("???", ORDER) == CannotHandle()


def test_what_is_far_less_likely_than_the_best_guess_is_not_offered():
    means = {"order_status": 0.45, "refund": 0.04, "event_when": 0.02}
    decision = decide(situation("hm", means=means))
    assert decision.guesses == ("order_status", "refund")


def test_a_person_is_offered_by_name_to_whom_most_likely_asks_for_one():
    means = {"contact_human_agent": 0.42, "return_item": 0.4}
    decision = decide(situation("cracked, can a person help?", means=means))
    assert decision.guesses == ("contact_human_agent", "return_item")

    means = {"return_item": 0.45, "contact_human_agent": 0.3}
    decision = decide(situation("it is cracked, who can help?", means=means))
    assert decision.guesses == ("return_item",)


def test_a_flow_whose_guard_says_no_is_neither_started_nor_offered():
    flow = replace(FLOWS.by_id["refund"], guard=False)
    guarded = replace(FLOWS, by_id={**FLOWS.by_id, "refund": flow})
    text = "my money back please"
    sure = replace(situation(text, means="refund"), flows=guarded)
    assert decide(sure).command == HumanHandoff(reason="unsure")


def test_each_decision_names_its_rule_and_its_reason():
    decision = decide(situation("48213", ORDER))
    assert decision.rule == "fills"
    assert decision.why == "fits order_number"


def forced(text, **kwargs):
    """Decide what is said to a question that takes everything as an answer."""
    flow = FLOWS.by_id["order_status"]
    step = replace(flow.steps["number"], forced=True)
    insists = replace(flow, steps={**flow.steps, "number": step})
    flows = replace(FLOWS, by_id={**FLOWS.by_id, "order_status": insists})
    return decide(replace(situation(text, ORDER, **kwargs), flows=flows)).command


def test_a_question_that_insists_takes_everything_as_an_answer():
    assert forced("refund please", means="refund") == CannotHandle()
    assert forced("bye", means="goodbye") == CannotHandle()
    assert forced("48213", means="refund") == SetSlots(slots={"order_number": "48213"})


def test_a_question_that_insists_lets_nobody_wait_for_a_person():
    person = StartFlow(flow="contact_human_agent")
    assert forced("a person!", means="contact_human_agent") == person
    assert forced("no, let me talk to a real person please") == person
    assert forced("stop", means="stop") == Perform(action="action_stop", ends=True)
    assert forced("cancel") == CancelFlow()


def test_a_question_that_insists_hears_no_half_wish():
    assert forced("stop fretting", means={"stop": 0.6}) == CannotHandle()


def test_an_answer_to_the_caller_of_a_flow_can_be_put_right():
    called = Frame(flow="event_when", step="ticket", kind="call", asked=True)
    state = replace(
        PROOF, stack=(replace(PROOF.top, step="look_up"), called), asked="ticket"
    )
    assert command("no, 48213", state) == CorrectSlots(slots={"order_number": "48213"})


def test_a_goal_far_ahead_of_the_rest_is_begun_with_its_question():
    here = situation("what i bought is nowhere", means={"order_status": 0.6})
    decision = decide(here)
    assert decision.rule == "far_ahead"
    assert decision.command == StartFlow(flow="order_status")


LONG = "it began with my aunt who said that i should write to you as somebody had told"


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("what i bought is nowhere", {"order_status": 0.6, "refund": 0.3}),
        ("what i bought is nowhere", {"order_status": 0.45}),
        ("what i bought is nowhere", {"faq/opening_hours": 0.6}),
        (f"{LONG} her that it is nowhere", {"order_status": 0.6}),
    ],
)
def test_what_is_not_far_ahead_or_tells_at_once_is_asked_back(text, means):
    assert isinstance(command(text, means=means), Clarify)


def test_no_goal_is_begun_where_the_shop_s_own_question_may_be_meant():
    own = "faq/opening_hours"
    here = situation("is it open", means={"order_status": 0.6, own: 0.1})
    assert decide(here).rule == "far_ahead"
    assert isinstance(decide(replace(here, taught=frozenset([own]))).command, Clarify)
