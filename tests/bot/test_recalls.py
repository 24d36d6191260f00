"""Reminders of actions: of one customer, once, and off when something has changed."""

from datetime import timedelta

import pytest
from rasa_sdk.events import ReminderCancelled, ReminderScheduled

from bot import effects
from bot.effects import Whose
from tests.dialogue import RESPONSES
from tests.floor import Floor

HELLO = RESPONSES.plain("utter_greet")


@pytest.fixture
def floor(database):
    found = Floor(database)
    found.says("thanks")
    return found


def returns(floor, *events, conversation=1):
    """Let an action of a turn return events."""

    def job(connection):
        whose = Whose(
            connection=connection,
            conversation_id=conversation,
            customer_id=conversation,
            now=floor.clock(),
        )
        effects.apply(whose, events)

    floor.write(job)


def in_an_hour(floor, intent="greet", **more):
    due = floor.clock() + timedelta(hours=1)
    return ReminderScheduled(intent, due, **more)


def states(floor):
    rows = floor.all("SELECT * FROM timer ORDER BY id")
    return [row.state for row in rows if row.kind.startswith("recall")]


def test_its_intent_begins_when_it_is_due_and_once(floor):
    returns(floor, in_an_hour(floor))
    assert floor.passes(minutes=59) == []
    assert floor.passes(minutes=1) == [HELLO]
    assert floor.passes(hours=2) == []


def test_its_entities_come_with_it(floor):
    named = {"order_number": "48213"}
    returns(floor, in_an_hour(floor, "order_status", entities=named))
    (asked,) = floor.passes(hours=1)
    assert "is order 48213 under?" in asked


def test_the_customers_next_message_ends_it(floor):
    returns(floor, in_an_hour(floor))
    floor.says("thanks")
    assert floor.passes(hours=2) == []


def test_one_that_is_to_stay_stays(floor):
    returns(floor, in_an_hour(floor, kill_on_user_message=False))
    floor.says("thanks")
    assert floor.passes(hours=1) == [HELLO]


def test_one_of_the_same_name_is_moved(floor):
    returns(floor, in_an_hour(floor, name="again"))
    floor.clock.advance(minutes=30)
    returns(floor, in_an_hour(floor, name="again"))
    assert floor.passes(minutes=30) == []
    assert floor.passes(minutes=30) == [HELLO]


@pytest.mark.parametrize(
    "event", [ReminderCancelled(name="again"), ReminderCancelled(intent_name="greet")]
)
def test_it_is_called_off_by_name_or_intent(floor, event):
    returns(floor, in_an_hour(floor, name="again"))
    returns(floor, ReminderCancelled(name="another"), event)
    assert floor.passes(hours=2) == []


def test_another_customers_reminder_of_the_same_name_is_another(floor):
    floor.says("thanks", psid="777")
    returns(floor, in_an_hour(floor, name="again"))
    returns(floor, in_an_hour(floor, name="again"), conversation=2)
    returns(floor, ReminderCancelled(name="again"), conversation=2)
    assert floor.passes(hours=1) == [HELLO]


def test_after_the_window_nothing_is_said(floor):
    due = floor.clock() + timedelta(hours=25)
    returns(floor, ReminderScheduled("greet", due, kill_on_user_message=False))
    assert floor.passes(hours=25) == []


def test_a_time_that_is_none_sets_nothing(floor):
    returns(floor, {"event": "reminder", "intent": "greet", "date_time": "soon"})
    assert states(floor) == []
