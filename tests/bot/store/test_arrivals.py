from datetime import UTC, datetime

import pytest

from bot.store import arrivals
from bot.store.models import EventState
from tests.floor import NOW, PAGE, PSID


def row(key="a", **about):
    usual = {
        "key": key,
        "page_id": PAGE,
        "conversation_id": None,
        "kind": "message",
        "raw": b'{"a": 1}',
        "at": NOW,
        "received_at": NOW,
        "state": EventState.NEW,
        "tries": 0,
    }
    return {**usual, **about}


def test_an_event_is_new_once(floor):
    assert floor.write(lambda c: arrivals.store(c, row())) is True
    assert floor.write(lambda c: arrivals.store(c, row())) is False
    assert floor.one("SELECT count(*) FROM incoming_event") == 1


@pytest.mark.parametrize("count", [0, 1, 3, 4, 5, 17, 64, 300])
def test_many_are_stored_in_their_order(floor, count):
    rows = [row(f"{number:03}") for number in range(count)]
    floor.write(lambda c: arrivals.store_all(c, rows))
    stored = floor.all("SELECT key FROM incoming_event ORDER BY id")
    assert [one["key"] for one in stored] == [one["key"] for one in rows]


def test_of_many_only_the_new_ones_are_stored(floor):
    floor.write(lambda c: arrivals.store_all(c, [row("a"), row("b")]))
    floor.write(lambda c: arrivals.store_all(c, [row("b"), row("c"), row("c")]))
    assert floor.one("SELECT count(*) FROM incoming_event") == 3


def test_a_row_is_the_same_in_whichever_way_it_was_stored(floor):
    odd = {"at": datetime(1971, 1, 1, tzinfo=UTC), "raw": b"\x00\xff"}
    floor.write(lambda c: arrivals.store(c, row("a", **odd)))
    floor.write(lambda c: arrivals.store_all(c, [row("b", **odd)]))
    one, other = floor.all("SELECT * FROM incoming_event ORDER BY id")
    different = {name for name in one if one[name] != other[name]}
    assert different == {"id", "key"}


def test_a_person_has_one_conversation(floor):
    found = {
        floor.write(lambda c: arrivals.conversation_of(c, PAGE, PSID, NOW))
        for _ in range(3)
    }
    assert len(found) == 1
    assert floor.one("SELECT count(*) FROM customer") == 1
