"""Once a second: what is owed and was not woken, and what is due.

A wake can be lost, with a process or with the broker; the tables can't. One
process at a time sweeps: on PostgreSQL whoever holds an advisory lock.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import structlog
from sqlalchemy import Connection, text

from bot import crashpoints
from bot.clock import Clock
from bot.store import owed, timers
from bot.store.database import Database
from bot.store.types import AnyRow

log = structlog.get_logger()

EVERY = 1.0  # seconds
LOCK = 7_205_101  # any number, the same for all processes of one database

Fire = Callable[[Connection, AnyRow], None]


@dataclass(frozen=True)
class Duties:
    """What the sweep calls: for turns owed, sends owed, and timers by kind."""

    wake_turn: Callable[[int], None]
    wake_sender: Callable[[int], None]
    timers: dict[str, Fire]
    #: Called at every sweep, for duties of their own rhythm.
    others: tuple[Callable[[], object], ...] = ()


class Sweep:
    """The thread that sweeps."""

    def __init__(self, database: Database, clock: Clock, duties: Duties) -> None:
        self._database = database
        self._clock = clock
        self._duties = duties
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="sweep")

    def start(self) -> None:
        """Begin to sweep."""
        self._thread.start()

    def close(self) -> None:
        """Stop sweeping."""
        self._ended.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._ended.is_set():
            try:
                with _only_one(self._database) as ours:
                    while ours and not self._ended.wait(EVERY):
                        self.sweep()
            except Exception:
                # The next sweep may go well: the database may be back by then.
                log.exception("sweep_failed")
            self._ended.wait(EVERY)

    def sweep(self) -> None:
        """Look once, and let everything that is owed be done."""
        with self._database.read() as connection:
            turns = owed.turns(connection)
            sends = owed.sends(connection)
            due = timers.due(connection, self._clock())
        for conversation_id in turns:
            self._duties.wake_turn(conversation_id)
        for conversation_id in sends:
            self._duties.wake_sender(conversation_id)
        for timer in due:
            self._fire(timer)
        for duty in self._duties.others:
            self._do(duty)

    def _do(self, duty: Callable[[], object]) -> None:
        try:
            duty()
        except Exception:
            # It fails alone: the others, and what is owed, can't wait for it.
            log.exception("duty_failed")

    def _fire(self, timer: AnyRow) -> None:
        """Fire one timer; one that fails does not keep the others from firing."""
        crashpoints.reach("timer_due")

        def job(connection: Connection) -> None:
            self._duties.timers[timer.kind](connection, timer)
            crashpoints.reach("timer_fired")

        try:
            self._database.write(job)
        except Exception:
            log.exception("timer_failed", kind=timer.kind, timer=timer.id)
            now = self._clock()
            self._database.write(
                lambda connection: timers.put_off(connection, timer, now)
            )
            return
        crashpoints.reach("timer_done")
        if timer.conversation_id is not None:
            self._duties.wake_sender(timer.conversation_id)


@contextmanager
def _only_one(database: Database) -> Iterator[bool]:
    """Hold the lock of the one that sweeps, if it is free."""
    if database.engine.dialect.name == "sqlite":
        yield True
        return
    options = {"isolation_level": "AUTOCOMMIT"}
    with database.engine.connect().execution_options(**options) as connection:
        yield bool(connection.scalar(text(f"SELECT pg_try_advisory_lock({LOCK})")))
        connection.scalar(text(f"SELECT pg_advisory_unlock({LOCK})"))
