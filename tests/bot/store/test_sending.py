from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.store import fates, outbox, parking, sending, settling, taken
from bot.store.models import OutgoingState
from bot.store.taken import Taken
from tests.floor import NOW, PAGE, PSID


@pytest.fixture(autouse=True)
def somebody(floor):
    floor.hears("hello")
    floor.run("UPDATE incoming_event SET state = 'handled'")


def claim(floor):
    number = floor.conversation()
    found = floor.write(lambda c: sending.claim(c, [number], floor.clock()))
    return found.get(number)


def settle(floor, row, state, **more):
    return floor.write(lambda c: settling.settle(c, row.id, state, **more))


def sent(floor, row, mid="m_1", **more):
    one = Taken(id=row.id, mid=mid, at=NOW, **more)
    return bool(floor.write(lambda c: taken.settle(c, [one])))


def test_the_oldest_is_claimed_and_nothing_else_until_it_is_settled(floor):
    first, second = floor.plans("one"), floor.plans("two")
    claimed = claim(floor)
    assert claimed.id == first
    assert claim(floor) is None
    assert sent(floor, claimed)
    assert claim(floor).id == second


def test_a_claim_has_one_winner(floor):
    floor.plans()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: claim(floor), range(8)))
    assert len([one for one in found if one is not None]) == 1


def test_each_claim_is_another_attempt(floor):
    floor.plans()
    assert claim(floor).attempt == 1
    floor.leases_end()
    assert claim(floor).attempt == 2


def test_an_attempt_that_is_over_settles_nothing(floor):
    floor.plans()
    first = claim(floor)
    floor.leases_end()
    second = claim(floor)
    assert not sent(floor, first, attempt=first.attempt)
    assert not settle(floor, first, OutgoingState.FAILED, attempt=first.attempt)
    assert sent(floor, second, attempt=second.attempt)


def test_a_message_is_settled_once(floor):
    floor.plans()
    row = claim(floor)
    assert sent(floor, row)
    assert not sent(floor, row, mid="m_2")
    assert not settle(floor, row, OutgoingState.FAILED)
    assert floor.one("SELECT mid FROM message") == "m_1"


@pytest.mark.parametrize(
    ("send_class", "becomes"),
    [("repeatable", "sending"), ("park", "unconfirmed"), ("expire", "unconfirmed")],
)
def test_what_a_lost_sender_held_is_settled_by_its_class(floor, send_class, becomes):
    floor.plans(send_class=send_class)
    claim(floor)
    floor.leases_end()
    claim(floor)
    assert floor.states() == [becomes]


def test_a_repeatable_message_is_not_repeated_for_ever(floor):
    floor.plans()
    for _ in range(sending.MAX_REPEATS):
        assert claim(floor) is not None
        floor.leases_end()
    assert claim(floor) is None
    assert floor.states() == ["unconfirmed"]


def test_a_lost_sender_does_not_hold_up_what_comes_after(floor):
    floor.plans("one", send_class="park")
    second = floor.plans("two")
    claim(floor)
    floor.leases_end()
    assert claim(floor).id == second


def test_what_may_be_with_the_customer_is_not_called_cancelled(floor):
    """A sender died in the middle of a call, then a person took over."""
    floor.plans()
    claim(floor)
    floor.takes_over()
    floor.leases_end()
    assert claim(floor) is None
    assert floor.states() == ["unconfirmed"]


def test_what_may_be_with_the_customer_is_not_called_expired(floor):
    floor.plans(expires_at=NOW)
    floor.clock.advance(minutes=-1)
    claim(floor)
    floor.clock.advance(minutes=1)
    floor.leases_end()
    assert claim(floor) is None
    assert floor.states() == ["unconfirmed"]


ENDS = {
    "Messenger refuses the second": lambda floor, row: settle(
        floor, row, OutgoingState.FAILED
    ),
    "our rules forbid the second": lambda floor, row: settle(
        floor, row, OutgoingState.REFUSED
    ),
    "it waits, and somebody takes over": lambda floor, row: (
        settle(floor, row, OutgoingState.PENDING),
        floor.takes_over(),
        claim(floor),
    ),
    "it waits, and is cancelled": lambda floor, row: (
        settle(floor, row, OutgoingState.PENDING),
        floor.write(lambda c: outbox.cancel(c, row.conversation_id, "over")),
    ),
    "it waits, and a person sends it again": lambda floor, row: (
        floor.run("UPDATE outgoing_message SET state = 'unconfirmed'"),
        floor.write(lambda c: fates.send_again(c, row.conversation_id, row.id, 1)),
        settle(floor, claim(floor), OutgoingState.REFUSED),
    ),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS.keys())
