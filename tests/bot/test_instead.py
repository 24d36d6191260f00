"""A wish is taken back, and another one named in the same message."""

import pytest

from tests.dialogue import SAYINGS, Conversation, StubModel, assistant, said

ADDRESS = [
    ("no wait, don't cancel it, just change the address", "just change the address"),
    ("please don't cancel it but change the address", "but change the address"),
    ("no la canceles, solo cambia la dirección", "solo cambia la dirección"),
    ("n'annulez pas, changez juste l'adresse", "changez juste l'adresse"),
    ("لا تلغوه بس غيروا العنوان", "بس غيروا العنوان"),
    ("别取消 帮我改地址", "帮我改地址"),
]
STATUS = [
    ("don't cancel it, when will it ship?", "when will it ship?"),
    ("no lo anulen. ¿cuándo sale?", "¿cuándo sale?"),
    ("ne l'annulez plus, quand est-ce qu'il part ?", "quand est-ce qu'il part ?"),
    ("لا تلغيه. متى بتشحنوه؟", "متى بتشحنوه؟"),
    ("不取消了，什么时候发货", "什么时候发货"),
]


def talk(known, *texts):
    last = Conversation(assistant(model=StubModel({**SAYINGS, **known})))
    for text in texts:
        turn = last.say(text)
    return turn


@pytest.mark.parametrize(("text", "wanted"), ADDRESS)
def test_another_goal_begins_with_the_number_that_is_known(text, wanted):
    turn = talk(
        {wanted: "change_address", text: {"cancel_order": 0.7}},
        "i want to cancel my order",
        "48213",
        text,
    )
    assert said(turn) == ["utter_flow_cancelled", "utter_ask_email_or_postcode"]
    assert [frame.flow for frame in turn.state.stack] == ["change_address"]
    assert turn.state.slots["order_number"] == "48213"


@pytest.mark.parametrize(("text", "wanted"), STATUS)
def test_when_it_leaves_is_about_the_order_that_is_known(text, wanted):
    turn = talk(
        {wanted: {"event_when": 0.3}},
        "i want to cancel my order",
        "48213",
        text,
    )
    assert said(turn) == ["utter_flow_cancelled", "utter_ask_email_or_postcode"]
    assert [frame.flow for frame in turn.state.stack] == ["order_status"]
    assert turn.state.slots["order_number"] == "48213"


def test_what_was_taken_back_alone_is_left_at_any_question():
    turn = talk({}, "i want to cancel my order", "actually don't cancel it")
    assert said(turn) == ["utter_flow_cancelled"]
    assert not turn.state.stack


def test_another_order_of_the_same_wish_takes_nothing_back():
    text = "don't cancel it, cancel order 50001"
    known = {text: "cancel_order", "cancel order 50001": "cancel_order"}
    turn = talk(known, "i want to cancel my order", "48213", text)
    assert "utter_flow_cancelled" not in said(turn)
    assert turn.state.slots["order_number"] == "50001"


def test_what_is_no_wish_behind_it_is_let_be():
    text = "don't cancel it, my wife likes it"
    turn = talk({}, "i want to cancel my order", "48213", text)
    assert said(turn) == ["utter_flow_cancelled"]


def test_what_is_not_to_be_done_beside_it_takes_nothing_back():
    text = "don't change the address, just cancel it"
    known = {text: "change_address", "just cancel it": "cancel_order"}
    turn = talk(known, "i want to cancel my order", "48213", text)
    assert [frame.flow for frame in turn.state.stack] == ["cancel_order"]
    assert turn.state.slots["order_number"] == "48213"


@pytest.mark.parametrize(
    "text",
    [
        "don't cancel everything, only the shirt",
        "no cancelen todo, solo la camiseta",
        "n'annulez pas tout, juste le t-shirt",
        "لا تلغوا الكل، بس القميص",
        "不要全部取消，只取消衬衫",
    ],
)
def test_who_wants_a_part_of_it_takes_nothing_back(text):
    turn = talk({}, "i want to cancel my order", "48213", text)
    assert "utter_flow_cancelled" not in said(turn)


@pytest.mark.parametrize(
    "text",
    ["no don't", "please don't do it", "no lo hagan", "ne faites pas ça"]
    + ["لا تعملوا شي", "先别弄了"],
)
def test_whoever_says_not_to_do_it_lacks_no_number(text):
    turn = talk({text: {"deny": 0.95}}, "i want to cancel my order", text)
    assert said(turn) == ["utter_flow_cancelled"]
    assert turn.handoff is None
