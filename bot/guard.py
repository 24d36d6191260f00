"""Who may see what is kept under a number? Whoever gives what proves that it is theirs.

The proof is held against the record here, in one place, whatever the record came
from; an unknown number and a wrong proof are the same work and take the same time.
"""

import hmac
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.clock import monotonic

T = TypeVar("T")

HOUR = 3600.0  # seconds
NOTHING = ""


@dataclass(frozen=True, kw_only=True)
class Record(Generic[T]):
    """What is kept under a number, and what proves that it is somebody's."""

    number: str
    email: str = NOTHING
    postcode: str = NOTHING
    #: Called only once the proof fits: what is odd in a record, or takes time, must
    #: not show to strangers that there is one.
    tell: Callable[[], T]


def _never() -> Any:
    raise AssertionError("nobody's record was opened")


#: What is compared where there is no record: nothing opens it.
_NOBODYS: Record[Any] = Record(number=NOTHING, tell=_never)


def proved(records: Sequence[Record[T]], number: str, proof: str) -> Record[T] | None:
    """Return the record of that number that *proof* opens; all of them are compared."""
    found = [one for one in records or [_NOBODYS] if _fits(one, number, proof)]
    return found[0] if found else None


def _fits(record: Record[T], number: str, proof: str) -> bool:
    by_number = _same(spelt(number), spelt(record.number))
    by_email = _same(email(proof), email(record.email))
    by_postcode = _same(postcode(proof), postcode(record.postcode))
    return by_number & (by_email | by_postcode)


def _same(given: str, kept: str) -> bool:
    same = hmac.compare_digest(_bytes(given), _bytes(kept))
    # An order without a postcode is not opened by nothing.
    return same & (kept != NOTHING)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def spelt(number: str) -> str:
    """Return a number as it is compared."""
    return unicodedata.normalize("NFKC", number).strip().lstrip("#").casefold()


def email(text: str) -> str:
    """Return an e-mail address as it is compared."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def postcode(text: str) -> str:
    """Return a postcode as it is compared: without blanks, in one case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


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
