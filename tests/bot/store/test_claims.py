from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.store import claims, handled, logbook, owed
from bot.store.handled import Change
from bot.store.models import EventState
from tests.floor import NOW


@pytest.fixture(autouse=True)
def somebody(floor):
    floor.hears("one", mid="m_1")
    floor.hears("two", mid="m_2")


def claim(floor):
    number = floor.conversation()
    held = floor.write(lambda c: claims.claim(c, [number]))
    return held[0] if held else None


def next_owed(floor, held):
    return floor.write(lambda c: claims.next_owed(c, [held])).get(held)


def settle(floor, held, event_id, *, epoch=None, **columns):
    def job(connection):
        row = claims.lock(connection, [held.conversation_id])[held.conversation_id]
        if not claims.holds(row, held, epoch=epoch):
            return False
        about = {"state": EventState.HANDLED, "goes_on": True, "columns": columns}
        handled.settle(connection, [Change(held=held, event_id=event_id, **about)])
        return True

    return floor.write(job)


def test_a_conversation_is_held_by_one(floor):
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: claim(floor), range(8)))
    assert len([held for held in found if held is not None]) == 1


def test_nobody_claims_a_conversation_that_owes_nothing(floor):
    floor.run("UPDATE incoming_event SET state = 'handled'")
    assert claim(floor) is None


def test_events_are_taken_in_their_order_each_once(floor):
    held = claim(floor)
    first = next_owed(floor, held)
    assert settle(floor, held, first.event_id)
    second = next_owed(floor, held)
    assert [b"one" in first.raw, b"two" in second.raw] == [True, True]
    assert settle(floor, held, second.event_id)
    assert next_owed(floor, held) is None


def test_when_nothing_is_left_the_conversation_is_let_go(floor):
    held = claim(floor)
    floor.run("UPDATE incoming_event SET state = 'handled'")
    assert next_owed(floor, held) is None
    assert floor.one("SELECT lease_until FROM conversation") is None


def test_a_claim_ends_by_the_databases_clock_and_its_number_is_never_used_again(floor):
    first = claim(floor)
    assert claim(floor) is None
    floor.clock.advance(days=400)
    assert claim(floor) is None
    floor.leases_end()
    assert claim(floor).number == first.number + 1


def test_a_worker_that_lost_its_claim_can_settle_nothing(floor):
    lost = claim(floor)
    event = next_owed(floor, lost)
    floor.leases_end()
    held = claim(floor)
    assert not settle(floor, lost, event.event_id, state={"a": 1})
    assert next_owed(floor, lost) is None
    floor.write(lambda c: claims.release(c, lost))
    assert floor.one("SELECT lease_until FROM conversation") is not None
    assert floor.kinds() == {"message new": 2}
    assert settle(floor, held, event.event_id)


def test_after_a_take_over_a_turn_cannot_settle_but_the_event_can(floor):
    held = claim(floor)
    event = next_owed(floor, held)
    floor.takes_over()
    assert not settle(floor, held, event.event_id, epoch=event.epoch)
    assert settle(floor, held, event.event_id)


def test_each_try_is_counted_before_it_is_made(floor):
    for number in range(1, 5):
        held = claim(floor)
        assert next_owed(floor, held).tries == number
        floor.leases_end()


def test_what_a_dead_process_held_is_free_after_a_start(floor):
    held = claim(floor)
    floor.plans()
    floor.run("UPDATE outgoing_message SET state = 'sending', lease_until = 1e12")
    floor.write(owed.recover)
    assert claim(floor).number == held.number + 1
    with floor.database.read() as connection:
        assert owed.sends(connection) == []  # an echo may still come
    floor.leases_end()
    with floor.database.read() as connection:
        assert owed.sends(connection) == [floor.conversation()]


def test_the_sweep_finds_what_is_owed_and_nobody_holds(floor):
    with floor.database.read() as connection:
        assert owed.turns(connection) == [floor.conversation()]
    claim(floor)
    with floor.database.read() as connection:
        assert owed.turns(connection) == []
    floor.leases_end()
    with floor.database.read() as connection:
        assert owed.turns(connection) == [floor.conversation()]


def test_the_sweep_leaves_a_page_alone_that_is_shut(floor):
    floor.plans()
    with floor.database.read() as connection:
        assert owed.sends(connection) == [floor.conversation()]
    floor.run("UPDATE page SET parked_until = 1e12")
    with floor.database.read() as connection:
        assert owed.sends(connection) == []


def logged(floor, events):
    """Write a turn with these events; return what is read back of the log."""
    event = next_owed(floor, claim(floor))
    about = {
        "event_id": event.event_id,
        "conversation_id": event.conversation_id,
        "at": NOW,
        "outcome": "answered",
        "trace": {},
    }
    floor.write(lambda c: logbook.add_turns(c, [(about, events)]))
    with floor.database.read() as connection:
        return logbook.history(connection, [event.conversation_id])[
            event.conversation_id
        ]


def test_the_log_is_read_back_in_its_order_and_no_longer_than_it_may_be(floor):
    found = logged(floor, [{"event": "slot", "n": number} for number in range(80)])
    assert [one["n"] for one in found] == list(range(30, 80))


def test_the_log_is_read_back_as_it_was_written(floor):
    values = [
        None,
        True,
        -1,
        2**53 + 1,
        0.1,
        1e-7,
        1.5e300,
        "",
        [],
        {},
        [[{"a": None}]],
    ]
    values += ["\u2028 \t\x01 \\ ' \"", "$[0] :events %(x)s", "Größe 寿司 🎁"]
    events = [{"event": "slot", "name": "any", "value": value} for value in values]
    assert logged(floor, events) == events


def test_the_next_try_sees_what_was_written_into_the_log(floor):
    logged(floor, [{"event": "slot", "n": 1}])
    floor.leases_end()
    assert next_owed(floor, claim(floor)).log == [{"event": "slot", "n": 1}]
