"""A Frontdesk that takes notices over real HTTP, and the senders that bring them."""

import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from bot.content import DATA, patterns_of
from bot.guard import proved
from bot.shop.notices.described import DescribedNotices
from bot.shop.notices.shopify import ShopifyNotices
from bot.shop.notices.taking import Taking
from bot.shop.notices.woocommerce import WooCommerceNotices
from bot.shop.notices.working import Working, nobody
from bot.shop.tables import TableOrders
from bot.shop.woocommerce import WooCommerceOrders
from bot.store import notices, order_states
from tests.shops.senders import OrdersSender, ShopifySender, WooCommerceSender
from webhooks.shops import ShopReceiver

LONDON = ZoneInfo("Europe/London")
SECRET, OLD = "a-secret-of-a-shop-1", "a-secret-of-a-shop-0"
NOW = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
SHOP = "https://harbour.myshopify.com"

#: Where the tables do no more than elsewhere.
on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def readers():
    tracking = ("_wc_shipment_tracking_items",)
    woo = WooCommerceOrders("http://127.0.0.1:9", ("", ""), tracking, LONDON)
    patterns = patterns_of(DATA.parent / "nobodys")
    return {
        "shopify": ShopifyNotices(SHOP, LONDON),
        "woocommerce": WooCommerceNotices(woo),
        "orders": DescribedNotices(LONDON, keeps=True, patterns=patterns),
    }


class Desk:
    """Takes notices, and works them off when a test says so."""

    def __init__(self, database, url=""):
        self.database, self.url = database, url
        self.now = NOW
        self.changed = []
        self.refusals = []
        self.readers = readers()
        self.follow = nobody
        self.taking = Taking(database, lambda: self.now, self.readers)

    @property
    def receiver(self):
        secrets = dict.fromkeys(self.readers, (SECRET, OLD))
        return ShopReceiver(
            Response("a page", 404),
            self.taking.take,
            secrets=secrets,
            on_refusal=lambda sender, reason: self.refusals.append(reason),
        )

    def works(self):
        """Work off what there is; return which orders were found changed."""

        def changed(connection, number, now):
            self.changed.append(number)
            self.follow(connection, number, now)

        before = len(self.changed)
        Working(self.database, lambda: self.now, self.readers, changed).look()
        return self.changed[before:]

    def counts(self):
        with self.database.read() as connection:
            return {
                state.value: count
                for state, count in notices.counts(connection).items()
            }

    def states(self, number="48213"):
        """How an order and its parcels stand."""
        with self.database.read() as connection:
            rows = order_states.of(connection, number)
        return {row.part: row.word for row in rows}

    def order(self, number="48213", proof="anna@example.com"):
        """What is in our own tables."""
        record = proved(TableOrders(self.database).records(number), number, proof)
        return record and record.tell()

    def bodies(self):
        with self.database.read() as connection:
            rows = connection.exec_driver_sql("SELECT body FROM shop_notice")
            return [bytes(row[0]) for row in rows]

    def sender(self, kind, secret=SECRET):
        name = {
            ShopifySender: "shopify",
            WooCommerceSender: "woocommerce",
            OrdersSender: "orders",
        }[kind]
        return kind(f"{self.url}/webhook/{name}", secret)


@contextmanager
def served(receiver):
    """Yield the address under which a receiver is served."""
    server = make_server("127.0.0.1", 0, receiver, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def desk(database):
    desk = Desk(database)
    with served(lambda *asked: desk.receiver(*asked)) as desk.url:
        yield desk


@pytest.fixture
def shopify(desk):
    return desk.sender(ShopifySender)


@pytest.fixture
def woocommerce(desk):
    return desk.sender(WooCommerceSender)


@pytest.fixture
def orders(desk):
    return desk.sender(OrdersSender)


def after(order, seconds, **about):
    """The same order so many seconds later."""
    names = ("updated_at", "date_modified_gmt")
    (name,) = (one for one in names if one in order)
    later = datetime.fromisoformat(order[name]) + timedelta(seconds=seconds)
    return {**order, name: later.isoformat(), **about}
