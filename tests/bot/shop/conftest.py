"""The three shops on the network, each with its contract server."""

from contextlib import contextmanager
from zoneinfo import ZoneInfo

import pytest

from bot.guard import proved
from bot.shop.rest import RestOrders
from bot.shop.shopify import ShopifyOrders
from bot.shop.woocommerce import WooCommerceOrders
from tests.shops import rest, shopify, woocommerce
from tests.shops.server import Sold

LONDON = ZoneInfo("Europe/London")
TRACKING = ("_wc_shipment_tracking_items",)


def source(shop, *, token=None):
    """What asks this contract server, perhaps with another *token* than its own."""
    if isinstance(shop, shopify.Shopify):
        return ShopifyOrders(shop.url, token or shopify.TOKEN, "2026-10", LONDON)
    if isinstance(shop, woocommerce.WooCommerce):
        keys = ("ck_" + token, "cs_" + token) if token else woocommerce.KEYS
        return WooCommerceOrders(shop.url, keys, TRACKING, LONDON)
    return RestOrders(shop.url, token or rest.TOKEN, LONDON)


class Unguarded:
    """The orders of a source, for whoever proves them, however often they try."""

    def __init__(self, source):
        self.source = source

    def find(self, number, proof):
        record = proved(self.source.records(number), number, proof)
        return record and record.tell()


@contextmanager
def opened(kind, *sold):
    with kind(*sold).open() as shop:
        yield shop


KINDS = [shopify.Shopify, woocommerce.WooCommerce, rest.Rest]


@pytest.fixture(params=KINDS, ids=lambda kind: kind.__name__.lower())
def shop(request):
    with opened(request.param, Sold(number="48213")) as shop:
        yield shop


@pytest.fixture
def orders(shop):
    return Unguarded(source(shop))
