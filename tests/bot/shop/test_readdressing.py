"""Sent elsewhere for its customer: proved to the hour, looked at once more, noted."""

import pytest

from bot.guard import Guard
from bot.pace import Pace
from bot.shop.csv_file import import_orders
from bot.shop.orders import GuardedOrders
from bot.shop.readdressing import Readdressing
from bot.shop.tables import TableOrders, readdressed
from flows.ports import Address, PortError
from tests.bot.shop.conftest import source
from tests.bot.shop.test_cancelling import LEFT, MINE, logged
from tests.bot.shop.test_codes import KEY, codes, later, server  # noqa: F401
from tests.shops.server import Sold

TO = Address(street="14 Mill Lane", town="Leeds", postcode="LS1 4AB")
PACKED = {
    "Shopify": {"displayFulfillmentStatus": "IN_PROGRESS"},
    "WooCommerce": {"status": "completed"},
}


@pytest.fixture
def orders(database, shop, codes):  # noqa: F811
    guard = Guard("order", database, KEY, Pace(least=0))
    does = codes, None, Readdressing(database)
    return GuardedOrders(source(shop), guard, *does)


@pytest.fixture
def owner(orders, server):  # noqa: F811
    """A customer who has just proved that 48213 is theirs."""
    assert orders.find("48213", MINE, "anna")
    assert orders.mail_owner("48213", "anna", "en")
    assert orders.prove(server.code, "anna")
    return "anna"


def kept(shop):
    """Return street, second line, town, postcode and country as the shop has them."""
    order = shop.sold[0]
    to = order.to or order.about.get("shipping") or {}
    names = ("address_1", "address1", "street"), ("address_2", "address2")
    more = ("city", "town"), ("postcode", "zip"), ("country", "countryCode")
    return [next((to[n] for n in ways if n in to), None) for ways in (*names, *more)]


def changes(shop):
    """The calls that were to change something."""
    return [
        one
        for one in shop.asked
        if one.method == "PUT"
        or one.path.endswith("/address")
        or "orderUpdate" in str(one.body)
    ]


def test_the_address_is_changed_and_nothing_of_the_old_one_stays(
    orders, owner, shop, database
):
    assert orders.changes_addresses()
    assert orders.change_address("48213", owner, TO) == "changed"
    street, second, town, postcode, country = kept(shop)
    assert (street, town, postcode) == ("14 Mill Lane", "Leeds", "LS1 4AB")
    assert not second
    assert country in ("GB", None)
    assert len(changes(shop)) == 1
    assert logged(database) == [
        ("address_change_asked", "48213", {}),
        ("address_changed", "48213", {"came": "changed"}),
    ]


def test_the_log_does_not_tell_where_it_goes(orders, owner, database):
    orders.change_address("48213", owner, TO)
    assert "Mill Lane" not in str(logged(database))


class TestNobodyElse:
    def test_who_proved_the_order_alone(self, orders, shop):
        assert orders.find("48213", MINE, "anna")
        assert orders.change_address("48213", "anna", TO) == "unproved"
        assert changes(shop) == []

    def test_who_proved_another_address(self, orders, shop, server):  # noqa: F811
        assert orders.find("48213", "SW1A 1AA", "eve")
        orders.mail_code("eve@example.com", "eve", "en")
        assert orders.prove(server.code, "eve")
        assert orders.change_address("48213", "eve", TO) == "unproved"
        assert changes(shop) == []

    def test_who_proved_it_more_than_ten_minutes_ago(
        self,
        orders,
        owner,
        shop,
        later,  # noqa: F811
    ):
        later(601)
        assert orders.change_address("48213", owner, TO) == "unproved"
        assert changes(shop) == []

    def test_another_customer(self, orders, owner, shop):
        assert orders.change_address("48213", "eve", TO) == "unproved"
        assert changes(shop) == []


def test_what_has_left_stays_as_it_is(orders, owner, shop, database):
    shop.sold[0].about.update(LEFT[type(shop).__name__])
    assert orders.change_address("48213", owner, TO) == "left"
    assert changes(shop) == []
    assert logged(database) == []


def test_what_leaves_just_now_is_not_changed(orders, owner, shop):
    """Between our look and the call."""
    found = source(shop)
    shop.sold[0].about.update(LEFT[type(shop).__name__])
    assert found.readdress("48213", MINE, TO) == "left"


def test_what_is_packed_while_it_is_written_is_left_to_a_person(
    orders, owner, shop, database
):
    if type(shop).__name__ == "Rest":
        pytest.skip("which looks and writes at once")
    shop.meanwhile = PACKED[type(shop).__name__]
    assert orders.change_address("48213", owner, TO) == "refused"
    assert logged(database)[-1] == (
        "address_not_changed",
        "48213",
        {"came": "refused"},
    )


def test_an_order_of_another_address_of_that_number_is_not_touched(shop):
    shop.sold.insert(0, Sold(number="48213", email="ben@example.com"))
    if type(shop).__name__ == "Rest":
        shop.sold.pop(0)  # whose numbers are its own affair
    assert source(shop).readdress("48213", MINE, TO) == "changed"
    theirs = [one for one in shop.sold if one.email != MINE]
    assert [(one.about, one.to) for one in theirs] == [({}, {})] * len(theirs)


def test_a_shop_that_refuses_is_left_to_a_person(orders, owner, shop):
    if type(shop).__name__ == "WooCommerce":
        pytest.skip("it refuses nothing but a key")
    shop.sold[0].about["holds"] = True
    assert orders.change_address("48213", owner, TO) == "refused"


def test_a_shop_that_does_not_answer_is_noted_as_asked_and_no_more(
    orders, owner, shop, database, monkeypatch
):
    def cut_off(number, email, address):
        raise PortError("the line was cut")

    monkeypatch.setattr(orders._source, "readdress", cut_off)
    with pytest.raises(PortError):
        orders.change_address("48213", owner, TO)
    assert [one[0] for one in logged(database)] == ["address_change_asked"]


def test_a_key_that_may_not_write_fetches_a_person(orders, owner, shop):
    if type(shop).__name__ == "Rest":
        pytest.skip("its token is all or nothing")
    shop.scopes, shop.writes = ["read_orders", "read_returns"], False
    with pytest.raises(PortError, match=r"ACCESS_DENIED|401"):
        orders.change_address("48213", owner, TO)


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
        does = codes, None, Readdressing(database)
        return GuardedOrders(
            TableOrders(database), Guard("order", database, KEY), *does
        )

    def marked(self, database):
        with database.read() as connection:
            return [(number, to) for number, _, to in readdressed(connection)]

    def test_it_is_marked_until_it_has_left_and_the_last_word_counts(
        self, orders, owner, database, put
    ):
        assert orders.change_address("48213", owner, TO) == "marked"
        other = Address(street="15 Mill Lane", town="Leeds", postcode="LS1 4AB")
        assert orders.change_address("48213", owner, other) == "marked"
        assert self.marked(database) == [("48213", other)]
        put("processing")
        assert self.marked(database) == [("48213", other)]
        put("shipped")
        put("processing")
        assert self.marked(database) == []

    def test_what_has_left_is_not(self, orders, owner, database, put):
        put("shipped")
        assert orders.change_address("48213", owner, TO) == "left"
        assert self.marked(database) == []


def test_where_the_settings_do_not_let_customers_nobody_does(
    database,
    shop,
    codes,  # noqa: F811
):
    orders = GuardedOrders(source(shop), Guard("order", database, KEY), codes)
    assert not orders.changes_addresses()
    assert orders.change_address("48213", "anna", TO) == "unproved"
