"""Notices over real HTTP: stored once, answered in time, worked off in order."""

import time
from datetime import timedelta
from decimal import Decimal

import pytest
from structlog.testing import capture_logs

from bot.shop.notices.working import Working
from bot.shop.tables import TableOrders
from bot.store.retention import forget
from flows.contents import Money
from tests.bot.shop.notices.conftest import OLD, after, on_sqlite
from tests.shops.senders import (
    ShopifySender,
    WooCommerceSender,
    described_order,
    shopify_fulfillment,
    shopify_order,
    woocommerce_order,
)

SENT = {"fulfillment_status": "fulfilled"}


class TestShopify:
    def test_an_order_is_stored_before_it_is_answered_and_worked_off_later(
        self, desk, shopify
    ):
        assert shopify.send("orders/updated", shopify_order(**SENT)) == 200
        assert desk.counts() == {"new": 1}
        assert desk.states() == {}
        assert desk.works() == ["48213"]
        assert desk.states() == {"": "shipped"}
        assert desk.counts() == {"done": 1}

    def test_nothing_of_its_customer_is_kept(self, desk, shopify):
        shopify.send("orders/updated", shopify_order())
        desk.works()
        assert desk.bodies() == [b""]

    def test_sent_three_times_it_changes_once(self, desk, shopify):
        shopify.send("orders/updated", shopify_order(**SENT), times=3)
        assert shopify.statuses == [200, 200, 200]
        assert [one["again"] for one in shopify.answers] == [False, True, True]
        assert desk.works() == ["48213"]

    def test_one_event_under_two_topics_is_noted_under_both(self, desk, shopify):
        shopify.send("orders/updated", shopify_order(**SENT))
        shopify.send("orders/fulfilled", shopify_order(**SENT))
        desk.works()
        assert desk.states() == {"": "shipped"}
        assert desk.counts() == {"done": 2}

    def test_a_parcel_is_told_of_alone(self, desk, shopify):
        sent = shopify_fulfillment("in_transit")
        shopify.send("orders/updated", shopify_order(**SENT, fulfillments=[sent]))
        later = after(shopify_fulfillment("out_for_delivery"), 60)
        shopify.send("fulfillments/update", later)
        assert desk.works() == ["48213", "48213"]
        assert desk.states() == {"": "shipped", "RM1GB": "out_for_delivery"}

    def test_what_is_older_changes_nothing(self, desk, shopify):
        delivered = shopify_fulfillment("delivered")
        new = shopify_order(**SENT, fulfillments=[delivered])
        old = after(shopify_order(**SENT), -3600)
        shopify.send("orders/updated", new)
        shopify.send("orders/updated", old)
        shopify.send(
            "fulfillments/update", after(shopify_fulfillment("in_transit"), -9)
        )
        assert desk.works() == ["48213"]
        assert desk.states() == {"": "delivered", "RM1GB": "delivered"}
        assert desk.counts() == {"done": 3}

    def test_an_old_order_does_not_take_back_what_a_parcel_told(self, desk, shopify):
        later = after(shopify_fulfillment("out_for_delivery"), 60)
        shopify.send("fulfillments/update", later)
        sent = shopify_fulfillment("in_transit")
        shopify.send("orders/updated", shopify_order(**SENT, fulfillments=[sent]))
        desk.works()
        assert desk.states() == {"": "shipped", "RM1GB": "out_for_delivery"}

    @on_sqlite
    @pytest.mark.parametrize(
        ("about", "word"),
        [
            ({}, "processing"),
            ({"financial_status": "expired"}, "unpaid"),
            ({"fulfillment_status": "partial"}, "partially_shipped"),
            ({"cancelled_at": "2026-11-24T12:00:00Z", **SENT}, "cancelled"),
            ({"financial_status": "refunded", **SENT}, "refunded"),
        ],
    )
    def test_an_order_stands_as_the_admin_api_has_it(self, desk, shopify, about, word):
        shopify.send("orders/updated", shopify_order(**about))
        desk.works()
        assert desk.states()[""] == word

    @on_sqlite
    def test_a_shipment_that_was_called_off_is_no_parcel(self, desk, shopify):
        void = shopify_fulfillment("confirmed", status="cancelled")
        shopify.send("orders/updated", shopify_order(fulfillments=[void]))
        shopify.send("fulfillments/update", void)
        desk.works()
        assert desk.states() == {"": "processing"}

    @on_sqlite
    def test_another_shop_and_another_topic_are_answered_and_ignored(
        self, desk, shopify
    ):
        shopify.send("products/update", {"id": 1})
        shopify.domain = "evil.myshopify.com"
        shopify.send("orders/updated", shopify_order(**SENT))
        assert shopify.statuses == [200, 200]
        assert desk.counts() == {"ignored": 2}
        assert desk.bodies() == [b"", b""]
        assert desk.works() == []

    @on_sqlite
    def test_what_is_signed_and_no_order_is_ignored_with_a_reason(self, desk, shopify):
        for content in ({"name": "#1"}, [], {"updated_at": "2026-11-24T12:00:00Z"}):
            assert shopify.send("orders/updated", content) == 200
        assert desk.works() == []
        assert desk.counts() == {"ignored": 3}

    @on_sqlite
    def test_a_wrong_secret_loses_the_subscription_and_leaves_no_body(self, desk):
        stranger = desk.sender(ShopifySender, "a-secret-of-nobody-9")
        assert stranger.send("orders/updated", shopify_order()) == 401
        assert not stranger.subscribed
        assert desk.counts() == {}
        assert "anna" not in str(desk.refusals)

    @on_sqlite
    def test_the_secret_of_yesterday_counts_while_it_is_set(self, desk):
        old = desk.sender(ShopifySender, OLD)
        assert old.send("orders/updated", shopify_order()) == 200

    @on_sqlite
    def test_an_answer_does_not_wait_for_what_is_being_worked_off(self, desk, shopify):
        began = time.monotonic()
        for number in range(20):
            order = shopify_order(str(48000 + number))
            assert shopify.send("orders/updated", order) == 200
        assert time.monotonic() - began < 5
        assert len(desk.works()) == 20


