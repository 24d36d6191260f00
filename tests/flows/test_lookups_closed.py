"""What a customer is told once there were too many tries: the truth, and a person."""

import pytest

from tests.dialogue import Conversation, FakeCalendar, FakeOrders, assistant, said

ORDER = ("where is my parcel?", "48213", "anna@example.com")
TICKET = ("when is the concert?", "HR-7K2M9Q", "anna@example.com")


@pytest.mark.parametrize("texts", [ORDER, TICKET], ids=["order", "ticket"])
def test_a_person_is_offered_at_once_and_comes(texts):
    orders, calendar = FakeOrders(), FakeCalendar()
    orders.closed = calendar.closed = True
    talk = Conversation(assistant(orders=orders, calendar=calendar))
    for text in texts:
        turn = talk.say(text)
    assert said(turn) == ["utter_lookup_closed", "utter_ask_person_wanted"]
    turn = talk.say("yes")
    assert turn.handoff.reason == "misses"
    assert texts[1] in turn.handoff.summary
