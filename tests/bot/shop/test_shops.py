"""What holds of every shop on the network, asked over real HTTP."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from bot.guard import Guard
from bot.pace import Pace
from bot.shop import web
from bot.shop.orders import GuardedOrders
from flows.ports import PortError
from tests.bot.shop.conftest import source
from tests.dialogue import Conversation, assistant, said, words
from tests.shops.server import Sold

INJECTED = [
    "48213 OR name:*",
    "48213' OR name:'*",
    '48213" OR "1"="1',
    "*",
    "name:*",
    "../orders/48213",
    "48213/",
    "48213?number=1",
    "48213&search=",
    "48213%00",
    "48213\n",
    "",
    "#",
    "4" * 21,
    "٤٨٢١٣x",
]
FAULTS = [
    "throttled",
    "broken",
    "html",
    "missing",
    "redirect",
    "null",
    "half",
    "silent",
    "huge",
]


@pytest.mark.parametrize("proof", ["Anna@Example.com ", "sw1a1aa", "SW1A 1AA"])
@pytest.mark.parametrize("number", ["48213", "#48213"])
def test_an_order_is_found_with_its_number_and_a_proof(orders, number, proof):
    assert orders.find(number, proof).number == "48213"


@pytest.mark.parametrize(
    ("number", "proof"),
    [
        ("48213", "eve@example.com"),
        ("48213", "SW1A 1AB"),
        ("48213", "B1 1BB"),  # where the bill went, not the parcel
        ("48213", ""),
        ("48213", "-"),
        ("48214", "anna@example.com"),
        ("4821", "anna@example.com"),
        ("7001", "anna@example.com"),  # the id of a shop that numbers otherwise
    ],
)
def test_and_with_no_other(orders, number, proof):
    assert orders.find(number, proof) is None


@pytest.mark.parametrize("number", INJECTED)
def test_a_number_that_is_more_than_a_number_reaches_no_shop(shop, orders, number):
    assert orders.find(number, "anna@example.com") is None
    assert shop.asked == []


def test_an_order_without_a_proof_of_its_own_is_nobodys(shop, orders):
    shop.sold = [Sold(number="48213", email="", postcode="")]
    for proof in ("", " ", "-", "None", "null"):
        assert orders.find("48213", proof) is None


def test_an_unknown_order_is_as_many_calls_as_a_wrong_proof(shop, orders):
    orders.find("48213", "eve@example.com")
    wrong = len(shop.asked)
    orders.find("48214", "eve@example.com")
    assert (wrong, len(shop.asked)) == (1, 2)


def test_what_a_customer_gave_as_proof_is_told_no_shop(shop, orders):
    orders.find("48213", "eve@example.com")
    assert "eve@" not in str(shop.asked)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_shop_that_does_not_answer_is_no_unknown_order(shop, orders, fault):
    shop.fault = fault
    with pytest.raises(PortError) as error:
        orders.find("48213", "anna@example.com")
    assert "48213" not in str(error.value)
    assert len(shop.asked) == 1
    shop.fault = None
    assert orders.find("48213", "anna@example.com")


@pytest.mark.parametrize("fault", ["slow", "dripping"])
def test_nobody_waits_longer_than_three_seconds_in_all(shop, orders, fault):
    shop.fault, began = fault, time.monotonic()
    with pytest.raises(PortError, match="no answer in 3"):
        orders.find("48213", "anna@example.com")
    assert 2.9 < time.monotonic() - began < 3.4


def test_a_server_that_is_not_there_is_a_port_error(shop):
    asks = source(shop)
    shop.shutdown()
    shop.server_close()
    with pytest.raises(PortError):
        asks.records("48213")


def test_a_shop_that_hangs_holds_only_so_many_calls(shop, monkeypatch):
    monkeypatch.setattr(web, "AT_ONCE", 0)
    with pytest.raises(PortError, match="hang already"):
        source(shop).records("48213")


def test_more_calls_than_go_at_once_wait_for_one_another(shop):
    shop.pause, asks = 0.1, source(shop)
    with ThreadPoolExecutor(40) as pool:
        found = list(pool.map(lambda _: asks.records("48213"), range(40)))
    assert all(found)


def test_no_proxy_of_the_environment_reads_along(shop, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert source(shop).records("48213")


def test_a_refused_secret_is_named_with_its_cure(shop):
    asks = source(shop, token="wrong")
    with pytest.raises(PortError, match="401"):
        asks.records("48213")
    found = asks.diagnosis()
    assert not found.well
    assert any(name in found.cure for name in ("ACCESS_TOKEN", "_KEY", "ORDERS_TOKEN"))


def test_a_shop_that_answers_is_well(shop):
    found = source(shop).diagnosis()
    assert (found.well, found.notes) == (True, ())
    shop.fault = "html"
    assert not source(shop).diagnosis().well


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
class TestConversation:
    @pytest.fixture
    def orders(self, shop, database):
        guard = Guard("order", database, "a-key-of-tests", Pace(least=0))
        return GuardedOrders(source(shop), guard)

    @pytest.fixture
    def talk(self, orders):
        return Conversation(assistant(orders=orders))

    def test_the_owner_is_told_where_their_order_is(self, talk):
        talk.say("where is my parcel?")
        talk.say("48213")
        turn = talk.say("anna@example.com")
        assert said(turn) == ["utter_order_processing"]
        assert "48213" in words(turn)
        assert "Secret" not in words(turn)

    def test_who_has_proved_it_need_not_again(self, shop, talk):
        for text in ("where is my parcel?", "48213", "anna@example.com"):
            talk.say(text)
        shop.sold[0].about["status"] = "cancelled"
        talk.say("where is my parcel?")
        turn = talk.say("48213")
        first, *more = said(turn)
        assert first.startswith("utter_order_")
        assert more in ([], ["utter_told_again"])
        talk.say("where is my parcel?")
        assert said(talk.say("48214")) == ["utter_ask_email_or_postcode"]

    def test_somebody_else_hears_what_they_hear_of_an_unknown_order(self, shop, orders):
        heard = []
        for number in ("48213", "48214"):
            talk = Conversation(assistant(orders=orders))
            talk.say("where is my parcel?")
            talk.say(number)
            misses = [talk.say(f"{who}@example.com") for who in ("eve", "sam")]
            heard.append([words(turn) for turn in misses])
        assert heard[0] == heard[1]
        assert "utter_order_not_found" in said(misses[0])
        assert "utter_ask_person_wanted" in said(misses[1])

    def test_while_the_shop_is_down_a_person_is_fetched(self, shop, talk):
        shop.fault = "broken"
        talk.say("where is my parcel?")
        talk.say("48213")
        turn = talk.say("anna@example.com")
        assert "utter_handoff_error" in said(turn)
        assert turn.handoff.reason == "error"
        assert "48213" in turn.handoff.summary


class TestListed:
    """The orders of an address, of which the customer has proved that it is theirs."""

    @pytest.fixture
    def several(self, shop):
        shop.sold = [
            Sold(number="48213", placed="2026-11-20"),
            Sold(number="50001", placed="2026-11-23", email="ANNA@example.com"),
            Sold(number="60002", placed="2026-11-24", email="ben@example.com"),
            Sold(number="48100", placed="2025-12-02", old=True),
        ]
        return shop

    @pytest.fixture
    def mine(self, several, database):
        class Proved:
            address = "anna@example.com"

            def proved(self, customer):
                return (self.address, 0.0) if customer == "anna" else None

        guard = Guard("order", database, "a-key-of-tests", Pace(least=0))
        orders = GuardedOrders(source(several), guard, Proved())
        return lambda who="anna": orders.mine(who)

    def test_are_theirs_the_newest_first_with_day_and_state(self, mine):
        assert [(one.number, one.status) for one in mine()] == [
            ("50001", "processing"),
            ("48213", "processing"),
            ("48100", "processing"),
        ]
        # By the clock of the shop; it is in London, and was sold late in its evening.
        assert mine()[1].placed == date(2026, 11, 20)

    def test_and_the_shop_is_asked_for_nobody_elses(self, several, mine):
        assert mine("eve") is None
        assert several.asked == []

    def test_are_not_those_of_an_address_that_holds_theirs(self, several, mine):
        several.sold += [
            Sold(number="70001", email="joanna@example.com"),
            Sold(number="70002", email="anna@example.com.attacker.example"),
            Sold(number="70003", email=""),
        ]
        assert {one.number for one in mine()} == {"50001", "48213", "48100"}

    def test_of_which_one_can_not_be_read_are_the_others(self, several, mine):
        strange = {"status": "in-the-oven", "cancelledAt": ["?"]}
        several.sold[1].about = strange
        assert "48213" in {one.number for one in mine()}

    @pytest.mark.parametrize("fault", FAULTS)
    def test_are_no_empty_list_where_the_shop_does_not_answer(
        self, several, mine, fault
    ):
        several.fault = fault
        with pytest.raises(PortError) as error:
            mine()
        assert "anna" not in str(error.value)

    @pytest.mark.parametrize(
        "address", ["anna'@example.com", "*@example.com", "a b@example.com"]
    )
    def test_an_address_with_syntax_in_it_widens_no_search(self, several, address):
        found = source(several).records_of(address)
        assert [one for one in found if one.email == address] == []
        searched = [one for one in several.asked if "/orders/search" not in one.path]
        assert searched == []  # what is no search takes an address as it is
