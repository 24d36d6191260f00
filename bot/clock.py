"""What time it is: the only place that reads a clock."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]

POLL = timedelta(milliseconds=200)


def system_clock() -> datetime:
    """Return the time of this machine."""
    return datetime.now(UTC)


class FollowingClock:
    """The time of another clock, asked for five times a second.

    The demo and the tests move the emulator's clock by a day in a second;
    windows, timers and reminders follow it. Between two answers, and while the
    other clock does not answer, time goes on at its usual pace.
    """

    def __init__(self, ask: Callable[[], datetime]) -> None:
        self._ask = ask
        self._ahead = timedelta()
        self._ended = threading.Event()
        self._follow_once()
        self._thread = threading.Thread(target=self._follow, name="clock", daemon=True)
        self._thread.start()

    def __call__(self) -> datetime:
        return system_clock() + self._ahead

    def close(self) -> None:
        """Stop following."""
        self._ended.set()
        self._thread.join()

    def _follow(self) -> None:
        while not self._ended.wait(POLL.total_seconds()):
            self._follow_once()

    def _follow_once(self) -> None:
        try:
            asked_at = system_clock()
            self._ahead = self._ask() - asked_at
        except (OSError, ValueError):
            return


def monotonic() -> float:
    """Return seconds that never jump, for measuring how long something took."""
    return time.monotonic()
