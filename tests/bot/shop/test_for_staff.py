"""Whoever works here finds an order by its number, and what was proved of it."""

from dataclasses import replace

import pytest

from bot.guard import Guard
from bot.pace import Pace
from bot.shop.for_staff import Proved, StaffOrders, Tried
from bot.shop.orders import GuardedOrders
from flows.ports import Orders, PortError
from tests.bot.shop.conftest import opened, source
from tests.bot.shop.test_codes import KEY, codes, server  # noqa: F401
from tests.bot.shop.test_contents import MINE, WHOLE, kept, proves  # noqa: F401
from tests.bot.shop.test_shops import FAULTS, INJECTED
from tests.shops.server import Sold
from tests.shops.shopify import Shopify


@pytest.fixture
def guard(database):
    return Guard("order", database, KEY, Pace(least=0))


@pytest.fixture
def orders(kept, guard, codes):  # noqa: F811
    """What the assistant asks, of the same orders."""
    return GuardedOrders(kept, guard, codes)


@pytest.fixture
def staff(kept, guard, codes):  # noqa: F811
    return StaffOrders(kept, guard, codes)


@pytest.fixture
def asks(shop, guard):
    """A colleague's question to a shop on the network."""
    return StaffOrders(source(shop), guard).look_up


class TestEverySource:
    """Each place where a shop may have its orders."""

    def test_shows_an_order_and_what_is_in_it_without_a_proof(self, staff):
        (shown,) = staff.look_up("48213", "anna").orders
        assert (shown.order.number, shown.order.status) == ("48213", "processing")
        assert shown.contents == WHOLE
        assert shown.proved is Proved.NOTHING

    def test_proves_nothing_for_the_customer_by_a_look_up(self, staff, orders):
        staff.look_up("48213", "anna")
        assert not orders.knows("48213", "anna")

    def test_has_no_order_of_an_unknown_number(self, staff):
        found = staff.look_up("99999", "anna", MINE)
        assert (found.orders, found.tried) == ((), None)

    def test_tells_what_the_customer_proved_to_the_assistant(self, staff, orders):
        assert orders.find("48213", MINE, "anna")
        assert staff.look_up("48213", "anna").orders[0].proved is Proved.NUMBER
        assert staff.look_up("48213", "eve").orders[0].proved is Proved.NOTHING
        assert staff.look_up("60002", "anna").orders[0].proved is Proved.NOTHING

    def test_tells_what_a_code_proved(self, staff, proves):  # noqa: F811
        proves()
        assert staff.look_up("48213", "anna").orders[0].proved is Proved.ADDRESS
        assert staff.look_up("60002", "anna").orders[0].proved is Proved.NOTHING

    def test_takes_a_proof_as_the_assistant_would(self, staff, orders):
        found = staff.look_up("48213", "anna", " Anna@Example.com")
        assert found.tried is Tried.FITS
        assert found.orders[0].proved is Proved.NUMBER
        assert orders.knows("48213", "anna")

    def test_shows_the_order_but_proves_nothing_by_a_wrong_one(self, staff, orders):
        found = staff.look_up("48213", "anna", "EH3 3BR")
        assert found.tried is Tried.WRONG
        assert found.orders[0].proved is Proved.NOTHING
        assert not orders.knows("48213", "anna")

    def test_is_no_way_round_what_is_closed(self, staff):
        wrong = [staff.look_up("48213", "anna", f"EH3 {n}BR").tried for n in range(4)]
        assert wrong == [*[Tried.WRONG] * 3, Tried.CLOSED]
        found = staff.look_up("48213", "anna", "SW1A 1AA")
        assert (found.tried, found.orders[0].proved) == (Tried.CLOSED, Proved.NOTHING)


class TestShopOnTheNetwork:
    @pytest.mark.parametrize("number", INJECTED)
    def test_is_asked_for_no_more_than_a_number(self, shop, asks, number):
        assert asks(number, "anna").orders == ()
        assert shop.asked == []

    def test_gives_out_no_order_of_a_number_that_holds_it(self, shop, asks):
        shop.sold = [Sold(number="148213"), Sold(number="482131")]
        assert asks("48213", "anna").orders == ()

    @pytest.mark.parametrize("fault", FAULTS)
    def test_that_does_not_answer_has_no_unknown_order(self, shop, asks, fault):
        shop.fault = fault
        with pytest.raises(PortError) as error:
            asks("48213", "anna", MINE)
        assert "48213" not in str(error.value)

    def test_is_not_told_a_proof(self, shop, asks):
        asks("48213", "anna", "eve@example.com")
        assert "eve@" not in str(shop.asked)

    def test_that_does_not_say_what_is_in_an_order_is_shown_without(self, shop, guard):
        class Reticent:
            records = source(shop).records

            def contents(self, number):
                raise PortError("the shop: HTTP 500, no order")

        (shown,) = StaffOrders(Reticent(), guard).look_up("48213", "anna").orders
        assert (shown.order.number, shown.contents) == ("48213", None)


def test_two_orders_of_a_number_are_both_shown_each_with_its_own_proof(guard):
    sold = Sold(number="48213")
    with opened(Shopify, sold, replace(sold, email="ben@example.com")) as shop:
        staff = StaffOrders(source(shop), guard)
        found = staff.look_up("48213", "anna", MINE)
    told = {one.proved for one in found.orders}
    assert (len(found.orders), told) == (2, {Proved.NUMBER, Proved.NOTHING})
    assert all(one.contents for one in found.orders)


def test_no_flow_can_look_an_order_up_like_that():
    assert not hasattr(Orders, "look_up")
    assert not hasattr(GuardedOrders, "look_up")
