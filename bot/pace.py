"""What could a stopwatch tell whoever asks for what is not theirs? Nothing."""

import time
from collections.abc import Callable

from bot.clock import monotonic

HOUR = 3600.0


class Pace:
    """Lets every miss take as long as the slowest answer of this hour and the last.

    A shop on the network may answer a little later when it has found an order: who
    measures must not see that. What was found is told at once: that it was shows.
    """

    def __init__(
        self,
        least: float,
        clock: Callable[[], float] = monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._least, self._clock, self._sleep = least, clock, sleep
        self._hour = int(clock() // HOUR)
        self._slowest = self._slowest_before = 0.0

    def began(self) -> float:
        """Return the moment from which an answer counts."""
        return self._clock()

    def found(self, began: float) -> None:
        """Remember how long an answer took."""
        took, hour = self._clock() - began, int(self._clock() // HOUR)
        if hour != self._hour:
            next_door = hour == self._hour + 1
            self._slowest_before = self._slowest if next_door else 0.0
            self._hour, self._slowest = hour, 0.0
        self._slowest = max(self._slowest, took)

    def missed(self, began: float) -> None:
        """Wait until a miss may be told."""
        self.found(began)
        full = max(self._least, self._slowest, self._slowest_before)
        self._sleep(max(0.0, began + full - self._clock()))
