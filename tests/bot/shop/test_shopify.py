"""Shopify's ways: a search that must not be widened, 60 days, its words for states."""

from datetime import date

import pytest

from flows.ports import PortError
from tests.bot.shop.conftest import Unguarded, opened, source
from tests.shops.server import Sold
from tests.shops.shopify import Shopify

MINE = "anna@example.com"


@pytest.fixture
def shop():
    with opened(Shopify, Sold(number="#48213")) as shop:
        yield shop


@pytest.fixture
def find(shop):
    orders = Unguarded(source(shop))
    return lambda number="48213", proof=MINE: orders.find(number, proof)


def sent(status="IN_TRANSIT", *tracking, **more):
    return {"displayStatus": status, "trackingInfo": list(tracking), **more}


def states(shop, **about):
    shop.sold = [Sold(number="#48213", about=about)]


def test_what_the_search_finds_beside_it_is_not_told(shop, find):
    other = Sold(number="#48213-A", about={"cancelledAt": "2026-11-20T10:00:00Z"})
    shop.sold.insert(0, other)
    assert find().status == "processing"
    assert find("48213-A").status == "cancelled"


def test_of_two_orders_of_one_name_each_customer_is_told_theirs(shop, find):
    theirs = Sold(number="#48213", email="ben@example.com", postcode="EH3 3BR")
    theirs.about = {"cancelledAt": "2026-11-20T10:00:00Z"}
    shop.sold.insert(0, theirs)
    assert find().status == "processing"
    assert find(proof="ben@example.com").status == "cancelled"


def test_an_order_of_a_shop_without_a_sign_before_its_numbers_is_found(shop, find):
    shop.sold = [Sold(number="EN48213")]
    assert find("en48213").number == "EN48213"


def test_after_60_days_the_scope_is_needed_and_the_doctor_says_so(shop, find):
    shop.sold = [Sold(number="#48213", old=True)]
    assert find()
    shop.scopes = ["read_orders", "read_returns"]
    assert find() is None
    found = source(shop).diagnosis()
    assert found.well
    (note,) = found.notes
    assert "60 days" in note
    assert "read_all_orders" in note


def test_an_app_without_the_scope_is_not_well(shop, find):
    shop.scopes = ["read_products"]
    with pytest.raises(PortError, match="ACCESS_DENIED"):
        find()
    assert "read_orders" in source(shop).diagnosis().cure


def test_to_be_throttled_is_said_with_200_and_is_no_unknown_order(shop, find):
    shop.fault = "throttled"
    with pytest.raises(PortError, match="THROTTLED"):
        find()


@pytest.mark.parametrize(
    ("about", "status"),
    [
        ({"cancelledAt": "2026-11-20T10:00:00Z"}, "cancelled"),
        ({"displayFinancialStatus": "REFUNDED"}, "refunded"),
        ({"displayFinancialStatus": "PARTIALLY_REFUNDED"}, "processing"),
        # Cash on delivery waits as well, and is prepared.
        ({"displayFinancialStatus": "PENDING"}, "processing"),
        ({"displayFinancialStatus": "EXPIRED"}, "unpaid"),
        ({"displayFulfillmentStatus": "ON_HOLD"}, "processing"),
        ({"displayFulfillmentStatus": "PARTIALLY_FULFILLED"}, "partially_shipped"),
        ({"displayFulfillmentStatus": "FULFILLED"}, "shipped"),
    ],
)
def test_its_state_is_told_in_our_words(shop, find, about, status):
    states(shop, **about)
    assert find().status == status


def test_it_is_delivered_once_every_parcel_is(shop, find):
    parcels = [sent("DELIVERED"), sent("IN_TRANSIT")]
    states(shop, displayFulfillmentStatus="FULFILLED", fulfillments=parcels)
    assert find().status == "shipped"
    parcels[1] = sent("PICKED_UP")
    assert find().status == "delivered"


