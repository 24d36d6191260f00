from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from bot.store import timers
from bot.store.models import TimerState
from tests.floor import NOW


def put(floor, key="a", due_at=NOW, **about):
    row = {"kind": "reminder", "key": key, "due_at": due_at, "payload": {}, **about}
    return floor.write(lambda c: timers.set_timer(c, **row))


def due(floor, now=NOW):
    with floor.database.read() as connection:
        return timers.due(connection, now)


def state(floor):
    return floor.one("SELECT state FROM timer")


def test_a_timer_is_due_from_its_moment_on(floor):
    put(floor)
    assert due(floor, NOW - timedelta(seconds=1)) == []
    assert [timer.key for timer in due(floor)] == ["a"]


def test_a_timer_is_set_once_however_often(floor):
    assert [put(floor) for _ in range(3)] == [True, False, False]


def test_a_timer_is_taken_by_one(floor):
    put(floor)
    (timer,) = due(floor)
    with ThreadPoolExecutor(8) as pool:
        took = list(
            pool.map(
                lambda _: floor.write(lambda c: timers.take(c, timer.id)), range(8)
            )
        )
    assert sorted(took) == [False] * 7 + [True]


def test_a_timer_that_is_done_is_not_set_again(floor):
    put(floor)
    (timer,) = due(floor)
    floor.write(lambda c: timers.take(c, timer.id))
    assert put(floor) is False
    assert due(floor) == []


def test_a_timer_that_was_cancelled_can_be_set_again(floor):
    put(floor)
    (timer,) = due(floor)
    floor.write(lambda c: timers.settle(c, timer.id, TimerState.CANCELLED, "moved"))
    later = NOW + timedelta(hours=1)
    assert put(floor, due_at=later, payload={"n": 2}) is True
    assert due(floor) == []
    (timer,) = due(floor, later)
    assert (timer.payload, timer.reason) == ({"n": 2}, None)


def test_the_longest_due_come_first_and_not_all_at_once(floor):
    for number in range(timers.AT_ONCE + 5):
        put(floor, str(number), NOW - timedelta(minutes=number))
    found = due(floor)
    assert len(found) == timers.AT_ONCE
    assert found[0].key == str(timers.AT_ONCE + 4)


def test_one_that_failed_is_due_again_a_little_later_than_now(floor):
    """Also one that is days overdue: it must not fail every second until then."""
    put(floor, due_at=NOW - timedelta(days=3))
    (timer,) = due(floor)
    floor.write(lambda c: timers.put_off(c, timer, NOW))
    assert due(floor) == []
    assert len(due(floor, NOW + timers.PUT_OFF)) == 1


def test_cancelling_spares_other_kinds_and_other_conversations(floor):
    floor.hears("hello")
    floor.hears("hello", psid="8")
    one, other = floor.conversation(), floor.conversation("8")
    put(floor, "a", conversation_id=one)
    put(floor, "b", conversation_id=one, kind="resume")
    put(floor, "c", conversation_id=other)
    floor.write(lambda c: timers.cancel(c, "reminder", one, "done"))
    assert [timer.key for timer in due(floor)] == ["b", "c"]
