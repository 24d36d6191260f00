"""An order that strangers guess at, and its owner, who comes from a fresh account.

Each kind of shop over real HTTP, mails over real SMTP, and the whole way of a message.
"""

import statistics
import time
from contextlib import ExitStack

import pytest

from benchmarks.lookups.shops import KINDS, source
from bot import mail, summary
from bot.content import DATA
from bot.guard import Guard
from bot.pace import Pace
from bot.shop.codes import MailedCodes
from bot.shop.orders import MOST_OF_ONE, GuardedOrders
from flows.ports import TooManyTriesError
from tests.dialogue import assistants
from tests.floor import Floor, Understanding
from tests.shops.mail import SENDER, MailServer
from tests.shops.server import Sold

KEY = "a-key-of-tests"
ANNA = "anna@example.com"
#: The attacked order is older than those that a list tells.
SOLD = [
    Sold(number="48213", email=ANNA, placed="2026-10-01"),
    *(Sold(number=str(70001 + n), email=ANNA) for n in range(MOST_OF_ONE)),
    Sold(number="60002", email="ben@example.com", postcode="EH3 3BR"),
]
LEAST = 0.05


@pytest.fixture
def server():
    with MailServer().open() as server:
        yield server


@pytest.fixture
def codes(database, server):
    sends = mail.Mail(server.url, SENDER, longest=2.0)
    return MailedCodes(database, KEY, sends, mail.load("code", [DATA]))


@pytest.fixture(params=KINDS)
def kept(request, database):
    """Where the orders are, in each kind of shop."""
    with ExitStack() as stack:
        yield stack.enter_context(source(request.param, SOLD, database))


@pytest.fixture
def of_tables(database):
    with source("tables", SOLD, database) as found:
        yield found


def guarded(database, kept, codes=None):
    guard = Guard("order", database, KEY, Pace(LEAST))
    return GuardedOrders(kept, guard, codes)


def attack(orders, number="48213"):
    """Let strangers guess, from many accounts, until the number is closed."""
    for count in range(10):
        proof = f"guess{count}@example.com"
        assert orders.find(number, proof, f"stranger {count}") is None


def is_closed(orders, number="48213", proof=ANNA, who="fresh"):
    try:
        orders.find(number, proof, who)
    except TooManyTriesError:
        return True
    return False


def floor_of(database, orders):
    return Floor(database, understanding=Understanding(assistants(orders=orders)))


def asks(floor, number="48213", proof=ANNA, psid="fresh"):
    floor.says("where is my parcel?", psid)
    floor.says(number, psid)
    return floor.says(proof, psid)


def told_to_people(floor, psid):
    return floor.one(
        "SELECT handoff_summary FROM conversation WHERE id = :i",
        i=floor.conversation(psid),
    )


class TestOwner:
    def test_reads_a_mailed_code_and_is_answered(self, database, kept, codes, server):
        orders = guarded(database, kept, codes)
        attack(orders)
        floor = floor_of(database, orders)
        told = " ".join(asks(floor))
        assert "too many tries" in told
        assert "48213 is" not in told
        assert "Which one did you order with?" in told
        floor.says(ANNA, "fresh")
        assert server.received[-1][0] == ANNA
        told = " ".join(floor.says(server.code, "fresh"))
        assert "48213 is being prepared" in told
        assert floor.status("fresh") == "bot"

    def test_is_answered_for_a_day_without_another_code(
        self, database, kept, codes, server
    ):
        orders = guarded(database, kept, codes)
        attack(orders)
        orders.mail_code(ANNA, "fresh", "en")
        assert orders.prove(server.code, "fresh")
        assert orders.claim("48213", "fresh")
        assert orders.knows("48213", "fresh")
        assert orders.find("48213", "", "fresh").number == "48213"
        assert is_closed(orders, who="somebody else")

    def test_gets_a_person_where_no_codes_are_mailed(self, database, kept):
        orders = guarded(database, kept)
        attack(orders)
        floor = floor_of(database, orders)
        told = " ".join(asks(floor))
        assert "too many tries" in told
        floor.says("yes", "fresh")
        assert floor.status("fresh") == "waiting"
        told = told_to_people(floor, "fresh")
        assert "Order number: 48213" in told
        assert summary.CLOSED in told
        assert "found nothing" not in told