def test_a_parcel_has_its_courier_its_page_and_its_day_where_the_shop_is(shop, find):
    royal = {"company": "Royal Mail", "number": "RM1", "url": None}
    other = {"company": "Bote", "number": "B2", "url": "https://bote.example/B2"}
    unsafe = {"company": "Bote", "number": "B3", "url": "javascript:alert(1)"}
    due = sent(
        "OUT_FOR_DELIVERY",
        royal,
        other,
        unsafe,
        estimatedDeliveryAt="2026-06-30T23:30:00Z",
    )
    states(shop, displayFulfillmentStatus="FULFILLED", fulfillments=[due, sent()])
    first, second, third, bare = find().parcels
    assert (first.courier, first.tracking_number) == ("Royal Mail", "RM1")
    assert first.tracking_url.endswith("/RM1")
    assert (first.status, first.expected) == ("out_for_delivery", date(2026, 7, 1))
    assert second.tracking_url == "https://bote.example/B2"
    assert third.tracking_url is None
    assert (bare.status, bare.tracking_number) == ("in_transit", None)


def test_a_list_is_without_orders_older_than_60_days_unless_there_is_the_scope(shop):
    shop.sold = [Sold(number="#48213"), Sold(number="#48100", old=True)]
    assert len(source(shop).records_of(MINE)) == 2
    shop.scopes = ["read_orders"]
    assert [one.number for one in source(shop).records_of(MINE)] == ["#48213"]


def test_what_else_the_search_for_an_address_finds_bears_its_own(shop):
    shop.sold.append(Sold(number="#50001", email="example.com@other.example"))
    found = source(shop).records_of("anna@example.com")
    assert [one.email for one in found] == ["anna@example.com"]


@pytest.mark.parametrize(
    ("about", "refund", "refunded"),
    [
        ({}, "none", None),
        ({"displayFinancialStatus": "REFUNDED"}, "full", None),
        (
            {
                "displayFinancialStatus": "PARTIALLY_REFUNDED",
                "refunds": [
                    {"createdAt": "2026-11-02T10:00:00Z"},
                    {"createdAt": "2026-11-20T10:00:00Z"},
                ],
            },
            "partial",
            date(2026, 11, 20),
        ),
        # An item was taken out of the order before it was paid: no money went back.
        ({"refunds": [{"createdAt": "2026-11-20T10:00:00Z"}]}, "none", None),
        ({"displayFinancialStatus": "VOIDED"}, "none", None),
    ],
)
def test_how_a_refund_stands_is_told_in_our_words(shop, find, about, refund, refunded):
    states(shop, **about)
    assert (find().refund, find().refunded) == (refund, refunded)


@pytest.mark.parametrize(
    ("word", "returned"),
    [
        ("NO_RETURN", "none"),
        ("RETURN_REQUESTED", "requested"),
        ("IN_PROGRESS", "agreed"),
        ("INSPECTION_COMPLETE", "received"),
        ("RETURNED", "received"),
        ("RETURN_FAILED", "failed"),
        ("SOMETHING_NEW", None),
    ],
)
def test_how_a_return_stands_is_told_in_our_words(shop, find, word, returned):
    states(shop, returnStatus=word)
    assert find().returned == returned


def test_an_app_that_may_not_see_returns_sees_orders_all_the_same(shop, find):
    shop.scopes = ["read_orders", "read_all_orders"]
    assert find().returned is None
    assert find().status == "processing"
    orders = Unguarded(source(shop))
    shop.asked.clear()
    for _ in range(3):
        orders.find("48213", MINE)
    # It is refused once, and not asked for again.
    assert ["returnStatus" in one.body["query"] for one in shop.asked] == [
        True,
        False,
        False,
        False,
    ]
    assert "read_returns" in source(shop).diagnosis().notes[0]


def test_what_is_refused_for_another_reason_is_refused(shop, find):
    shop.scopes = ["read_returns"]
    with pytest.raises(PortError, match="ACCESS_DENIED"):
        find()
