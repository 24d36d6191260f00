"""Keep to the number of calls a second that Messenger allows a Page."""

import threading
import time
from collections.abc import Callable

from bot.clock import monotonic

# https://developers.facebook.com/documentation/business-messaging/messenger-platform/overview/rate-limiting
SENDS_A_SECOND = 300.0


class Pace:
    """Lets *rate* callers through a second, each in its turn."""

    def __init__(
        self,
        rate: float,
        *,
        now: Callable[[], float] = monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._gap = 1 / rate
        self._now = now
        self._sleep = sleep
        self._next = now()
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Return when it is the caller's turn."""
        with self._lock:
            now = self._now()
            turn = max(self._next, now)
            self._next = turn + self._gap
        if turn > now:
            self._sleep(turn - now)


class Paces:
    """One pace for each Page."""

    def __init__(self, rate: float = SENDS_A_SECOND) -> None:
        self._rate = rate
        self._pages: dict[str, Pace] = {}
        self._lock = threading.Lock()

    def wait(self, page_id: str) -> None:
        """Return when this Page may send again."""
        with self._lock:
            pace = self._pages.setdefault(page_id, Pace(self._rate))
        pace.wait()
