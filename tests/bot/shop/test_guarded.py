"""The whole way of an order that is under attack, on both databases."""

import pytest

from bot.guard import Guard
from bot.shop.csv_file import import_orders
from bot.shop.orders import GuardedOrders
from bot.shop.tables import TableOrders
from tests.dialogue import assistants
from tests.floor import Floor, Understanding

ORDER = "number,email,postcode,status\n48213,anna@example.com,SW1A 1AA,shipped\n"


@pytest.fixture
def orders(database, tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(ORDER)
    import_orders(path, database)
    guard = Guard("order", database, "a-key-of-tests")
    return GuardedOrders(TableOrders(database), guard)


@pytest.fixture
def floor(database, orders):
    return Floor(database, understanding=Understanding(assistants(orders=orders)))


@pytest.fixture
def attacked(orders):
    for count in range(10):
        orders.find("48213", f"guess{count}@example.com", f"attacker {count}")


def asks(floor, proof="anna@example.com"):
    floor.says("where is my parcel?")
    floor.says("48213")
    return " ".join(floor.says(proof))


def test_its_owner_gets_a_person(floor, attacked):
    told = asks(floor)
    assert "too many tries" in told
    assert "48213 is on its way" not in told
    floor.says("yes")
    assert floor.status() == "waiting"


def test_its_owner_who_proved_it_before_is_told(floor, orders):
    assert "48213 is on its way" in asks(floor)
    for count in range(10):
        orders.find("48213", f"guess{count}@example.com", f"attacker {count}")
    floor.says("where is my parcel?")
    assert "48213 is on its way" in " ".join(floor.says("48213"))


def test_who_guesses_is_offered_a_person_after_two_and_stopped_after_five(floor):
    first = asks(floor, "eve@example.com")
    assert "I can't find an order" in first
    second = " ".join(floor.says("sam@example.com"))
    assert "colleague" in second
    for proof in ("tom@example.com", "kim@example.com", "lee@example.com"):
        floor.says("cancel")
        asks(floor, proof)
    floor.says("cancel")
    assert "too many tries" in asks(floor)
