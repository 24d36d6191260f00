import threading
import time
from datetime import timedelta

import pytest

from bot.store import timers
from bot.sweep import Duties, Sweep
from tests.floor import NOW


def put(floor, key, kind="known", due_at=NOW, **about):
    row = {"kind": kind, "key": key, "due_at": due_at, "payload": {}, **about}
    floor.write(lambda c: timers.set_timer(c, **row))


def taken(connection, timer):
    timers.take(connection, timer.id)


def states(floor):
    return [row["state"] for row in floor.all("SELECT state FROM timer ORDER BY id")]


def test_what_was_not_woken_is_found(floor):
    floor.hears("hello")
    floor.hears("hello", psid="8")
    floor.plans(psid="8")
    floor.woken.clear()
    floor.new_sweep().sweep()
    one, other = floor.conversation(), floor.conversation("8")
    assert floor.woken == [one, other, other]


def test_what_is_due_is_done_and_its_conversation_woken(floor):
    floor.hears("hello")
    floor.run("UPDATE incoming_event SET state = 'handled'")
    put(floor, "a", conversation_id=floor.conversation())
    floor.woken.clear()
    floor.new_sweep(known=taken).sweep()
    assert states(floor) == ["done"]
    assert floor.woken == [floor.conversation()]


def test_a_timer_that_fails_keeps_no_other_from_firing(floor):
    def fails(connection, timer):
        taken(connection, timer)
        raise ValueError(timer.key)

    put(floor, "a", "bad")
    put(floor, "b")
    sweep = floor.new_sweep(known=taken, bad=fails)
    sweep.sweep()
    assert states(floor) == ["due", "done"]
    assert floor.one(
        "SELECT due_at > :now AS later FROM timer WHERE key = 'a'", now=str(NOW)
    )


def test_a_kind_that_nobody_knows_keeps_no_other_from_firing(floor):
    """A newer version may have left it."""
    put(floor, "a", "of next year", NOW - timedelta(days=1))
    put(floor, "b")
    others = []
    duties = Duties(
        floor.woken.append,
        floor.woken.append,
        {"known": taken},
        (lambda: others.append(1),),
    )
    Sweep(floor.database, floor.clock, duties).sweep()
    assert states(floor) == ["due", "done"]
    assert others == [1]


def test_a_duty_that_fails_keeps_no_other_from_being_done(floor):
    done = []

    def fails():
        raise ValueError

    duties = Duties(
        floor.woken.append, floor.woken.append, {}, (fails, lambda: done.append(1))
    )
    Sweep(floor.database, floor.clock, duties).sweep()
    assert done == [1]


@pytest.mark.timeout(60)
def test_of_two_processes_one_sweeps_and_the_other_takes_over(floor, monkeypatch):
    monkeypatch.setattr("bot.sweep.EVERY", 0.05)
    swept = {1: 0, 2: 0}

    def count(number):
        def look():
            swept[number] += 1

        return look

    sweeps = {
        number: Sweep(
            floor.database,
            floor.clock,
            Duties(floor.woken.append, floor.woken.append, {}, (count(number),)),
        )
        for number in swept
    }
    for sweep in sweeps.values():
        sweep.start()
    wait_for(lambda: max(swept.values()) > 3)
    alone = floor.database.engine.dialect.name == "postgresql"
    first = max(swept, key=lambda number: swept[number])
    other = 3 - first
    if alone:
        assert swept[other] == 0
    sweeps[first].close()
    before = swept[other]
    wait_for(lambda: swept[other] > before + 2)
    sweeps[other].close()
    assert threading.active_count() >= 1


def wait_for(holds):
    until = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)
