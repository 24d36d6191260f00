"""How a conversation gets somebody's attention.

The tables say what is owed; a wake only says where to look now. One that is lost
costs a second, until the sweep finds what it was about.
"""

import threading
from collections import deque
from collections.abc import Callable
from typing import Protocol

import structlog

log = structlog.get_logger()


class Waker(Protocol):
    """Carries wakes to whoever handles them, in this process or in others."""

    def wake(self, conversation_id: int) -> None:
        """Ask for a conversation to be looked at; never block, never raise."""

    def run(self, handle: Callable[[int], None]) -> None:
        """Let *handle* be called for each conversation that is woken."""

    def close(self) -> None:
        """Let what was begun be finished, and take no more."""


class InProcessWaker:
    """Threads of this process: one conversation is never handled by two at once.

    Wakes for a conversation that waits already are one wake; a wake for one that
    is being handled lets it be handled once more.
    """

    def __init__(self, name: str, threads: int) -> None:
        self._name = name
        self._threads = threads
        self._waiting: deque[int] = deque()
        self._known: set[int] = set()
        self._busy: set[int] = set()
        self._changed = threading.Condition()
        self._ended = False
        self._pool: list[threading.Thread] = []
        self._handle: Callable[[int], None] | None = None
        self._idle = 0

    def wake(self, conversation_id: int) -> None:
        with self._changed:
            if conversation_id in self._known:
                return
            self._known.add(conversation_id)
            if conversation_id not in self._busy:
                self._put(conversation_id)

    def run(self, handle: Callable[[int], None]) -> None:
        with self._changed:
            self._handle = handle
            for _ in range(min(len(self._waiting), self._threads)):
                self._hire()

    def close(self) -> None:
        """Handle what was woken, then end the threads."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        for thread in self._pool:
            thread.join()

    def __len__(self) -> int:
        """Return how many conversations wait or are being handled."""
        with self._changed:
            return len(self._known | self._busy)

    def _put(self, conversation_id: int) -> None:
        self._waiting.append(conversation_id)
        if self._idle:
            self._changed.notify()
        elif self._handle is not None and len(self._pool) < self._threads:
            self._hire()

    def _hire(self) -> None:
        """Start one more thread: they are made as they are needed."""
        name = f"{self._name}-{len(self._pool)}"
        thread = threading.Thread(target=self._work, name=name)
        self._pool.append(thread)
        thread.start()

    def _work(self) -> None:
        while (conversation_id := self._next()) is not None:
            try:
                self._handle(conversation_id)  # type: ignore[misc]
            except Exception:
                # What was owed is still owed: the sweep wakes it again.
                log.exception("handling_failed", conversation=conversation_id)
            finally:
                self._done(conversation_id)

    def _next(self) -> int | None:
        with self._changed:
            while not self._waiting:
                if self._ended:
                    return None
                self._idle += 1
                self._changed.wait()
                self._idle -= 1
            conversation_id = self._waiting.popleft()
            self._known.discard(conversation_id)
            self._busy.add(conversation_id)
            return conversation_id

    def _done(self, conversation_id: int) -> None:
        with self._changed:
            self._busy.discard(conversation_id)
            if conversation_id in self._known:
                self._put(conversation_id)
