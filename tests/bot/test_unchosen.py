"""Who asks two things and is asked back loses neither of them by a tap on one."""

from datetime import timedelta

import pytest

from flows.stack import State
from tests.dialogue import (
    SAYINGS,
    Conversation,
    FakeOrders,
    StubModel,
    assistant,
    said,
    tappable,
)

TWO = "how do i pay at yours? and when are you there?"
DOUBTFUL = {"faq/payment_methods": 0.45, "faq/opening_hours": 0.4, "order_status": 0.1}
PAY, OPEN, TRACK = "How can I pay?", "When are you open?", "Track an order"
MORE = "utter_and_this"


#: Of these the first asks for a number and a proof.
BOTH = "where is it? and when are you there?"
GOAL_FIRST = {"order_status": 0.45, "faq/opening_hours": 0.4}


def asked(text=TWO, means=DOUBTFUL, orders=None, pieces=None):
    model = StubModel({**SAYINGS, **(pieces or {}), text: means})
    talk = Conversation(assistant(model=model, orders=orders))
    assert said(talk.say(text)) == ["utter_did_you_mean"]
    return talk


def test_the_other_choices_are_asked_about_behind_the_answer():
    talk = asked()
    turn = talk.tap(PAY)
    assert said(turn) == ["utter_faq/payment_methods", MORE]
    assert turn.outcome == "answered"
    assert PAY not in turn.replies[-1].text
    assert said(talk.tap(OPEN))[0] == "utter_faq/opening_hours"


def test_a_number_chooses_one_of_the_others():
    talk = asked()
    talk.tap(PAY)
    assert said(talk.say("1"))[0] == "utter_faq/opening_hours"


def test_the_last_of_them_is_asked_about_alone():
    talk = asked()
    talk.tap(PAY)
    turn = talk.tap(OPEN)
    assert said(turn) == ["utter_faq/opening_hours"]


def test_that_is_all_fetches_nobody():
    talk = asked()
    talk.tap(PAY)
    turn = talk.tap("That's all")
    assert said(turn) == ["utter_all_right"]
    assert turn.handoff is None


@pytest.mark.parametrize(
    "text", ["how do i pay at yours?", "how do i pay at yours? i come by bus"]
)
def test_who_asked_one_thing_is_asked_no_more(text):
    talk = asked(text)
    assert said(talk.tap(PAY)) == ["utter_faq/payment_methods"]


def test_who_asked_the_same_thing_twice_is_asked_no_more():
    text = "how do i pay at yours? what do you take?"
    pieces = dict.fromkeys(text.split("? "), {"faq/payment_methods": 0.6})
    talk = asked(text, DOUBTFUL, pieces=pieces)
    assert said(talk.tap(PAY)) == ["utter_faq/payment_methods"]


def test_who_asked_one_thing_in_two_messages_is_asked_no_more():
    first, second = "do i pay by card?", "i come by bus, do you take any?"
    both = {f"{first} {second}": {**DOUBTFUL, "faq/payment_methods": 0.6}}
    talk = asked(first, DOUBTFUL, pieces={second: DOUBTFUL, **both})
    talk.say(second)
    assert said(talk.tap(PAY)) == ["utter_faq/payment_methods"]


def test_who_is_asked_for_more_by_what_was_chosen_answers_that_first():
    talk = asked(BOTH, GOAL_FIRST)
    assert said(talk.tap(TRACK)) == ["utter_ask_order_number"]


def test_who_says_how_many_things_they_ask_has_asked_several():
    talk = asked("two questions, how do i pay and when are you there")
    assert said(talk.tap(PAY))[-1] == MORE


def taken(orders=None, means=GOAL_FIRST):
    """Return a conversation in which the goal that asks was taken of the two."""
    talk = asked(BOTH, means, orders)
    talk.tap(TRACK)
    return talk


def titles(turn):
    return [one["title"] for reply in turn.replies for one in tappable(reply)]


def test_the_other_is_asked_about_once_the_goal_has_come_to_its_end():
    talk = taken()
    assert MORE not in said(talk.say("48213"))
    turn = talk.say("anna@example.com")
    assert (said(turn)[0], said(turn)[-1]) == ("utter_order_shipped", MORE)
    assert OPEN in titles(turn)
    assert said(talk.tap(OPEN)) == ["utter_faq/opening_hours"]


def test_it_is_asked_about_once_only():
    talk = taken()
    for text in ("48213", "anna@example.com"):
        talk.say(text)
    talk.tap("That's all")
    for text in ("where is my parcel?", "when is the concert?", "never mind"):
        assert MORE not in said(talk.say(text))