class TestPrivacy:
    ORDER = shopify_order(**SENT)
    ASKED = {
        "shop_id": 954889,
        "shop_domain": "harbour.myshopify.com",
        "customer": {"id": 191167, "email": "anna@example.com", "phone": "1"},
    }

    @pytest.fixture
    def known(self, desk, shopify):
        for order in (self.ORDER, shopify_order("50001")):
            shopify.send("orders/updated", order)
        desk.works()
        return desk

    def audited(self, desk):
        with desk.database.read() as connection:
            return [
                tuple(row)
                for row in connection.exec_driver_sql(
                    "SELECT action, about FROM audit_entry ORDER BY id"
                )
            ]

    def test_a_customer_is_forgotten(self, known, shopify):
        ask = {**self.ASKED, "orders_to_redact": [self.ORDER["id"]]}
        assert shopify.send("customers/redact", ask) == 200
        known.works()
        assert (known.states(), known.states("50001")) == ({}, {"": "processing"})
        assert self.audited(known) == [("shop_had_erased", "customers/redact")]
        assert set(known.bodies()) == {b""}

    def test_a_shop_is_forgotten(self, known, shopify):
        shopify.send("shop/redact", {k: v for k, v in self.ASKED.items() if "s" in k})
        known.works()
        assert (known.states(), known.states("50001")) == ({}, {})

    def test_who_asks_for_their_data_is_told_to_an_admin(self, known, shopify):
        ask = {**self.ASKED, "orders_requested": [self.ORDER["id"], 5]}
        assert shopify.send("customers/data_request", ask) == 200
        known.works()
        assert self.audited(known) == [("shop_asked_for_data", "48213")]

    @on_sqlite
    def test_a_body_of_an_order_under_that_topic_erases_nothing(self, known, shopify):
        shopify.send("shop/redact", self.ORDER)
        known.works()
        assert known.states() == {"": "shipped"}


