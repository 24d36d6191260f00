"""Messages that customers edit and unsend, whenever Messenger tells of it."""

import json
import random

import pytest
from sqlalchemy import inspect, select

from bot import handoff
from bot.answer import Done
from bot.store import arrivals
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


def said(floor):
    """What the turns took the customer to have said."""
    events = floor.all("SELECT event FROM tracker_event ORDER BY id")
    told = [as_json(row["event"]) for row in events]
    return [one["text"] for one in told if one["event"] == "user"]


def as_json(column):
    """A column of JSON: of SQLite a text, of PostgreSQL none."""
    return json.loads(column) if isinstance(column, str) else column


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

    def test_that_comes_before_the_answer_is_what_is_answered(self, floor):
        floor.hears("blue elephants", mid=MID)
        floor.receives(edit(1, "when are you closed?", floor=floor))
        floor.receives(edit(2, "when are you open?", floor=floor))
        floor.answers()
        assert said(floor) == ["when are you open?"]
        assert floor.outcomes() == ["answered"]
        kept = floor.all("SELECT text FROM message_wording ORDER BY number")
        assert [row["text"] for row in kept][0] == "blue elephants"
        assert floor.thread()[0] == ("customer", "when are you open?")

    @pytest.mark.parametrize("length", [150, 240], ids=["long", "too long for a key"])
    def test_is_what_is_answered_however_long_the_mid_is(self, floor, length):
        floor.hears("blue elephants", mid="m" * length)
        floor.hears("and green ones", mid="n" * length)
        floor.receives(edit(1, "when are you open?", mid="m" * length, floor=floor))
        floor.answers()
        assert said(floor)[0] == "when are you open?"
        assert floor.outcomes()[0] == "answered"

    def test_that_comes_before_its_message_is_what_is_answered(self, floor):
        floor.hears("hello", mid="m_other")
        floor.receives(edit(1, "when are you open?", floor=floor))
        floor.hears("blue elephants", mid=MID)
        floor.answers()
        assert said(floor) == ["hello", "when are you open?"]

    def test_while_it_is_thought_about_is_thought_about_again(self, floor):
        floor.hears("blue elephants", mid=MID)
        (task,) = floor.write(
            lambda c: floor.answerer.claim_all(c, [floor.conversation()])
        )
        thought = Done(task.held, floor.answerer.think(task))
        floor.receives(edit(1, "when are you open?", floor=floor))
        (again,) = floor.write(lambda c: floor.answerer.settle_all(c, [thought]))
        assert again.owed.event_id == task.owed.event_id
        assert floor.outcomes() == []
        thought = Done(again.held, floor.answerer.think(again))
        floor.write(lambda c: floor.answerer.settle_all(c, [thought]))
        assert said(floor) == ["when are you open?"]

    def test_is_what_is_answered_once_a_person_gives_the_customer_back(self, floor):
        floor.hears("hello", mid="m_other")
        floor.answers()
        floor.takes_over()
        floor.hears("blue elephants", mid=MID)
        floor.answers()
        floor.receives(edit(1, "when are you open?", floor=floor))
        number = floor.conversation()
        floor.write(lambda c: handoff.release(c, number, floor.clock()))
        floor.write(lambda c: arrivals.look_again(c, number))
        floor.answers()
        assert said(floor) == ["hello", "when are you open?"]

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