def test_it_is_asked_about_in_place_of_what_we_would_ask_by_the_way():
    orders = FakeOrders()
    orders.news = True
    talk = taken(orders)
    talk.say("48213")
    turn = talk.say("anna@example.com")
    assert said(turn)[-1] == MORE
    assert "utter_ask_news_wanted" not in said(turn)
    assert turn.state.stack == ()


def test_who_stops_the_goal_is_asked_about_the_other_still():
    turn = taken().say("never mind")
    assert said(turn) == ["utter_flow_cancelled", MORE]
    assert OPEN in titles(turn)


def test_who_asks_the_other_meanwhile_is_not_asked_about_it():
    talk = taken()
    assert "utter_faq/opening_hours" in said(talk.say("when are you open?"))
    talk.say("48213")
    told = said(talk.say("anna@example.com"))
    assert told[0] == "utter_order_shipped"
    assert MORE not in told


def test_something_else_in_between_does_not_lose_it():
    talk = taken()
    talk.say("how long does delivery take?")
    talk.say("48213")
    assert said(talk.say("anna@example.com"))[-1] == MORE


def test_a_person_who_is_fetched_is_told_of_the_other():
    talk = taken()
    turn = talk.say("i want a person")
    assert turn.handoff is not None
    assert "Also asked: When are you open?" in turn.handoff.summary
    assert turn.handoff.brief.besides == ("faq/opening_hours",)
    assert MORE not in said(turn)
    assert turn.state.wishes == ()


def test_what_was_chosen_and_fetches_a_person_takes_the_other_along():
    means = {"return_item": 0.45, "faq/opening_hours": 0.4}
    talk = asked("it goes back? and when are you there?", means)
    talk.tap("Return an item")
    talk.say("48213")
    turn = talk.say("yes")
    assert "Also asked: When are you open?" in turn.handoff.summary
    assert MORE not in said(turn)


def test_a_part_behind_the_yes_that_fetched_a_person_is_told_of():
    talk = Conversation()
    for text in ("i want to send this back", "48213"):
        talk.say(text)
    turn = talk.say("yes. where is my parcel?")
    assert turn.handoff is not None
    assert "Also asked: Track an order" in turn.handoff.summary


@pytest.mark.parametrize("text", ["bye", "stop writing to me"])
def test_who_leaves_is_asked_no_more(text):
    turn = taken().say(text)
    assert MORE not in said(turn)
    assert turn.state.wishes == ()


def test_hours_later_it_is_dropped():
    talk = taken()
    talk.now += timedelta(hours=3)
    talk.say("48213")
    told = said(talk.say("anna@example.com"))
    assert told[0] == "utter_order_shipped"
    assert MORE not in told


def test_who_looks_for_the_number_for_an_hour_is_asked_still():
    talk = taken()
    talk.now += timedelta(hours=1)
    talk.say("48213")
    assert said(talk.say("anna@example.com"))[-1] == MORE


def test_who_begins_anew_has_asked_nothing():
    talk = taken()
    talk.say("start over")
    assert talk.state.wishes == ()


def test_a_choice_may_be_taken_in_words():
    talk = asked(BOTH, GOAL_FIRST)
    talk.say("where is my parcel?")
    talk.say("48213")
    assert said(talk.say("anna@example.com"))[-1] == MORE


def test_who_takes_none_of_the_choices_meant_none():
    talk = asked(BOTH, GOAL_FIRST)
    turn = talk.say("how long does delivery take?")
    assert said(turn) == ["utter_faq/delivery_time"]
    assert turn.state.wishes == ()


def test_two_goals_one_after_the_other():
    talk = taken(means={"order_status": 0.45, "event_when": 0.4})
    talk.say("48213")
    turn = talk.say("anna@example.com")
    assert said(turn)[-1] == MORE
    assert said(talk.tap("When is my event?"))[-1] == "utter_ask_ticket"


def test_what_was_named_beside_it_is_known_when_it_is_taken_up():
    text = "where is it? and when is HR-7K2M9Q?"
    talk = asked(text, {"order_status": 0.45, "event_when": 0.4})
    talk.tap(TRACK)
    for one in ("48213", "anna@example.com"):
        turn = talk.say(one)
    assert said(turn)[-1] == MORE
    told = said(talk.tap("When is my event?"))
    assert told[0] == "utter_event_when_scheduled"


def test_a_state_of_before_knows_of_no_wish():
    stored = taken().state.to_json()
    del stored["wishes"]
    assert State.from_json(stored).wishes == ()
