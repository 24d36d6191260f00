"""A shop's own file says where its orders are."""

import sqlite3
import textwrap
import time
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.shop import own_file
from bot.shop.own import OwnOrders
from flows.files import DataError
from flows.ports import Address, PortError

LONDON = ZoneInfo("Europe/London")
ADAPTER = """
    import sqlite3


    def order(number):
        with sqlite3.connect({database!r}) as shop:
            row = shop.execute(
                "SELECT number, email, state FROM orders WHERE number = ?", (number,)
            ).fetchone()
        return row and {{
            "number": row[0],
            "email": row[1],
            "status": row[2],
            "parcels": [{{"status": "in_transit", "tracking_number": "JD1"}}],
        }}


    def orders_of(email):
        return [order("48213")]


    def cancel(number, email):
        return "left"


    def readdress(number, email, address):
        return "changed" if address["town"] == "Leeds" else "lost"
"""


@pytest.fixture
def shop(tmp_path):
    """Return the orders of a file of this text, beside a shop of one order."""
    database = tmp_path / "shop.db"
    with sqlite3.connect(database) as made:
        made.execute("CREATE TABLE orders (number TEXT, email TEXT, state TEXT)")
        made.execute(
            "INSERT INTO orders VALUES ('48213', 'ada@example.com', 'shipped')"
        )

    def shop(text=ADAPTER):
        path = tmp_path / "orders.py"
        path.write_text(
            textwrap.dedent(text).replace("{database!r}", repr(str(database)))
        )
        path.write_text(path.read_text().replace("{{", "{").replace("}}", "}"))
        return OwnOrders(path, LONDON)

    return shop


def test_an_order_is_read_as_the_docs_describe_it(shop):
    (record,) = shop().records("48213")
    order = record.tell()
    assert (record.email, order.status) == ("ada@example.com", "shipped")
    assert order.parcels[0].tracking_number == "JD1"


@pytest.mark.parametrize("number", ["48214", "' OR 1=1 --", ""])
def test_what_is_not_there_or_no_number_is_none(shop, number):
    assert list(shop().records(number)) == []


def test_the_other_functions_are_asked_if_they_are_there(shop):
    assert [one.number for one in shop().records_of("ada@example.com")] == ["48213"]
    assert shop().cancel("48213", "ada@example.com") == "left"


def test_it_may_send_an_order_elsewhere(shop):
    to = Address(street="14 Mill Lane", town="Leeds", postcode="LS1 4AB")
    assert shop().readdress("48213", "ada@example.com", to) == "changed"
    with pytest.raises(PortError, match="returned none of"):
        shop().readdress("48213", "ada@example.com", replace(to, town="York"))
    only = shop("def order(number): return None")
    assert only.readdress("48213", "ada@example.com", to) == "refused"


def test_a_file_with_orders_alone_has_no_list_and_cancels_nothing(shop):
    only = shop("def order(number): return None")
    assert list(only.records_of("ada@example.com")) == []
    assert only.cancel("48213", "ada@example.com") == "refused"


def test_an_error_is_told_by_its_kind_and_quotes_nobody(shop):
    broken = shop("def order(number): raise KeyError(number)")
    with pytest.raises(PortError) as error:
        broken.records("48213")
    assert str(error.value) == "orders.py: order: KeyError"


def test_nobody_waits_longer_than_a_port_may(shop, monkeypatch):
    monkeypatch.setattr(own_file, "PATIENCE", 0.2)
    slow = shop("import time\ndef order(number): time.sleep(1)")
    began = time.monotonic()
    with pytest.raises(PortError):
        slow.records("48213")
    assert time.monotonic() - began < 0.9


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def ordr(number): return None", "has no function 'order(number)'"),
        (
            "import nothing_of_the_kind",
            "orders.py, line 1: can't be used: ModuleNotFound",
        ),
        (
            "A = 1\n\ndef order(number:",
            "orders.py, line 3: can't be used: SyntaxError: ",
        ),
        (
            "def f():\n    return 1 / 0\n\nf()",
            "orders.py, line 2: can't be used: ZeroDiv",
        ),
    ],
)
def test_a_file_that_cannot_be_used_says_so_at_the_start(shop, text, said):
    with pytest.raises(DataError, match="orders.py") as error:
        shop(text)
    assert said in str(error.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match="FRONTDESK_ORDERS=own needs it"):
        OwnOrders(tmp_path / "orders.py", LONDON)


def test_the_doctor_asks_for_an_order_that_there_is_not(shop):
    assert shop().diagnosis().well
    assert not shop("def order(number): return {'number': number}").diagnosis().well
