"""Cancelled by its customer: proved to the hour, asked once, written down."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from bot.guard import Guard
from bot.pace import Pace
from bot.shop.cancelling import Cancelling
from bot.shop.csv_file import import_orders
from bot.shop.orders import GuardedOrders
from bot.shop.tables import TableOrders, marked
from bot.store import audit
from bot.store.audit import Wanted
from flows.ports import PortError
from tests.bot.shop.conftest import source
from tests.bot.shop.test_codes import KEY, codes, later, server  # noqa: F401
from tests.shops.server import Sold

MINE = "anna@example.com"
LEFT = {
    "Shopify": {"displayFulfillmentStatus": "FULFILLED"},
    "WooCommerce": {"status": "completed"},
    "Rest": {"status": "shipped"},
}


@pytest.fixture
def orders(database, shop, codes):  # noqa: F811
    guard = Guard("order", database, KEY, Pace(least=0))
    cancelling = Cancelling(database, KEY)
    return GuardedOrders(source(shop), guard, codes, cancelling)


@pytest.fixture
def owner(orders, server):  # noqa: F811
    """A customer who has just proved that 48213 is theirs."""
    assert orders.find("48213", MINE, "anna")
    assert orders.mail_owner("48213", "anna", "en")
    assert orders.prove(server.code, "anna")
    return "anna"


def logged(database):
    with database.read() as connection:
        rows = audit.entries(connection, Wanted(), 100)
    return [(row.action, row.about, row.details) for row in reversed(rows)]


def changes(shop):
    """The calls that were to change something."""
    return [
        one
        for one in shop.asked
        if one.method == "PUT"
        or one.path.endswith("/cancel")
        or "orderCancel" in str(one.body)
    ]


def test_an_order_is_cancelled_and_is_so_from_then_on(orders, owner, shop, database):
    assert orders.cancel("48213", owner) == "cancelled"
    assert orders.find("48213", "", owner).status == "cancelled"
    assert len(changes(shop)) == 1
    assert logged(database) == [
        ("order_cancel_asked", "48213", {}),
        ("order_cancelled", "48213", {"came": "cancelled"}),
    ]


def test_never_twice(orders, owner, shop):
    first = orders.cancel("48213", owner)
    shop.sold[0].about.clear()  # as if the shop still took its time
    assert orders.cancel("48213", owner) == first
    assert len(changes(shop)) == 1


def test_nor_by_ten_at_once(orders, owner, shop):
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda _: orders.cancel("48213", owner), range(10)))
    assert len(changes(shop)) == 1


class TestNobodyElse:
    def test_who_proved_the_order_alone(self, orders, shop):
        assert orders.find("48213", MINE, "anna")
        assert orders.cancel("48213", "anna") == "unproved"
        assert changes(shop) == []

    def test_who_proved_another_address(self, orders, shop, server):  # noqa: F811
        assert orders.find("48213", "SW1A 1AA", "eve")
        orders.mail_code("eve@example.com", "eve", "en")
        assert orders.prove(server.code, "eve")
        assert not orders.is_owner("48213", "eve")
        assert orders.cancel("48213", "eve") == "unproved"
        assert changes(shop) == []

    def test_who_proved_it_more_than_ten_minutes_ago(
        self,
        orders,
        owner,
        shop,
        later,  # noqa: F811
    ):
        later(601)
        assert orders.cancel("48213", owner) == "unproved"
        assert changes(shop) == []

    def test_another_customer(self, orders, owner, shop):
        assert orders.cancel("48213", "eve") == "unproved"
        assert changes(shop) == []

    def test_is_mailed_a_code_for_an_order_that_they_do_not_know(
        self,
        orders,
        server,  # noqa: F811
    ):
        assert not orders.mail_owner("48213", "eve", "en")
        assert not orders.mail_owner("99999", "eve", "en")
        assert server.received == []


def test_what_has_left_stays_as_it_is_and_may_be_asked_again(
    orders, owner, shop, database
):
    shop.sold[0].about.update(LEFT[type(shop).__name__])
    assert orders.cancel("48213", owner) == "left"
    assert changes(shop) == []
    assert logged(database) == []


def test_what_leaves_just_now_is_not_cancelled(orders, owner, shop, database):
    """Between our look and the call."""
    found = source(shop)
    shop.sold[0].about.update(LEFT[type(shop).__name__])
    assert found.cancel("48213", MINE) == "left"


def test_an_order_of_another_address_of_that_number_is_not_touched(shop):
    shop.sold.insert(0, Sold(number="48213", email="ben@example.com"))
    if type(shop).__name__ == "Rest":
        shop.sold.pop(0)  # whose numbers are its own affair
    assert source(shop).cancel("48213", MINE) == "cancelled"
    theirs = [one for one in shop.sold if one.email != MINE]
    assert [one.about for one in theirs] == [{}] * len(theirs)


def test_a_shop_that_refuses_is_told_and_written_down(orders, owner, shop, database):
    if type(shop).__name__ == "WooCommerce":
        pytest.skip("it refuses nothing but a key")
    shop.sold[0].about["holds"] = True
    assert orders.cancel("48213", owner) == "refused"
    assert orders.cancel("48213", owner) == "refused"
    assert logged(database)[-1] == (
        "order_not_cancelled",
        "48213",
        {"came": "refused"},
    )


def test_a_call_that_was_cut_off_is_not_made_again(
    orders, owner, shop, database, monkeypatch
):
    asks = orders._source

    def cut_off(number, email):
        type(asks).cancel(asks, number, email)
        raise PortError("the line was cut")

    monkeypatch.setattr(asks, "cancel", cut_off)
    with pytest.raises(PortError):
        orders.cancel("48213", owner)
    shop.sold[0].about.clear()
    monkeypatch.undo()
    assert orders.cancel("48213", owner) == "refused"
    assert len(changes(shop)) == 1
    assert [one[0] for one in logged(database)] == ["order_cancel_asked"]


def test_a_key_that_may_not_write_fetches_a_person(orders, owner, shop):
    if type(shop).__name__ == "Rest":
        pytest.skip("its token is all or nothing")
    shop.scopes, shop.writes = ["read_orders", "read_returns"], False
    with pytest.raises(PortError, match=r"ACCESS_DENIED|401"):
        orders.cancel("48213", owner)


def test_the_table_tells_neither_which_nor_whose(orders, owner, database):
    orders.cancel("48213", owner)
    with database.read() as connection:
        rows = connection.execute(text("SELECT * FROM order_cancel")).all()
    assert len(rows) == 1
    assert not any(told in str(rows) for told in ("48213", "anna"))


class TestTables:
    HEAD = "number,email,postcode,status\n"

    @pytest.fixture
    def put(self, database, tmp_path):
        def put(status):
            path = tmp_path / "orders.csv"
            path.write_text(f"{self.HEAD}48213,{MINE},SW1A 1AA,{status}\n")
            import_orders(path, database)

        put("processing")
        return put

    @pytest.fixture
    def orders(self, database, put, codes):  # noqa: F811
        guard = Guard("order", database, KEY)
        return GuardedOrders(
            TableOrders(database), guard, codes, Cancelling(database, KEY)
        )

    def marked(self, database):
        with database.read() as connection:
            return [number for number, _ in marked(connection)]

    def test_it_is_marked_until_the_shop_has_done_it(
        self, orders, owner, database, put
    ):
        assert orders.cancel("48213", owner) == "marked"
        assert orders.cancel("48213", owner) == "marked"
        assert self.marked(database) == ["48213"]
        put("processing")
        assert self.marked(database) == ["48213"]
        put("cancelled")
        assert self.marked(database) == []

    def test_what_has_left_is_not(self, orders, owner, database, put):
        put("shipped")
        assert orders.cancel("48213", owner) == "left"
        assert self.marked(database) == []


def test_where_the_settings_do_not_let_customers_nobody_does(
    database,
    shop,
    codes,  # noqa: F811
):
    orders = GuardedOrders(source(shop), Guard("order", database, KEY), codes)
    assert not orders.cancels()
    assert orders.cancel("48213", "anna") == "unproved"
