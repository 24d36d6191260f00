"""An agent looks up an order beside a conversation; its customer hears nothing."""

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.guard import Guard
from bot.pace import Pace
from bot.shop.for_staff import StaffOrders
from bot.store import retention
from bot.store.models import OutgoingMessage
from bot.store.people import AuditEntry
from bot.store.shop import Shipment, ShopOrder
from bot.store.teamwork import ActKind, ConversationAct
from tests.bot.shop.conftest import opened, source
from tests.bot.visiting import add, converse, messages, rows, says, visitor, words
from tests.shops.rest import Rest
from tests.shops.server import Sold

NOT_PROVED = "Not proved by the customer: do not tell them what is in it"


@pytest.fixture
def order(parts):
    """An order of the tables, with a parcel and an item."""
    known = {"email": "anna@example.com", "postcode": "sw1a1aa", "status": "shipped"}
    known |= {"items": '[["Blue Rain Jacket, M", 2]]', "total": "118"}
    known |= {"currency": "GBP", "placed_on": date(2026, 11, 20), "refund": "partial"}
    add(parts, ShopOrder, number="48213", **known)
    parcel = {"status": "in_transit", "courier": "Royal Mail", "tracking_number": "R1"}
    parcel |= {"tracking_url": "https://track.example/R1"}
    add(parts, Shipment, order_id=1, expected_on=date(2026, 11, 27), **parcel)
    return "48213"


@pytest.fixture
def looks(mine, agent):
    """What the page says of a look-up beside Ada's conversation."""

    def looks(who=agent, **form):
        answer = who.post(f"/inbox/{mine}/orders", **form)
        assert answer.status_code == 200
        return told(answer.text)

    return looks


def told(page):
    rest = page.partition('data-testid="looked-up"')[2]
    assert rest
    return words(f"<p {rest.split('</section>')[0]}")


def audited(parts):
    return [
        (row.about, row.staff_id, row.details)
        for row in rows(parts, AuditEntry)
        if row.action == "order_looked_up"
    ]


def test_an_order_is_shown_with_its_parcels_its_items_and_what_may_be_told(
    looks, order
):
    found = looks(number="48213")
    assert "Order 48213 Shipped, ordered: Friday" in found
    assert "In transit, Royal Mail R1 , expected Friday" in found
    assert "2 × Blue Rain Jacket, M" in found
    assert "Total: £118.00" in found
    assert "Partly refunded" in found
    assert NOT_PROVED in found
    assert "anna@example.com" not in found


def test_its_parcel_is_followed_by_a_link(agent, mine, order):
    page = agent.post(f"/inbox/{mine}/orders", number="48213").text
    link = re.search(r'<a href="https://track\.example/R1"([^>]*)>R1</a>', page)
    assert "noopener noreferrer nofollow" in link[1]


@pytest.mark.parametrize("typed", ["48213", " #48213 ", "٤٨٢١٣"])
def test_a_number_is_found_however_it_is_typed(looks, order, typed):
    assert "Order 48213 Shipped" in looks(number=typed)


def test_an_unknown_number_says_what_to_try(looks, order):
    found = looks(number="48214")
    assert "There is no order 48214. Compare it digit by digit" in found
    assert "the mail that confirmed the order" in found


@pytest.mark.parametrize("typed", ["", "anna@example.com", "48213 OR 1=1", "4" * 41])
def test_what_is_no_number_is_looked_up_nowhere_and_written_nowhere(
    parts, looks, typed
):
    assert "This is no order number" in looks(number=typed)
    assert audited(parts) == []


def test_the_numbers_that_the_customer_wrote_are_offered(parts, agent, mine, looks):
    says(parts, mine, "order 48213 please, or was it 50001?")
    says(parts, mine, "my postcode is SW1A 1AA, call +44 20 7946 0000")
    page = agent.page(f"/inbox/{mine}")
    offered = re.findall(r'name="written" value="([^"]+)"', page)
    assert offered == ["50001", "48213"]
    assert "There is no order 50001" in looks(written="50001", number="")


def test_what_nobody_wrote_is_not_offered(agent, mine):
    page = agent.page(f"/inbox/{mine}")
    assert "Look up an order" in page
    assert "They wrote" not in page


def test_each_look_up_is_in_the_audit_log(parts, agent, mine, looks, order):
    looks(number="48213")
    looks(number="48214")
    assert audited(parts) == [
        ("48213", agent.staff_id, {"conversation": mine, "came": "found"}),
        ("48214", agent.staff_id, {"conversation": mine, "came": "unknown"}),
    ]


