"""The shops that are asked, each kind with the same orders."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from bot import guard
from bot.shop.orders import Source
from bot.shop.rest import RestOrders
from bot.shop.shopify import ShopifyOrders
from bot.shop.tables import TableOrders
from bot.shop.woocommerce import WooCommerceOrders
from bot.store.database import Database
from bot.store.shop import ShopOrder
from tests.shops import rest, shopify, woocommerce
from tests.shops.server import Shop, Sold

KINDS = ("tables", "shopify", "woocommerce", "rest")
UTC = ZoneInfo("UTC")
SHOWS = 0.03  # seconds that an order takes longer than none


@contextmanager
def source(kind: str, orders: list[Sold], database: Database) -> Iterator[Source]:
    """Yield what looks orders up in a shop of this kind."""
    if kind == "tables":
        rows = [
            {
                "number": one.number,
                "email": guard.email(one.email),
                "postcode": guard.postcode(one.postcode),
                "status": "processing",
            }
            for one in orders
        ]
        database.write(lambda connection: connection.execute(insert(ShopOrder), rows))
        yield TableOrders(database)
        return
    shops: dict[str, Callable[..., Shop]] = {
        "shopify": shopify.Shopify,
        "woocommerce": woocommerce.WooCommerce,
        "rest": rest.Rest,
    }
    with shops[kind](*orders).open() as shop:
        shop.found_pause = SHOWS
        yield {
            "shopify": lambda: ShopifyOrders(shop.url, shopify.TOKEN, "2026-10", UTC),
            "woocommerce": lambda: WooCommerceOrders(
                shop.url, woocommerce.KEYS, ("_tracking",), UTC
            ),
            "rest": lambda: RestOrders(shop.url, rest.TOKEN, UTC),
        }[kind]()
