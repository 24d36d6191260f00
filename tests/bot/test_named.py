"""Days, amounts and telephone numbers fill slots of shops that ask for them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot import named
from bot.hours import Hours
from bot.turn import Heard, take_turn
from flows.domain import Filling, Slot
from flows.stack import State
from tests.dialogue import assistant

NOW = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
TEXT = "can you bring it tomorrow at 5, it cost €25, my number is 06 12 34 56 78"


def entities(text, *wanted, zone="Europe/Paris", country=None):
    """The entities of a turn in a shop that has a slot for each of *wanted*."""
    found = assistant()
    slots = {
        one: Slot(
            name=one, kind="text", fillings=(Filling(kind="from_entity", entity=one),)
        )
        for one in wanted
    }
    domain = replace(found.domain, slots=found.domain.slots | slots)
    heard = Heard(event_id=1, kind="text", text=text)
    turn = take_turn(
        heard,
        State(),
        [],
        replace(found, domain=domain),
        psid="1",
        now=NOW,
        disclose=False,
        hours=Hours(zone=zone),
        country=country,
    )
    return {one["entity"]: one["value"] for one in turn.trace["parse"]["entities"]}


def test_what_no_slot_asks_for_is_not_looked_for():
    assert entities(TEXT) == {"phone": "06 12 34 56 78"}


def test_a_day_is_that_of_the_shops_zone():
    """It is the 26th in Paris already."""
    assert entities(TEXT, "time")["time"] == "2026-11-27T17:00:00+01:00"
    utc = entities(TEXT, "time", zone="UTC")["time"]
    assert utc == "2026-11-26T17:00:00+00:00"


def test_amounts_and_telephone_numbers_have_one_spelling():
    found = entities(TEXT, "amount-of-money", "phone")
    assert found == {"amount-of-money": "25 EUR", "phone": "+33612345678"}


def test_a_number_is_of_the_customers_country_if_that_is_known():
    found = entities("call 07400 123456", "phone", country="GB")
    assert found == {"phone": "+447400123456"}
    assert entities("call 07400 123456", "phone") == {"phone": "07400 123456"}


@pytest.mark.parametrize(
    ("country", "day"), [("US", "2027-03-12"), ("GB", "2026-12-03")]
)
def test_an_american_writes_the_month_first(country, day):
    assert entities("3/12", "time", country=country)["time"] == day


def test_an_amount_is_no_day():
    place = named.place(NOW, "UTC", None)
    parse = {"text": "€3.12", "language": "en", "entities": []}
    told = named.also(parse, {"time", "amount-of-money"}, place)["entities"]
    assert [one["value"] for one in told] == ["3.12 EUR"]