def test_and_in_the_thread_for_colleagues(agent, ben, mine, looks, order):
    looks(number="48213")
    looks(number="48214")
    thread = agent.words(f"/inbox/{mine}")
    assert "You looked up order 48213" in thread
    seen = ben.words(f"/inbox/{mine}")
    assert "Ada looked up order 48213 ," in seen
    assert "Ada looked up order 48214: there is none" in seen


def test_nothing_of_it_is_sent(parts, mine, looks, order):
    before = messages(parts, mine)
    looks(number="48213", proof="SW1A 1AA")
    assert messages(parts, mine) == before
    assert rows(parts, OutgoingMessage) == []


class TestProof:
    """What the customer gave to an agent, instead of the assistant."""

    def test_that_fits_is_the_customers_from_then_on(self, parts, looks, order):
        found = looks(number="48213", proof="sw1a 1aa")
        assert "What they gave you fits this order." in found
        assert "they may hear how it stands" in found
        assert "Do not tell them what is in it" in found
        assert NOT_PROVED not in looks(number="48213")
        assert audited(parts)[0][2]["proof"] == "fits"

    def test_that_is_wrong_counts_as_theirs_and_is_written_nowhere(
        self, parts, looks, order
    ):
        found = looks(number="48213", proof="eve@example.com")
        assert "does not fit this order" in found
        assert NOT_PROVED in found
        assert audited(parts)[0][2]["proof"] == "wrong"
        assert "eve@" not in str([*rows(parts, AuditEntry), *acts_of(parts)])

    def test_is_not_compared_any_more_after_too_many(self, looks, order):
        for number in range(3):
            looks(number="48213", proof=f"EH3 {number}BR")
        found = looks(number="48213", proof="SW1A 1AA")
        assert "Nothing was compared" in found
        assert "Order 48213 Shipped" in found
        assert NOT_PROVED in found


def acts_of(parts):
    return [
        row for row in rows(parts, ConversationAct) if row.kind is ActKind.LOOKED_UP
    ]


class TestWhoMay:
    def test_a_viewer_has_no_form_and_is_refused(self, parts, app, mine, order):
        viewer = visitor(app, "viewer")
        page = viewer.page(f"/inbox/{mine}")
        assert "Look up an order" not in page
        assert viewer.post(f"/inbox/{mine}/orders", number="48213").status_code == 403
        assert audited(parts) == []

    @pytest.mark.parametrize("role", ["agent", "editor", "admin"])
    def test_an_agent_and_above_may(self, app, looks, order, role):
        assert "Order 48213" in looks(visitor(app, role, "Zed"), number="48213")

    def test_also_while_the_assistant_answers(self, parts, agent, order):
        found = converse(parts, "2002", "where is 48213?")
        page = agent.post(f"/inbox/{found}/orders", written="48213").text
        assert "Order 48213 Shipped" in told(page)

    def test_there_is_nothing_beside_no_conversation(self, agent, order):
        assert agent.post("/inbox/999/orders", number="48213").status_code == 404


class TestShopOnTheNetwork:
    @pytest.fixture
    def shop(self):
        with opened(Rest, Sold(number="48213")) as shop:
            yield shop

    @pytest.fixture
    def parts(self, parts, shop):
        guard = Guard("order", parts.database, "a-key-of-tests", Pace(least=0))
        return replace(parts, orders=StaffOrders(source(shop), guard))

    def test_shows_its_orders(self, looks):
        found = looks(number="48213", proof="anna@example.com")
        assert "2 × Secret Blue Train - Vinyl" in found
        assert "What they gave you fits" in found

    @pytest.mark.parametrize("fault", ["broken", "slow", "html"])
    def test_that_does_not_answer_leaves_the_page_whole(
        self, parts, shop, agent, mine, fault
    ):
        shop.fault = fault
        answer = agent.post(f"/inbox/{mine}/orders", number="48213")
        assert answer.status_code == 200
        assert "The shop did not answer" in told(answer.text)
        assert "I need a person" in answer.text
        assert audited(parts)[0][2]["came"] == "unanswered"
        seen = agent.words(f"/inbox/{mine}")
        assert "You looked up order 48213: the shop did not answer" in seen


def test_a_look_up_does_not_end_a_chance_to_take_back_a_resolve(
    agent, mine, looks, order
):
    agent.post(f"/inbox/{mine}/resolve")
    looks(number="48213")
    undone = agent.post(f"/inbox/{mine}/reopen")
    assert "You took back that this is resolved" in agent.words(undone.location)


def test_which_orders_were_looked_up_is_forgotten_with_what_was_said(
    parts, looks, order
):
    looks(number="48213")
    late = parts.clock() + retention.LIMITS.texts * 2
    parts.database.write(lambda c: retention.forget(c, late))
    assert acts_of(parts) == []
