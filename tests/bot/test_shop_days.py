"""Which day is it to whom an order is told? The one on the shop's wall."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.hours import Hours
from flows.ports import Order, Parcel
from tests.dialogue import Conversation, FakeOrders, assistant, said, words

DUE = date(2026, 11, 24)
#: Thirteen hours ahead of UTC in November, and eight behind it.
EAST, WEST = "Pacific/Auckland", "America/Los_Angeles"


def at(day, hour, minute=0):
    """A moment by the clock of UTC, in November."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def talks(now, zone, **order):
    """A conversation with a shop that has one order, at a moment."""
    orders = FakeOrders()
    parcel = Parcel(status="in_transit", expected=DUE)
    made = Order(number="48213", status="shipped", parcels=(parcel,))
    orders.orders = {"48213": replace(made, **order)}
    return Conversation(assistant(orders=orders), now=now, hours=Hours(zone=zone))


@pytest.mark.parametrize(
    ("zone", "now", "told"),
    [
        ("UTC", at(24, 23, 59), "utter_parcel_expected"),
        ("UTC", at(25, 0), "utter_parcel_late"),
        # One day by UTC, two in Auckland: it is late there while it isn't here.
        (EAST, at(24, 10, 59), "utter_parcel_expected"),
        (EAST, at(24, 11), "utter_parcel_late"),
        # In Los Angeles the day has eight more hours.
        (WEST, at(25, 7, 59), "utter_parcel_expected"),
        (WEST, at(25, 8), "utter_parcel_late"),
    ],
)
def test_a_parcel_is_late_once_its_day_is_over_where_the_shop_is(zone, now, told):
    talk = talks(now, zone)
    talk.say("where is my parcel?")
    turn = talk.say("48213 anna@example.com")
    assert told in said(turn)
    assert len({"utter_parcel_expected", "utter_parcel_late"} & {*said(turn)}) == 1


@pytest.mark.parametrize(
    ("zone", "now", "day"),
    [
        # On New Year's Eve by UTC the shop may be a year on, or a year behind.
        (EAST, datetime(2026, 12, 31, 10, tzinfo=UTC), "Thursday 31 December."),
        (EAST, datetime(2026, 12, 31, 12, tzinfo=UTC), "Thursday 31 December 2026."),
        (WEST, datetime(2027, 1, 1, 7, tzinfo=UTC), "Thursday 31 December."),
        (WEST, datetime(2027, 1, 1, 9, tzinfo=UTC), "Thursday 31 December 2026."),
    ],
)
def test_a_year_is_said_where_the_shop_has_another(zone, now, day):
    given = date(2026, 12, 31)
    talk = talks(now, zone, parcels=(), refund="full", refunded=given)
    talk.say("where is my refund?")
    turn = talk.say("48213 anna@example.com")
    assert f"refunded on {day}" in words(turn)