def test_what_an_earlier_attempt_may_have_brought_is_not_called_unsent(floor, end):
    floor.plans()
    claim(floor)
    floor.leases_end()
    second = claim(floor)
    end(floor, second)
    assert floor.states() == ["unconfirmed"]
    assert "may have taken it" in floor.one("SELECT reason FROM outgoing_message")


def test_what_was_never_in_doubt_ends_as_it_ends_however_often_it_was_tried(floor):
    floor.plans()
    settle(floor, claim(floor), OutgoingState.PENDING)
    settle(floor, claim(floor), OutgoingState.FAILED, attempt=2)
    assert floor.states() == ["failed"]


def test_an_echo_confirms_what_was_unconfirmed(floor):
    floor.plans(send_class="park")
    row = claim(floor)
    floor.leases_end()
    claim(floor)
    assert sent(floor, row)
    assert floor.states() == ["sent"]


def test_what_has_expired_is_not_sent(floor):
    floor.plans("old", expires_at=NOW)
    second = floor.plans("new")
    assert claim(floor).id == second
    assert floor.states() == ["expired", "sending"]


@pytest.mark.parametrize(
    ("author", "purpose", "state"),
    [
        ("flow", "answer", "cancelled"),
        ("system", "handoff_notice", "cancelled"),
        ("system", "reminder", "sending"),
        ("agent", "answer", "sending"),
    ],
)
def test_after_a_take_over_the_bot_says_nothing(floor, author, purpose, state):
    floor.plans(author=author, purpose=purpose)
    floor.run("UPDATE conversation SET epoch = epoch + 1")
    claim(floor)
    assert floor.states() == [state]


def test_a_message_that_waits_holds_back_what_comes_after(floor):
    floor.plans("one")
    floor.plans("two")
    row = claim(floor)
    settle(floor, row, OutgoingState.PENDING, wait=60)
    assert claim(floor) is None
    floor.leases_end()
    assert claim(floor).id == row.id


class TestPageThatMessengerHasShut:
    def park(self, floor, seconds=300):
        floor.write(lambda c: parking.park(c, PAGE, "190: expired", seconds))

    def test_nothing_goes_out(self, floor):
        floor.plans()
        self.park(floor)
        assert claim(floor) is None
        assert floor.states() == ["pending"]

    def test_one_message_is_let_through_now_and_then(self, floor):
        floor.hears("hello", psid="8")
        floor.plans()
        floor.plans(psid="8")
        self.park(floor)
        floor.leases_end()
        with ThreadPoolExecutor(8) as pool:
            numbers = [floor.conversation(psid) for psid in (PSID, "8")] * 4
            found = pool.map(
                lambda n: floor.write(lambda c: sending.claim(c, [n], NOW)), numbers
            )
        assert len([one for one in found if one]) == 1

    def test_what_waits_can_be_tried_at_once(self, floor):
        floor.plans()
        floor.run("UPDATE outgoing_message SET not_before = 9e9")
        self.park(floor)
        stop = floor.write(lambda c: parking.stop(c, PAGE))
        assert (stop.reason, stop.waits, stop.trying) == ("190: expired", True, False)
        assert 200 < stop.seconds <= 300

        floor.write(lambda c: parking.try_now(c, PAGE))

        assert claim(floor).probes
        assert floor.write(lambda c: parking.stop(c, PAGE)).trying

    def test_a_message_that_goes_through_opens_it(self, floor):
        floor.write(lambda c: parking.unpark(c, PAGE))
        self.park(floor)
        floor.write(lambda c: parking.unpark(c, PAGE))
        floor.plans()
        assert claim(floor) is not None


def test_an_unhandled_message_counts_for_the_window(floor):
    """Who answers has not come to it yet; Messenger's window is open all the same."""
    floor.run("UPDATE incoming_event SET state = 'new'")
    floor.plans()
    assert claim(floor).last_heard_at == NOW


def test_the_newest_word_of_the_customer_counts_for_the_window(floor):
    floor.answers()
    floor.clock.advance(days=2)
    floor.hears("are you there?")
    floor.run("DELETE FROM outgoing_message")
    floor.plans()
    assert claim(floor).last_heard_at == floor.clock()


def test_a_message_of_tomorrow_opens_no_window_for_the_day_after(floor):
    floor.clock.advance(days=1)
    floor.hears("from a phone whose clock is wrong")
    floor.clock.advance(days=-1)
    floor.plans()
    assert claim(floor).last_heard_at == NOW
