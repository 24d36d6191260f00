"""What a message of several questions asks, although not each of them is clear."""

import pytest

from bot.borders import asks_several
from tests.dialogue import SAYINGS, Conversation, StubModel, assistant, said

MORE = "utter_and_this"
KNOWN_OPEN = "faq/opening_hours"
KNOWN = {
    **SAYINGS,
    "any room for a wheelchair?": {"faq/event_accessibility": 0.5},
    "may it go back?": {"faq/return_policy": 0.5},
    "is it far from the station?": {"faq/store_location": 0.4},
    "is the moon out?": {"faq/payment_methods": 0.1},
}


def say(text, **means):
    talk = Conversation(assistant(model=StubModel({**KNOWN, **means})))
    return talk, talk.say(text)


def offered(turn):
    return [one.intent for one in turn.state.offer.choices if one.intent]


@pytest.mark.parametrize(
    "text",
    [
        "where is my order? when do you open?",
        "three things, my order, your hours, your street",
        "我想问一下退货怎么退，运费多少，还有周末营业吗",
        "订单48213到哪了 运费多少",
        "وين طلبي وكم سعر التوصيل",
        "¿abrís el domingo? y tenéis la camiseta X?",
        "dónde está mi pedido y cuánto cuesta el envío",
        "où est ma commande et combien coûte la livraison",
        "where is my order and how much is delivery",
    ],
)
def test_a_text_asks_several_things(text):
    assert asks_several(text)


@pytest.mark.parametrize(
    "text",
    [
        "where is my order?",
        "where is my order, it was due on Friday",
        "我的订单到哪了，我等了很久",
        "وين طلبي، أنا زعلان",
        "tell me where it is, and what it costs me I know",
    ],
)
def test_a_text_asks_one_thing(text):
    assert not asks_several(text)


def test_what_is_clear_is_answered_and_what_is_doubtful_asked_about_behind_it():
    _, turn = say("when are you open? may it go back?")
    assert said(turn) == ["utter_faq/opening_hours", MORE]
    assert offered(turn) == ["faq/return_policy"]


def test_what_is_doubtful_waits_for_the_end_of_a_goal_that_asks():
    talk, turn = say("where is my parcel? may it go back?")
    assert said(turn) == ["utter_ask_order_number"]
    talk.say("48213")
    turn = talk.say("anna@example.com")
    assert said(turn)[-1] == MORE
    assert offered(turn) == ["faq/return_policy"]


def test_of_three_none_is_lost():
    _, turn = say("may it go back? when are you open? is it far from the station?")
    assert said(turn) == ["utter_faq/opening_hours", MORE]
    assert offered(turn) == ["faq/return_policy", "faq/store_location"]


def test_a_question_that_another_would_swallow_is_asked_about():
    text = "when are you open? may it go back? where is my parcel?"
    talk, turn = say(text, **{"when are you open? may it go back?": KNOWN_OPEN})
    assert said(turn) == ["utter_faq/opening_hours", "utter_ask_order_number"]
    assert [wish.intent for wish in talk.state.wishes] == ["faq/return_policy"]


def test_a_word_or_two_are_of_what_stands_before_them():
    text = "how is it sent? what does it cost, and hours?"
    known = {
        "how is it sent?": {"faq/delivery_time": 0.5},
        "what does it cost": {"faq/delivery_cost": 0.5},
        "hours?": "faq/opening_hours",
        text: {"faq/delivery_time": 0.5},
    }
    _, turn = say(text, **known)
    assert said(turn) == ["utter_did_you_mean"]


def test_who_is_asked_back_about_one_of_two_is_asked_no_more():
    text = "where is my parcel? 48213 anna@example.com, and may it go back?"
    back = {"faq/return_policy": 0.5, "faq/gift_cards": 0.3}
    talk, turn = say(text, **{"may it go back?": back})
    assert said(turn)[-1] == "utter_did_you_mean"
    assert said(talk.say("1")) == ["utter_faq/return_policy"]


def test_who_is_surely_understood_as_a_whole_is_asked_about_the_rest():
    text = "when is the concert? any room for a wheelchair?"
    talk, turn = say(text, **{text: {"event_when": 0.9}})
    assert said(turn) == ["utter_ask_ticket"]
    for one in ("HR-7K2M9Q", "anna@example.com"):
        turn = talk.say(one)
    assert said(turn)[-1] == MORE
    assert offered(turn) == ["faq/event_accessibility"]


def test_what_is_offered_is_the_likeliest_of_each_part():
    text = "may it go back? is it far from the station?"
    means = {"faq/return_policy": 0.6, "faq/gift_cards": 0.1}
    talk, turn = say(text, **{text: means})
    assert said(turn) == ["utter_did_you_mean"]
    assert offered(turn) == ["faq/return_policy", "faq/store_location"]
    assert said(talk.say("1")) == ["utter_faq/return_policy", MORE]


@pytest.mark.parametrize(
    "text", ["when are you open? is the moon out?", "may it go back? is the moon out?"]
)
def test_what_nobody_understands_is_answered_by_no_half(text):
    _, turn = say(text, **{text: {"faq/opening_hours": 0.5}})
    assert said(turn) == ["utter_did_you_mean"]
    assert offered(turn) == ["faq/opening_hours"]


def test_a_person_who_comes_at_once_is_told_of_the_rest():
    text = "i want to make a complaint? may it go back?"
    known = {"i want to make a complaint?": "complaint"}
    _, turn = say(text, **known)
    assert turn.handoff is not None
    assert turn.handoff.brief.besides == ("faq/return_policy",)


def test_nothing_is_asked_about_behind_an_answer_to_one_question():
    _, turn = say("when are you open? may it go back", **{"may it go back": "thank"})
    assert said(turn) == ["utter_faq/opening_hours"]