class TestWooCommerce:
    TRACKED = [
        {
            "key": "_wc_shipment_tracking_items",
            "value": [{"tracking_number": "RM1GB", "tracking_provider": "Royal Mail"}],
        }
    ]

    def test_saving_the_webhook_pings_and_orders_follow(self, desk, woocommerce):
        assert woocommerce.ping() == 200
        order = woocommerce_order()
        woocommerce.send("order.created", order)
        sent = after(order, 60, status="completed", meta_data=self.TRACKED)
        woocommerce.send("order.updated", sent, times=2)
        assert desk.works() == ["48213", "48213"]
        assert desk.states() == {"": "shipped", "RM1GB": "in_transit"}
        assert woocommerce.active

    @on_sqlite
    def test_an_older_one_under_a_new_delivery_changes_nothing(self, desk, woocommerce):
        order = woocommerce_order()
        woocommerce.send("order.updated", after(order, 60, status="completed"))
        woocommerce.send("order.updated", order)
        assert desk.works() == ["48213"]
        assert desk.states() == {"": "shipped"}

    @on_sqlite
    def test_a_cart_a_state_of_a_plug_in_and_what_was_deleted_are_let_be(
        self, desk, woocommerce
    ):
        woocommerce.send("order.updated", woocommerce_order(status="checkout-draft"))
        woocommerce.send("order.updated", woocommerce_order(status="wc-knitting"))
        woocommerce.send("order.deleted", {"id": 727})
        woocommerce.send("action.woocommerce_thing", {"action": "x"})
        assert woocommerce.statuses == [200] * 4
        assert desk.works() == []
        assert desk.counts() == {"done": 1, "ignored": 3}

    @on_sqlite
    def test_six_refusals_in_a_row_switch_it_off(self, desk):
        stranger = desk.sender(WooCommerceSender, "a-secret-of-nobody-9")
        for _ in range(6):
            assert stranger.send("order.updated", woocommerce_order()) == 401
        assert not stranger.active


class TestAShopOfOnesOwn:
    SHIPPED = described_order(
        status="shipped",
        parcels=[
            {
                "status": "in_transit",
                "courier": "DHL",
                "tracking_number": "JD0003",
                "expected_on": "2026-11-30",
            },
            {"status": "pending"},
        ],
    )

    def test_its_orders_go_into_our_tables(self, desk, orders):
        assert orders.send(self.SHIPPED) == 200
        assert orders.answers == [
            {"taken": 1, "refused": 0, "wrong": [], "again": False}
        ]
        desk.works()
        order = desk.order()
        assert (order.status, len(order.parcels)) == ("shipped", 2)
        assert order.parcels[0].tracking_number == "JD0003"
        assert desk.order(proof="SW1A 1AA") == order

    def test_with_what_is_in_them_and_what_they_came_to(self, desk, orders):
        items = [{"name": "Blue Rain Jacket, M", "quantity": 2}, {"name": "Mug"}]
        total = {"amount": 159.8, "currency": "gbp"}
        assert orders.send({**self.SHIPPED, "items": items, "total": total}) == 200
        desk.works()
        (found,) = TableOrders(desk.database).contents("48213")
        inside = found.tell()
        assert [(one.name, one.quantity) for one in inside.items] == [
            ("Blue Rain Jacket, M", 2),
            ("Mug", 1),
        ]
        assert inside.total == Money(amount=Decimal("159.8"), currency="GBP")

    @pytest.mark.parametrize(
        ("about", "wrong"),
        [
            ({"items": "a mug"}, "items is no list"),
            ({"items": [{"quantity": 1}]}, "an item has no name"),
            ({"items": [{"name": "Mug", "quantity": "two"}]}, "quantity is 'two'"),
            ({"total": {"amount": "5 pounds"}}, "total is '5 pounds'"),
            ({"total": {"amount": 5}}, "currency is ''"),
        ],
    )
    def test_but_for_what_no_file_could_hold(self, desk, orders, about, wrong):
        assert orders.send({**self.SHIPPED, **about}) == 422
        assert wrong in orders.answers[0]["wrong"][0]

    def test_the_newest_counts_whenever_it_comes(self, desk, orders):
        orders.send(after(self.SHIPPED, 60, status="delivered"))
        orders.send(self.SHIPPED)
        assert desk.works() == ["48213"]
        assert desk.order().status == "delivered"

    def test_of_many_the_bad_are_named_and_the_good_are_kept(self, desk, orders):
        sent = {
            "orders": [
                described_order("48213"),
                described_order("48214", email="nobody"),
                described_order("48215", postcode=""),
                described_order("48216", status="lost"),
                described_order("48217", updated_at="yesterday"),
                described_order("48218", parcels=[{"status": "eaten"}]),
                described_order("48219", parcels=[{"courier": "x" * 81}]),
                described_order("order-number-one"),
                "48220",
                described_order("48221"),
            ]
        }
        assert orders.send(sent) == 200
        (told,) = orders.answers
        assert (told["taken"], told["refused"]) == (2, 8)
        assert told["wrong"][0] == (
            "orders[1]: email is 'nobody'; write an address such as ada@example.com"
        )
        assert [one.split(":")[0] for one in told["wrong"]] == [
            f"orders[{place}]" for place in range(1, 9)
        ]
        assert desk.works() == ["48213", "48221"]

    def test_if_none_is_good_nothing_is_taken(self, desk, orders):
        assert orders.send(described_order(email="")) == 422
        assert orders.send({"orders": []}) == 422
        assert orders.send([1]) == 422
        assert desk.counts() == {}
        assert orders.answers[0]["wrong"] == ["orders[0]: email is empty"]

    def test_a_name_used_twice_loses_nothing(self, desk, orders):
        orders.send(described_order("48213"), name="d-1")
        orders.send(described_order("48214"), name="d-1")
        assert desk.works() == ["48213", "48214"]

    @on_sqlite
    def test_names_of_people_stand_in_no_log(self, desk, orders):
        with capture_logs() as logs:
            orders.send({"orders": [described_order(email="anna"), described_order()]})
            desk.works()
        assert [one["event"] for one in logs] == ["orders_refused"]
        assert "anna" not in str(logs)


