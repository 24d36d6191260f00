"""Whatever is signed is answered and worked off: nothing gets stuck, nothing is 500.

Real notices with one or two of their values changed for odd ones.
"""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bot.shop.notices.conftest import Desk
from tests.shops.senders import (
    described_order,
    shopify_fulfillment,
    shopify_order,
    woocommerce_order,
)
from webhooks.shops import Notice

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=10**50),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(
        [
            "",
            "RM\0GB",
            "é" * 200,
            "#48213.1",
            "delivered",
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59-14:00",
            "2026-11-24T12:00:00",
            "2026-11-24",
        ]
    ),
    st.lists(st.integers(), max_size=2),
    st.just({}),
)
SENT = shopify_fulfillment("in_transit")
PARCEL = {"status": "in_transit", "courier": "DHL", "tracking_number": "JD0003"}
TRACKED = {
    "key": "_wc_shipment_tracking_items",
    "value": [{"tracking_number": "RM1GB", "tracking_provider": "Royal Mail"}],
}
ASKED = {"shop_domain": "harbour.myshopify.com", "orders_to_redact": [1]}
NOTICES = {
    ("shopify", "orders/updated"): shopify_order(
        fulfillment_status="fulfilled", fulfillments=[SENT]
    ),
    ("shopify", "fulfillments/update"): SENT,
    ("shopify", "customers/redact"): ASKED,
    ("shopify", "shop/redact"): ASKED,
    ("shopify", "customers/data_request"): {**ASKED, "orders_requested": [1]},
    ("woocommerce", "order.updated"): woocommerce_order(
        status="completed", meta_data=[TRACKED]
    ),
    ("orders", ""): {
        "orders": [described_order(parcels=[PARCEL]), described_order("50001")]
    },
}


def places(content, path=()):
    """Yield where each value of a notice stands."""
    yield path
    if isinstance(content, dict):
        for name, inner in content.items():
            yield from places(inner, (*path, name))
    if isinstance(content, list):
        for place, inner in enumerate(content):
            yield from places(inner, (*path, place))


def changed(content, path, odd):
    if not path:
        return odd
    found = copy.deepcopy(content)
    within = found
    for step in path[:-1]:
        within = within[step]
    within[path[-1]] = odd
    return found


@pytest.mark.parametrize("kind", NOTICES, ids=lambda kind: "-".join(kind))
def test_nothing_gets_stuck(database, kind):
    (sender, topic), real = kind, NOTICES[kind]
    desk = Desk(database)
    number = iter(range(10**9))

    @settings(
        max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    @given(st.sampled_from([*places(real)]), ODD)
    def holds(path, odd):
        body = json.dumps(changed(real, path, odd)).encode()
        key = f"{sender}:{topic}:{next(number)}"
        shop = "harbour.myshopify.com"
        status, said = desk.taking.take(
            Notice(sender=sender, key=key, topic=topic, shop=shop, body=body)
        )
        assert status[:3] in ("200", "422")
        json.dumps(said)
        desk.works()
        assert set(desk.counts()) <= {"done", "ignored"}

    holds()
