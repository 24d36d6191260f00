"""Wakes within one process: soon, never two at once for one conversation, none lost."""

import threading
import time
from collections import Counter

import pytest
from structlog.testing import capture_logs

from bot.wake import InProcessWaker

PATIENCE = 10


@pytest.fixture
def waker():
    waker = InProcessWaker("test", threads=4)
    yield waker
    waker.close()


def until(holds):
    end = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < end:
        time.sleep(0.005)
    assert holds()


def test_each_that_is_woken_is_handled(waker):
    handled = Counter()
    waker.run(lambda number: handled.update([number]))
    for number in range(100):
        waker.wake(number)
    waker.close()
    assert handled == Counter(range(100))


def test_what_was_woken_before_the_start_is_handled_after_it(waker):
    handled = []
    waker.wake(1)
    waker.wake(1)
    assert len(waker) == 1
    waker.run(handled.append)
    until(lambda: handled == [1])


def test_one_conversation_is_never_handled_by_two_at_once(waker):
    busy, most = Counter(), Counter()

    def handle(number):
        busy[number] += 1
        most[number] = max(most[number], busy[number])
        time.sleep(0.001)
        busy[number] -= 1

    waker.run(handle)
    for _ in range(200):
        waker.wake(1)
        waker.wake(2)
        time.sleep(0.0005)
    waker.close()
    assert most == {1: 1, 2: 1}


def test_a_wake_for_one_that_is_being_handled_handles_it_once_more(waker):
    begun, go_on, handled = threading.Event(), threading.Event(), []

    def handle(number):
        begun.set()
        go_on.wait(PATIENCE)
        handled.append(number)

    waker.run(handle)
    waker.wake(1)
    begun.wait(PATIENCE)
    for _ in range(5):
        waker.wake(1)
    go_on.set()
    until(lambda: len(waker) == 0)
    assert handled == [1, 1]


def test_one_that_takes_long_does_not_keep_the_others_waiting(waker):
    go_on, handled = threading.Event(), []

    def handle(number):
        if number == 0:
            go_on.wait(PATIENCE)
        handled.append(number)

    waker.run(handle)
    for number in range(20):
        waker.wake(number)
    until(lambda: len(handled) == 19)
    go_on.set()


def test_one_that_fails_is_logged_and_the_others_are_handled(waker):
    handled = []

    def handle(number):
        if number == 1:
            raise ZeroDivisionError
        handled.append(number)

    with capture_logs() as logged:
        waker.run(handle)
        for number in (1, 2, 3):
            waker.wake(number)
        waker.close()
    assert sorted(handled) == [2, 3]
    assert [one["conversation"] for one in logged] == [1]


def test_what_was_woken_before_the_end_is_finished(waker):
    handled = []

    def handle(number):
        time.sleep(0.02)
        handled.append(number)

    waker.run(handle)
    for number in range(30):
        waker.wake(number)
    waker.close()
    assert sorted(handled) == list(range(30))
