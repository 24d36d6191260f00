"""Check each Page's connection every hour, and more often while something is red.

One process does: the one that sweeps. The first look comes a minute after its start,
when the server that Facebook calls is up as well. The time counts from the last
checks, whoever made them: so a page can say when the next ones come.
"""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import monotonic
from bot.connection import checks
from bot.connection.line import Line
from bot.connection.results import Result, State
from bot.store import health
from bot.store.writer import ClosedError

log = structlog.get_logger()

FIRST_AFTER = 60.0  # seconds
EVERY = timedelta(hours=1)
EVERY_WHILE_RED = timedelta(minutes=10)
ASK_EVERY = 60.0  # seconds between two looks at when the last checks were


def next_at(checked_at: datetime, reds: int) -> datetime:
    """Return when the next checks are made after some that found so many reds."""
    return checked_at + (EVERY_WHILE_RED if reds else EVERY)


class Watch:
    """Looks at the lines now and then, in a thread of its own."""

    def __init__(
        self,
        lines: Callable[[], Sequence[Line]],
        first_after: float = FIRST_AFTER,
        ask_every: float = ASK_EVERY,
    ) -> None:
        self._lines = lines
        self._due = monotonic() + first_after
        self._ask_every = ask_every
        self._is_first = True
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def look(self) -> None:
        """Begin to check, if that is due; never wait."""
        busy = self._thread is not None and self._thread.is_alive()
        if busy or self._ended.is_set() or monotonic() < self._due:
            return
        self._due = monotonic() + self._ask_every
        self._thread = threading.Thread(target=self._check, name="connection")
        self._thread.start()

    def close(self) -> None:
        """Stop after the check that is being made."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _check(self) -> None:
        try:
            is_first, self._is_first = self._is_first, False
            for line in self._lines():
                if is_first or _is_due(line):
                    self._check_one(line)
        except (SQLAlchemyError, ClosedError) as error:
            log.warning("connection_not_checked", reason=type(error).__name__)

    def _check_one(self, line: Line) -> None:
        results = self._results(line)
        if not self._ended.is_set():
            checks.keep(line, results)
            self._note(line, results)

    def _results(self, line: Line) -> list[Result]:
        found: list[Result] = []
        for result in checks.run(line):
            found.append(result)
            if self._ended.is_set():
                break
        return found

    def _note(self, line: Line, results: list[Result]) -> None:
        reds = {r.step.value: r.finding for r in results if r.state is State.RED}
        if reds:
            log.warning("connection_broken", of_page=line.page_id, **reds)


def _is_due(line: Line) -> bool:
    with line.database.read() as connection:
        last = health.last(connection, line.page_id)
    return last is None or next_at(last.checked_at, last.reds) <= line.now