@pytest.fixture
def orders(database, of_tables, codes):
    return guarded(database, of_tables, codes)


@pytest.fixture
def floor(database, orders):
    return floor_of(database, orders)


class TestWay:
    @pytest.fixture(autouse=True)
    def attacked(self, orders):
        attack(orders)

    def test_leads_to_a_person_whenever_one_is_wanted(self, floor):
        asks(floor)
        floor.says("i want a person", "fresh")
        assert floor.status("fresh") == "waiting"
        told = told_to_people(floor, "fresh")
        assert "Order number: 48213" in told
        assert summary.CLOSED in told

    def test_leads_to_a_person_where_codes_are_used_up(self, floor, orders):
        for count in range(5):
            orders.mail_code(ANNA, f"stranger {count}", "en")
        asks(floor)
        told = " ".join(floor.says(ANNA, "fresh"))
        assert "too many" in told
        floor.says("yes", "fresh")
        assert floor.status("fresh") == "waiting"
        assert "48213" in told_to_people(floor, "fresh")

    def test_leads_to_a_person_where_the_mail_server_is_down(self, floor, server):
        server.fault = "busy"
        asks(floor)
        floor.says(ANNA, "fresh")
        assert floor.status("fresh") == "waiting"
        assert "48213" in told_to_people(floor, "fresh")

    def test_leads_to_a_person_where_the_code_stays_wrong(self, floor, server):
        asks(floor)
        floor.says(ANNA, "fresh")
        for _ in range(8):
            if floor.status("fresh") == "waiting":
                break
            told = floor.says(wrong(server.code), "fresh")
            if "colleague" in " ".join(told):
                floor.says("yes", "fresh")
        assert floor.status("fresh") == "waiting"
        assert "48213" in told_to_people(floor, "fresh")


class TestStranger:
    """Whatever a stranger does, an attacked order is as one that there is not."""

    @pytest.mark.parametrize("reads", ["eve@example.com", "ben@example.com"])
    def test_hears_the_same_of_both(self, orders, floor, server, reads):
        attack(orders)
        attack(orders, "99999")
        told = [
            self.says(floor, server, number, reads) for number in ("48213", "99999")
        ]
        assert told[0] == told[1]
        assert "number and that e-mail address" in told[0] or "no orders" in told[0]

    def says(self, floor, server, number, reads):
        psid = f"eve of {number}"
        told = asks(floor, number, "eve@example.com", psid)
        told += floor.says(reads, psid)
        told += floor.says(server.code, psid)
        told += floor.says("yes", psid)
        assert floor.status(psid) == "waiting"
        return " ".join(told).replace(number, "")

    def test_mails_a_code_to_the_owner_and_is_told_what_all_are_told(
        self, orders, floor, server
    ):
        attack(orders)
        attack(orders, "99999")
        told = []
        for number in ("48213", "99999"):
            told.append(asks(floor, number, ANNA, f"eve of {number}"))
            told[-1] += floor.says(ANNA, f"eve of {number}")
        assert told[0] == told[1]
        assert [to for to, _ in server.received] == [ANNA, ANNA]
        told = " ".join(floor.says(wrong(server.code), "eve of 48213"))
        assert "isn't the code" in told
        assert not orders.knows("48213", "eve of 48213")

    def test_learns_nothing_from_a_stopwatch(self, database, kept, codes, server):
        orders = guarded(database, kept, codes)
        orders.mail_code("eve@example.com", "eve", "en")
        assert orders.prove(server.code, "eve")
        took = {number: [] for number in ("48213", "99999")}
        for number in list(took) * 5:
            began = time.perf_counter()
            assert not orders.claim(number, "eve")
            took[number].append(time.perf_counter() - began)
        assert min(min(one) for one in took.values()) >= LEAST
        medians = [statistics.median(one) for one in took.values()]
        assert abs(medians[0] - medians[1]) < 0.02

    def test_claims_nothing_before_a_code_came_back(self, orders):
        orders.mail_code(ANNA, "eve", "en")
        assert not orders.claim("48213", "eve")
        assert not orders.knows("48213", "eve")


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06}"
