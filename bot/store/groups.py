"""Group commit where several may write at once: those who wait share a transaction.

A transaction costs the same work for one conversation as for ten: the way to the
server and back for each statement, the commit, the waking. So who comes alone is
served at once, and who comes soon after waits a moment for the others.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Item = TypeVar("Item")

APART = 0.1  # seconds from one group of a kind to the next, unless it is full
ENOUGH = 8  # items that wait for nobody else
MOST = 64  # items of a group: each keeps rows of its own from others


@dataclass(slots=True, eq=False)
class _Place(Generic[Item, T]):
    """Where somebody waits for what becomes of their item, or to lead the next group.

    A bare lock: an Event with its condition costs as much as a statement.
    """

    item: Item
    turn: threading.Lock = field(default_factory=threading.Lock)
    result: T | None = None
    error: BaseException | None = None
    is_done: bool = False

    def __post_init__(self) -> None:
        self.turn.acquire()

    def settle(self, result: T | None, error: BaseException | None = None) -> None:
        self.result, self.error, self.is_done = result, error, True


class Groups(Generic[Item, T]):
    """Groups of one kind, one after the other; whoever comes first leads one."""

    def __init__(self, commit: Callable[[list[Item]], list[T]]) -> None:
        #: Returns what became of each item, or raises UndoneError.
        self._commit = commit
        self._lock = threading.Lock()
        self._full = threading.Condition(self._lock)
        self._waiting: list[_Place[Item, T]] = []
        self._is_led = False
        self._last_began = -APART

    def run(self, item: Item) -> T:
        """Return what became of *item*, once it is committed."""
        place: _Place[Item, T] = _Place(item)
        with self._lock:
            self._waiting.append(place)
            leads, self._is_led = not self._is_led, True
            if len(self._waiting) == ENOUGH:
                self._full.notify()
        if not leads:
            place.turn.acquire()
        if not place.is_done:
            self._lead()
        if place.error is not None:
            raise place.error
        return place.result  # type: ignore[return-value]

    def _lead(self) -> None:
        """Commit those who wait, oneself among them, and let the next one lead."""
        group = self._gathered()
        try:
            self._settle(group)
        finally:
            self._hand_over()
            for place in group:
                place.turn.release()

    def _gathered(self) -> list[_Place[Item, T]]:
        with self._lock:
            until = self._last_began + APART
            while len(self._waiting) < ENOUGH and (
                (left := until - time.monotonic()) > 0
            ):
                self._full.wait(left)
            self._last_began = time.monotonic()
            group = self._waiting[:MOST]
            del self._waiting[:MOST]
        return group

    def _settle(self, group: list[_Place[Item, T]]) -> None:
        try:
            results = self._commit([place.item for place in group])
        except UndoneError as undone:
            if len(group) == 1:
                group[0].settle(None, undone.error)
                return
            for place in group:  # of several one may be bad
                self._settle([place])
        except BaseException as error:  # noqa: BLE001 - each of them must hear
            for place in group:
                place.settle(None, error)
        else:
            for place, result in zip(group, results, strict=True):
                place.settle(result)

    def _hand_over(self) -> None:
        with self._lock:
            self._is_led = bool(self._waiting)
            if self._waiting:
                self._waiting[0].turn.release()


class UndoneError(Exception):
    """A group failed before its commit: nothing of it is kept."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(str(error))
        self.error = error


AnyGroups = Groups[Any, Any]
