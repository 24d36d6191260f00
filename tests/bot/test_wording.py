"""Messages that customers edit and unsend, whenever Messenger tells of it."""

import random

import pytest
from sqlalchemy import inspect, select

from bot.store.models import Base
from tests.floor import PSID, between, message

MID = "m_edited"
PAGE = "102030405060708"


def edit(number, text, mid=MID, floor=None):
    told = {"mid": mid, "text": text, "num_edit": number}
    return {**between(PSID, PAGE, floor.clock()), "message_edit": told}


def unsend(floor, mid=MID):
    told = {"mid": mid, "is_deleted": True}
    return {**between(PSID, PAGE, floor.clock()), "message": told}


def everything(floor):
    """All that any column of any table holds, as one text."""
    with floor.database.read() as connection:
        assert inspect(connection).get_table_names()
        tables = Base.metadata.sorted_tables
        rows = [row for table in tables for row in connection.execute(select(table))]
    return "\n".join(
        value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        for row in rows
        for value in row
    )


def parts(floor):
    return floor.one("SELECT parts FROM message WHERE mid = :mid", mid=MID)


class TestAnEdit:
    def test_puts_the_newest_words_into_the_thread_and_runs_no_turn(self, floor):
        floor.hears("oder 47", mid=MID)
        floor.answers()
        turns = floor.one("SELECT count(*) FROM turn")
        floor.receives(edit(1, "order 47", floor=floor))
        floor.answers()
        assert floor.thread()[0] == ("customer", "order 47")
        assert floor.one("SELECT count(*) FROM turn") == turns

    @pytest.mark.parametrize("seed", range(4))
    def test_in_any_order_and_twice_leaves_the_newest_and_all_before(self, floor, seed):
        floor.hears("order 0", mid=MID)
        floor.answers()
        edits = [edit(n, f"order {n}", floor=floor) for n in range(1, 6)] * 2
        random.Random(seed).shuffle(edits)  # noqa: S311 - an order, not a secret
        for one in edits:
            floor.receives(one)
        assert floor.thread()[0] == ("customer", "order 5")
        kept = floor.all("SELECT text FROM message_wording ORDER BY number")
        assert [row["text"] for row in kept] == [f"order {n}" for n in range(6)]

    def test_that_comes_before_its_message_waits_for_it(self, floor):
        floor.hears("hello", mid="m_other")
        floor.receives(edit(1, "order 47", floor=floor))
        floor.hears("oder 47", mid=MID)
        floor.answers()
        said = [text for who, text in floor.thread() if who == "customer"]
        assert said == ["hello", "order 47"]

    def test_lets_whoever_looks_see_that_there_is_news(self, floor):
        floor.hears("oder 47", mid=MID)
        floor.answers()
        before = floor.one("SELECT revision FROM conversation")
        floor.receives(edit(1, "order 47", floor=floor))
        assert floor.one("SELECT revision FROM conversation") > before


class TestAnUnsend:
    def test_leaves_the_words_nowhere(self, floor):
        floor.hears("sesame opens no door here", mid=MID)
        floor.answers()
        floor.receives(edit(1, "sesame seeds", floor=floor))
        assert "sesame" in everything(floor)
        assert floor.status() == "waiting"
        floor.receives(unsend(floor))
        assert "sesame" not in everything(floor)
        assert floor.thread()[0] == ("customer", None)

    def test_comes_before_a_turn_that_then_is_not_run(self, floor):
        floor.hears("sesame", mid=MID)
        floor.receives(unsend(floor))
        floor.answers()
        floor.delivers()
        assert floor.graph.taken == []
        assert "sesame" not in everything(floor)

    @pytest.mark.parametrize("late", ["the message", "an edit of it"])
    def test_that_came_first_keeps_what_comes_late_away(self, floor, late):
        floor.hears("hello", mid="m_other")
        floor.receives(unsend(floor))
        if late == "the message":
            floor.hears("sesame", mid=MID)
        else:
            floor.receives(edit(1, "sesame", floor=floor))
        floor.answers()
        floor.delivers()
        assert "sesame" not in everything(floor)
        assert len(floor.graph.taken) == 1

    def test_is_not_undone_by_a_late_duplicate(self, floor):
        said = message("sesame", at=floor.clock(), mid=MID)
        floor.receives(said)
        floor.answers()
        floor.receives(unsend(floor))
        floor.receives(said)
        floor.answers()
        assert "sesame" not in everything(floor)
        assert len(floor.thread()) == len({*floor.thread()})
