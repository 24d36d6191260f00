"""As many calls a second as Messenger allows a Page, and no more."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.messenger.pacing import Pace, Paces


class Watch:
    """A clock that sleeping moves."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


@pytest.fixture
def watch():
    return Watch()


def test_each_waits_for_its_turn(watch):
    pace = Pace(10, now=watch, sleep=watch.sleep)
    passed = []
    for _ in range(5):
        pace.wait()
        passed.append(watch.now - 100)
    assert passed == pytest.approx([0, 0.1, 0.2, 0.3, 0.4])


def test_after_a_rest_nobody_waits_and_nothing_is_saved_up(watch):
    pace = Pace(10, now=watch, sleep=watch.sleep)
    pace.wait()
    watch.now += 60
    before = watch.now
    pace.wait()
    assert watch.now == before
    pace.wait()
    assert watch.now == pytest.approx(before + 0.1)


def test_many_threads_together_keep_to_it():
    pace, passed = Pace(200), []
    with ThreadPoolExecutor(8) as pool:
        for _ in range(40):
            pool.submit(lambda: (pace.wait(), passed.append(time.monotonic())))
    assert len(passed) == 40
    assert max(passed) - min(passed) >= 39 / 200 * 0.95


def test_one_page_does_not_slow_another():
    paces = Paces(rate=0.1)
    paces.wait("one")
    done = threading.Event()
    other = threading.Thread(target=lambda: (paces.wait("other"), done.set()))
    other.start()
    assert done.wait(5)
    other.join()
