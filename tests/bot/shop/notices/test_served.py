"""The application takes notices where the settings have a secret, and only there."""

from dataclasses import replace

import pytest

from bot.app import application
from bot.shop_settings import ShopSettings
from bot.store import notices
from tests.bot.shop.notices.conftest import SECRET, on_sqlite, served
from tests.shops.senders import OrdersSender, ShopifySender, described_order

pytestmark = on_sqlite


@pytest.fixture
def address(parts):
    shop = ShopSettings(orders_signing=(SECRET,))
    settings = replace(parts.settings, shop=shop)
    app = application(replace(parts, settings=settings), lambda number: None)
    with served(app) as address:
        yield address


def test_a_notice_is_taken_beside_the_pages(parts, address):
    sender = OrdersSender(f"{address}/webhook/orders", SECRET)
    assert sender.send(described_order(), times=2) == 200
    with parts.database.read() as connection:
        assert notices.counts(connection) == {"new": 1}


def test_a_sender_without_a_secret_finds_no_page(address):
    sender = ShopifySender(f"{address}/webhook/shopify", SECRET)
    body = b"{}"
    assert sender.post(body, sender.headers("orders/updated", body)) == 404