@pytest.mark.parametrize(
    "about",
    [
        {"tracking_number": "RM\0GB", "tracking_numbers": ["RM\0GB"]},
        {"tracking_url": "https://track.example/\0", "tracking_urls": []},
        {"order_id": "8\0" * 99},
        {"order_id": 10**50},
    ],
)
def test_what_postgresql_takes_in_no_column_is_left_out(desk, shopify, about):
    shopify.send("fulfillments/update", shopify_fulfillment("delivered", **about))
    assert desk.works() == ["48213"]
    assert set(desk.states().values()) == {"delivered"}


@on_sqlite
def test_a_moment_of_no_calendar_of_ours_is_none(desk, orders):
    for written in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"):
        assert orders.send(described_order(updated_at=written)) == 422


class TestWhatFails:
    def broken(self, desk):
        class Broken:
            def read(self, topic, body):
                raise KeyError("of a version that can't")

        desk.readers["orders"] = Broken()

    def test_is_tried_five_times_and_kept_for_a_version_that_can(self, desk, orders):
        orders.send(described_order())
        good = desk.readers["orders"]
        self.broken(desk)
        working = desk_working(desk)
        with capture_logs():
            for _ in range(6):
                working.look()
        assert desk.counts() == {"stuck": 1}
        desk.readers["orders"] = good
        assert desk.works() == ["48213"]
        assert desk.counts() == {"done": 1}

    def test_keeps_no_other_from_being_worked_off(self, desk, orders, woocommerce):
        orders.send(described_order())
        woocommerce.send("order.updated", woocommerce_order("50001"))
        self.broken(desk)
        with capture_logs():
            assert desk.works() == ["50001"]
        assert desk.counts() == {"done": 1, "new": 1}


def desk_working(desk):
    return Working(desk.database, lambda: desk.now, desk.readers)


@on_sqlite
def test_old_notices_and_states_are_forgotten(desk, shopify):
    shopify.send("orders/updated", shopify_order())
    desk.works()
    desk.database.write(lambda c: forget(c, desk.now + timedelta(days=31)))
    assert desk.counts() == {}
    assert desk.states() == {"": "processing"}
    desk.database.write(lambda c: forget(c, desk.now + timedelta(days=181)))
    assert desk.states() == {}
