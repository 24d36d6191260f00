"""What the assistant does by itself in any flow, and a shop's own in its place."""

import textwrap

import pytest

from tests.dialogue import (
    Conversation,
    FakeOrders,
    said,
    words,
)
from tests.own_shop import own_shop

OWN_WORDS = """
responses:
  utter_knock_knock: [{text: Who is there?}]
  utter_no_picture: [{text: No pictures here.}]
  utter_which: [{text: "Which? {choices}"}]
  utter_sorry_about: [{text: "Sorry, {error_type} failed."}]
intents: [joke]
"""


def of_a_shop(patterns, **world):
    """Return a conversation whose shop has these patterns in the place of ours."""
    more = textwrap.indent(textwrap.dedent(patterns).strip(), "  ")
    return Conversation(assistant=own_shop(OWN_WORDS, f"flows:\n{more}", **world))


def test_small_talk_inside_a_question_is_answered_and_the_question_comes_again():
    talk = Conversation()
    talk.say("where is my parcel?")
    assert said(talk.say("hello")) == ["utter_hello_again", "utter_ask_order_number"]
    assert said(talk.say("thanks")) == ["utter_thank", "utter_ask_order_number"]
    assert talk.state.misses == 0


def test_a_shops_own_small_talk_is_answered_inside_a_question_and_outside():
    talk = of_a_shop("""
    pattern_chitchat:
      description: Ours.
      nlu_trigger: [{intent: joke}]
      steps:
      - action: utter_knock_knock
    """)
    talk.knows(**{"knock knock": "joke"})
    assert said(talk.say("knock knock")) == ["utter_knock_knock"]
    talk.say("where is my parcel?")
    turn = talk.say("knock knock")
    assert said(turn) == ["utter_knock_knock", "utter_ask_order_number"]
    assert talk.state.asked == "order_number"


@pytest.mark.parametrize(
    ("kind", "text", "came"),
    [
        ("attachment", "", "utter_no_picture"),
        ("text", "🙂", "utter_no_words"),
        ("text", "blue", "utter_cannot_handle"),
    ],
)
def test_what_can_not_be_handled_has_a_reason(kind, text, came):
    talk = of_a_shop("""
    pattern_cannot_handle:
      description: Ours.
      steps:
      - noop: true
        next:
        - if: context.reason is 'cannot_read'
          then: [{action: utter_no_picture, next: END}]
        - if: context.reason is 'no_words'
          then: [{action: utter_no_words, next: END}]
        - else: [{action: utter_cannot_handle, next: END}]
    """)
    if came == "utter_cannot_handle":
        talk.say("where is my parcel?")
    assert said(talk.hear(kind, text))[0] == came


def test_which_goal_is_meant_is_asked_in_a_shops_own_words():
    talk = of_a_shop("""
    pattern_clarification:
      description: Ours.
      steps: [{action: utter_which}]
    """)
    talk.knows(**{"hm": {"refund": 0.5, "order_status": 0.3}})
    turn = talk.say("hm")
    assert words(turn).startswith("Which? 1. ")
    assert said(talk.tap("Refund")) == ["utter_ask_order_number"]


def test_the_pattern_of_errors_learns_what_failed():
    down = FakeOrders()
    down.down = True
    talk = of_a_shop(
        """
    pattern_internal_error:
      description: Ours.
      steps:
      - action: utter_sorry_about
      - link: pattern_human_handoff
    """,
        orders=down,
    )

    talk.say("where is my parcel?")
    talk.say("48213")
    turn = talk.say("anna@example.com")
    assert words(turn).startswith("Sorry, action_order_status failed.")
    assert turn.handoff.reason == "error"


def test_a_flow_of_the_shop_may_answer_what_starts_none():
    talk = of_a_shop("""
    thank:
      description: Ours.
      steps:
      - action: utter_knock_knock
    """)
    assert said(talk.say("thanks")) == ["utter_knock_knock"]


def ending_where(flow, holds):
    """A talk in a shop whose flow ends what it interrupted, where something holds."""
    return of_a_shop(f"""
    {flow}:
      description: Ours.
      steps:
      - noop: true
        next:
        - if: {holds}
          then:
          - action: utter_knock_knock
          - action: action_cancel_interrupted_flows
            next: END
        - else:
          - action: utter_no_picture
            next: END
    """)


def test_a_flow_knows_what_it_interrupts_and_may_end_it():
    talk = ending_where("deny", "context.interrupted is 'order_status'")
    assert said(talk.say("no")) == ["utter_no_picture"]
    talk.say("where is my parcel?")
    talk.say("48213")
    assert talk.state.asked == "email_or_postcode"
    assert said(talk.say("no")) == ["utter_knock_knock"]
    assert talk.state.stack == ()
    assert talk.state.asked is None


def test_a_shops_own_way_back_looks_at_how_many_goals_wait():
    talk = ending_where(
        "pattern_continue_interrupted", "context.multiple_flows_interrupted"
    )
    talk.say("where is my parcel?")
    talk.say("when is the concert?")
    turn = talk.say("never mind")
    assert said(turn)[-2:] == ["utter_no_picture", "utter_ask_order_number"]


@pytest.mark.parametrize(
    "text",
    ["none", "neither, thanks", "none of those", "ninguno", "ninguna de las dos"]
    + ["aucune des deux", "ولا واحد", "لا شيء", "都不要了"],
)
def test_none_of_the_goals_that_wait_in_a_word(text):
    talk = Conversation()
    talk.say("i want to cancel my order")
    talk.say("i want my money back")
    talk.say("where is my parcel?")
    turn = talk.say("never mind")
    assert said(turn)[-1] == "utter_ask_interrupted_flow_to_continue"
    turn = talk.say(text)
    assert said(turn) == ["utter_all_right"]
    assert not talk.state.stack


def test_none_is_no_answer_elsewhere():
    talk = Conversation()
    talk.say("where is my parcel?")
    talk.say("none")
    assert talk.state.asked == "order_number"


def test_who_wants_it_again_before_anything_was_said_is_asked_what_they_want():
    talk = Conversation()
    turn = talk.say("say that again")
    assert said(turn) == ["utter_no_words"]
    assert turn.outcome != "silent"
    assert words(talk.say("say that again")) == words(turn)
