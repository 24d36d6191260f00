"""The shape that a shop's developer may serve, as docs/orders.md describes it."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from flows.ports import PortError
from tests.bot.shop.conftest import Unguarded, opened, source
from tests.shops.rest import Rest
from tests.shops.server import Sold

DOCS = Path(__file__).parents[3] / "docs" / "orders.md"
MINE = "anna@example.com"


@pytest.fixture
def shop():
    with opened(Rest) as shop:
        yield shop


@pytest.fixture
def find(shop):
    orders = Unguarded(source(shop))
    return lambda proof=MINE: orders.find("48213", proof)


def test_the_example_of_the_docs_is_read_as_they_say(shop, find):
    written = re.search(r"```json\n(\{.*?\n\})\n```", DOCS.read_text(), re.DOTALL)
    example = json.loads(written[1])
    shop.sold = [Sold(number="48213", about=example)]
    order = find(example["email"])
    assert order == find(example["postcode"])
    assert (order.number, order.status) == (example["number"], "partially_shipped")
    first, second = order.parcels
    assert (first.courier, first.tracking_number) == ("DHL", "JD0003")
    assert (first.status, first.expected) == ("in_transit", date(2026, 11, 30))
    assert (second.status, second.tracking_url) == ("pending", None)


def test_a_state_outside_the_docs_is_left_to_a_person_and_shown_to_nobody(shop, find):
    shop.sold = [Sold(number="48213", about={"status": "sent"})]
    with pytest.raises(PortError, match=r"docs/orders\.md"):
        find()
    assert find("eve@example.com") is None


def test_another_order_than_the_one_asked_for_is_not_told(shop, find):
    shop.sold = [Sold(number="48213", about={"number": "50001"})]
    assert find() is None


def test_a_page_that_is_not_there_is_not_called_an_unknown_order(shop, find):
    shop.fault = "missing"
    with pytest.raises(PortError, match="404"):
        find()
    assert "ORDERS_URL" in source(shop).diagnosis().cure


@pytest.mark.parametrize("parcels", [None, "x", [None, 5, "x"], {"a": 1}])
def test_nonsense_instead_of_parcels_is_none(shop, find, parcels):
    shop.sold = [Sold(number="48213", about={"parcels": parcels})]
    assert find().parcels == ()


def test_the_list_of_the_docs_is_read_as_they_say(shop):
    written = DOCS.read_text().split("```json\n")[1:]
    (text,) = [one.partition("```")[0] for one in written if '"orders"' in one]
    listed = json.loads(text)
    shop.sold = [Sold(number=one["number"], about=one) for one in listed["orders"]]
    found = [one.tell() for one in source(shop).records_of(MINE)]
    assert [one.number for one in found] == [one["number"] for one in listed["orders"]]
    assert found[0].placed == date(2026, 11, 23)


def test_a_shop_that_serves_no_list_is_not_called_one_without_orders(shop):
    shop.searches = False
    with pytest.raises(PortError, match="404"):
        source(shop).records_of(MINE)


def test_an_address_stands_in_no_line_of_a_shops_log(shop):
    source(shop).records_of(MINE)
    assert "anna" not in shop.asked[-1].path + str(shop.asked[-1].query)


def test_how_refund_and_return_stand_is_read_as_the_docs_say(shop, find):
    about = {"refund": "partial", "refunded_on": "2026-11-20", "return": "received"}
    shop.sold = [Sold(number="48213", about=about)]
    order = find()
    assert (order.refund, order.refunded) == ("partial", date(2026, 11, 20))
    assert order.returned == "received"


@pytest.mark.parametrize("word", ["", "paid_back", None, 5])
def test_what_a_shop_does_not_say_of_a_refund_is_left_to_a_person(shop, find, word):
    shop.sold = [Sold(number="48213", about={"refund": word, "return": word})]
    assert (find().refund, find().returned) == (None, None)
