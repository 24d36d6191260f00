"""Check the connection every hour, and more often while something is red.

One process does: the one that sweeps. The first look comes a minute after its start,
when the server that Facebook calls is up as well.
"""

import threading
from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import monotonic
from bot.connection import checks
from bot.connection.line import Line
from bot.connection.results import Result, State
from bot.store.writer import ClosedError

log = structlog.get_logger()

FIRST_AFTER = 60.0  # seconds
EVERY = 3600.0
EVERY_WHILE_RED = 600.0


class Watch:
    """Looks at the line now and then, in a thread of its own."""

    def __init__(self, line: Callable[[], Line], first_after: float = FIRST_AFTER):
        self._line = line
        self._due = monotonic() + first_after
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def look(self) -> None:
        """Begin to check, if that is due; never wait."""
        busy = self._thread is not None and self._thread.is_alive()
        if busy or self._ended.is_set() or monotonic() < self._due:
            return
        self._due = monotonic() + EVERY
        self._thread = threading.Thread(target=self._check, name="connection")
        self._thread.start()

    def close(self) -> None:
        """Stop after the check that is being made."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _check(self) -> None:
        try:
            line = self._line()
            results = self._results(line)
            if not self._ended.is_set():
                checks.keep(line, results)
                self._note(results)
        except (SQLAlchemyError, ClosedError) as error:
            log.warning("connection_not_checked", reason=type(error).__name__)

    def _results(self, line: Line) -> list[Result]:
        found: list[Result] = []
        for result in checks.run(line):
            found.append(result)
            if self._ended.is_set():
                break
        return found

    def _note(self, results: list[Result]) -> None:
        reds = {r.step.value: r.finding for r in results if r.state is State.RED}
        if reds:
            self._due = monotonic() + EVERY_WHILE_RED
            log.warning("connection_broken", **reds)
