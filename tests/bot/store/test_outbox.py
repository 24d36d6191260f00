from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from bot import handoff
from bot.store import outbox
from tests.floor import NOW, PSID, planned


@pytest.fixture
def conversation(floor):
    floor.hears("hello")
    return floor.conversation()


def plan(floor, *messages):
    number = floor.conversation()
    return floor.write(lambda c: outbox.plan(c, number, NOW, messages))


def test_messages_are_numbered_in_the_order_they_were_planned(floor, conversation):
    plan(floor, planned("one"), planned("two"))
    plan(floor, planned("three"))
    rows = floor.all("SELECT seq, payload FROM outgoing_message ORDER BY seq")
    assert [row["seq"] for row in rows] == [1, 2, 3]


def test_what_is_planned_stands_in_the_thread_at_once(floor, conversation):
    plan(floor, planned("one"), planned("two", author="agent"))
    assert floor.thread() == [("bot", "one"), ("agent", "two")]


def test_a_key_is_planned_once_for_ever(floor, conversation):
    assert plan(floor, planned("one", key="a"))
    assert plan(floor, planned("again", key="a"), planned("two")) != []
    floor.run("UPDATE outgoing_message SET state = 'sent'")
    assert plan(floor, planned("one", key="a")) == []
    assert floor.thread() == [("bot", "one"), ("bot", "two")]


def test_of_eight_who_plan_one_key_at_once_one_does(floor, conversation):
    start = Barrier(8)

    def work(_):
        start.wait()
        return len(plan(floor, planned("one", key="a")))

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(work, range(8))) == [0] * 7 + [1]
    assert floor.thread() == [("bot", "one")]


def test_of_eight_who_plan_at_once_each_has_a_place_and_news(floor, conversation):
    before = floor.one("SELECT revision FROM conversation")
    start = Barrier(8)

    def work(number):
        start.wait()
        return plan(floor, planned(f"{number} one"), planned(f"{number} two"))

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(work, range(8)))
    rows = floor.all("SELECT id, seq FROM outgoing_message ORDER BY seq")
    assert [row["seq"] for row in rows] == list(range(1, 17))
    assert sorted(found) == [
        [one["id"], two["id"]] for one, two in zip(rows[::2], rows[1::2], strict=True)
    ]
    assert floor.one("SELECT revision FROM conversation") == before + 16


def test_a_take_over_cancels_what_the_bot_has_not_begun_to_send(floor, conversation):
    plan(floor, planned("mine", author="agent"), planned("the bot's"))
    plan(floor, planned("nobody yet", author="system", purpose="handoff_notice"))
    plan(floor, planned("a reminder", author="system", purpose="reminder"))
    assert floor.takes_over()
    assert floor.states() == ["pending", "cancelled", "cancelled", "pending"]


def test_what_one_customer_is_owed_is_not_cancelled_with_anothers(floor, conversation):
    floor.hears("hello", psid="8")
    other = floor.conversation("8")
    floor.write(lambda c: outbox.plan(c, other, NOW, [planned()]))
    plan(floor, planned())
    floor.write(lambda c: handoff.take_over(c, other, floor_staff(c), NOW))
    assert (floor.states(PSID), floor.states("8")) == (["pending"], ["cancelled"])


def floor_staff(connection):
    return connection.exec_driver_sql(
        "INSERT INTO staff (login, name, role, created_at)"
        " VALUES ('a', 'A', 'agent', '2026-01-01 00:00:00+00') RETURNING id"
    ).scalar_one()
