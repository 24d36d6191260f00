"""The shops that are asked, each kind with the same orders."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from bot import guard
from bot.shop.orders import Source
from bot.shop.own import OwnOrders
from bot.shop.rest import RestOrders
from bot.shop.shopify import ShopifyOrders
from bot.shop.tables import TableOrders
from bot.shop.woocommerce import WooCommerceOrders
from bot.store.database import Database
from bot.store.shop import ShopOrder
from tests.shops import rest, shopify, woocommerce
from tests.shops.server import Shop, Sold

KINDS = ("tables", "shopify", "woocommerce", "rest", "own")
UTC = ZoneInfo("UTC")
SHOWS = 0.03  # seconds that an order takes longer than none
#: What a shop writes that has its orders in a file.
OWN = """
import json, time
from pathlib import Path

ORDERS = json.loads(Path(__file__).with_name("orders.json").read_text())


def order(number):
    if number in ORDERS:
        time.sleep({shows})
    return ORDERS.get(number)
"""


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
    if kind == "own":
        with TemporaryDirectory() as folder:
            yield _own(Path(folder), orders)
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


def _own(folder: Path, orders: list[Sold]) -> OwnOrders:
    rows = {
        one.number: {
            "number": one.number,
            "email": one.email,
            "postcode": one.postcode,
            "status": "processing",
        }
        for one in orders
    }
    (folder / "orders.json").write_text(json.dumps(rows))
    (folder / "orders.py").write_text(OWN.format(shows=SHOWS))
    return OwnOrders(folder / "orders.py", UTC)
