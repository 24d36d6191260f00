"""WooCommerce's ways: a search in place of a filter, parcels as plug-ins keep them."""

import json
from datetime import date

import pytest

from bot.shop.woocommerce import WooCommerceOrders
from flows.ports import PortError
from tests.bot.shop.conftest import LONDON, Unguarded, opened, source
from tests.shops.server import Sold
from tests.shops.woocommerce import KEYS, WooCommerce

MINE = "anna@example.com"


@pytest.fixture
def shop():
    with opened(WooCommerce, Sold(number="48213")) as shop:
        yield shop


@pytest.fixture
def find(shop):
    orders = Unguarded(source(shop))
    return lambda number="48213", proof=MINE: orders.find(number, proof)


def tracked(shop, value, key="_wc_shipment_tracking_items", status="completed"):
    meta = [{"id": 1, "key": "_other", "value": "x"}, {"key": key, "value": value}]
    shop.sold = [Sold(number="48213", about={"meta_data": meta, "status": status})]


def test_the_very_number_is_looked_for_among_all_that_holds_it(shop, find):
    phoned = Sold(number="50001", about={"phone": "0148213", "status": "cancelled"})
    longer = Sold(number="482131", about={"status": "cancelled"})
    shop.sold = [phoned, longer, *shop.sold]
    assert find().status == "processing"
    assert find("4821") is None


def test_an_order_that_may_be_on_the_next_page_is_not_called_unknown(shop, find):
    many = [
        Sold(number=str(n), about={"phone": "0148213"}) for n in range(60000, 60100)
    ]
    shop.sold = [*many, *shop.sold]
    with pytest.raises(PortError, match="too many"):
        find()


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("pending", "unpaid"),
        ("on-hold", "unpaid"),
        ("failed", "unpaid"),
        ("processing", "processing"),
        ("completed", "shipped"),
        ("cancelled", "cancelled"),
        ("refunded", "refunded"),
    ],
)
def test_its_state_is_told_in_our_words(shop, find, word, status):
    shop.sold = [Sold(number="48213", about={"status": word})]
    assert find().status == status


def test_a_state_of_a_plugin_is_shown_to_nobody_and_left_to_a_person(shop, find):
    shop.sold = [Sold(number="48213", about={"status": "in-the-oven"})]
    with pytest.raises(PortError, match="do not know"):
        find()
    assert find(proof="eve@example.com") is None


def test_parcels_of_shipment_tracking_are_told(shop, find):
    items = [
        {"tracking_provider": "Royal Mail", "tracking_number": "RM1"},
        {
            "custom_tracking_provider": "Bote",
            "tracking_number": "B2",
            "custom_tracking_link": "https://bote.example/B2",
        },
    ]
    tracked(shop, items)
    first, second = find().parcels
    assert (first.courier, first.status) == ("Royal Mail", "in_transit")
    assert first.tracking_url.endswith("/RM1")
    assert (second.courier, second.tracking_url) == ("Bote", "https://bote.example/B2")


def test_a_label_of_an_order_in_preparation_is_not_yet_under_way(shop, find):
    tracked(shop, [{"tracking_number": "RM1"}], status="processing")
    assert find().parcels[0].status == "info_received"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("_tracking", "RM1"),
        ("_tracking", ["RM1"]),
        ("_tracking.parcel.no", {"parcel": {"no": "RM1"}}),
        ("_tracking.list", json.dumps({"list": [{"tracking_number": "RM1"}]})),
    ],
)
def test_another_plugin_keeps_them_elsewhere(shop, path, value):
    tracked(shop, value, key="_tracking")
    asks = WooCommerceOrders(shop.url, KEYS, path.split("."), LONDON)
    (parcel,) = Unguarded(asks).find("48213", MINE).parcels
    assert parcel.tracking_number == "RM1"


def test_what_a_plugin_knows_of_the_courier_is_told(shop, find):
    item = {
        "tracking_number": "RM1",
        "tracking_status": "Delivered",
        "expected_on": "2026-12-24",
    }
    tracked(shop, [item])
    order = find()
    assert order.status == "delivered"
    assert order.parcels[0].expected == date(2026, 12, 24)


@pytest.mark.parametrize("value", [None, 5, "", "[broken", [None, []], {"a": 1}])
def test_nonsense_in_its_place_is_no_error(shop, find, value):
    tracked(shop, value)
    assert find().status == "shipped"


def test_a_list_has_no_cart_that_was_left_and_no_address_that_only_holds_it(shop):
    shop.sold = [
        Sold(number="48213"),
        Sold(number="50001", about={"status": "checkout-draft"}),
        Sold(number="50002", email="joanna@example.com"),
    ]
    found = source(shop).records_of(MINE)
    assert [one.number for one in found] == ["48213", "50002"]
    assert shop.asked[-1].one("orderby") == "date"


def test_the_day_is_that_where_the_shop_is(shop):
    shop.sold = [Sold(number="48213", placed="2026-06-30")]  # at 23:30 Greenwich time
    (record,) = source(shop).records_of(MINE)
    assert record.tell().placed == date(2026, 7, 1)
    shop.sold[0].about["date_created_gmt"] = "yesterday"
    assert source(shop).records_of(MINE)[0].tell().placed is None


@pytest.mark.parametrize(
    ("about", "refund"),
    [
        ({}, "none"),
        ({"status": "refunded"}, "full"),
        ({"refunds": [{"id": 1, "reason": "", "total": "-10.00"}]}, "partial"),
        ({"refunds": [{"total": "-10.00"}, {"total": "-49.80"}]}, "full"),
        # Put into stock again, and no money given back.
        ({"refunds": [{"total": "-0.00"}]}, "none"),
        ({"refunds": [{"total": "what?"}, None, {"total": None}]}, "none"),
    ],
)
def test_how_a_refund_stands_follows_from_what_went_back(shop, find, about, refund):
    shop.sold = [Sold(number="48213", about=about)]
    assert find().refund == refund
    assert find().returned is None
