"""Group commit: the jobs that wait are run in one transaction, by one thread.

What SQLite needs, which takes one writer at a time. A commit costs a write to the
disk, and so sixty that wait cost one.
"""

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Generic, TypeAlias, TypeVar, cast

from sqlalchemy import Connection, Engine

from bot import crashpoints

T = TypeVar("T")
Item = TypeVar("Item")

GROUP_SIZE = 256
WAKING = 0.05  # seconds that the writer waits at most while others wake each other


class ClosedError(Exception):
    """The database has been closed; nothing was written."""


class _Outcome(Generic[T]):
    """What a job will come to; waited for once, by whoever handed it in.

    A bare lock: a Future with its condition costs as much as storing an event. Of
    jobs that were committed together each waiter wakes the next. Woken all at
    once, sixty threads would queue for the interpreter, and falling asleep and
    waking again for that costs more than what they have to do.
    """

    __slots__ = ("_done", "_error", "_result", "next")

    def __init__(self) -> None:
        self._done = threading.Lock()
        self._done.acquire()
        self._result: T | None = None
        self._error: BaseException | None = None
        self.next: _Outcome[Any] | None = None

    def settle(self, result: T | None, error: BaseException | None = None) -> None:
        self._result, self._error = result, error

    def wake(self) -> None:
        self._done.release()

    def wait(self) -> T:
        self._done.acquire()
        if self.next is not None:
            self.next.wake()
        return self._value()

    def wait_at_most(self, seconds: float) -> None:
        self._done.acquire(timeout=seconds)

    def _value(self) -> T:
        if self._error is not None:
            raise self._error
        return cast(T, self._result)


@dataclass(slots=True)  # not frozen, which takes four times as long to make
class Single(Generic[T]):
    """A job that runs alone."""

    run: Callable[[Connection], T]
    outcome: _Outcome[T] = field(default_factory=_Outcome)


@dataclass(slots=True)
class Batched(Generic[Item, T]):
    """An item of a job that takes many at once."""

    batch: Callable[[Connection, list[Item]], list[T]]
    item: Item
    outcome: _Outcome[T] = field(default_factory=_Outcome)

    def run(self, connection: Connection) -> T:
        return self.batch(connection, [self.item])[0]


_Job: TypeAlias = Single[Any] | Batched[Any, Any]
_Settled: TypeAlias = tuple[_Job, Any, Exception | None]


class Writer:
    """The thread that does all writing to an SQLite file, on its one connection."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._ended = False
        self._connection: Connection | None = None
        self._thread = threading.Thread(target=self._work, name="writer")
        self._thread.start()

    def run(self, job: _Job) -> Any:
        """Return what *job* returns, once it is on disk."""
        if self._closed:
            raise ClosedError
        if threading.current_thread() is self._thread:
            raise RuntimeError("a job can't wait for another job: call it instead")
        self._jobs.put(job)
        if self._ended:
            self._refuse_the_rest()
        return job.outcome.wait()

    def close(self) -> None:
        """Commit what was handed in, then end the thread."""
        self._closed = True
        self._jobs.put(None)
        self._thread.join()
        self._ended = True
        self._refuse_the_rest()
        self._let_go()
        self.engine.dispose()

    def _refuse_the_rest(self) -> None:
        """Answer those who came while we closed: nobody else will."""
        with suppress(queue.Empty):
            while (job := self._jobs.get_nowait()) is not None:
                job.outcome.settle(None, ClosedError())
                job.outcome.wake()

    def _work(self) -> None:
        ended = False
        while not ended:
            group, ended = self._group()
            if group:
                self._commit(group)

    def _group(self) -> tuple[list[_Job], bool]:
        """Return the jobs that wait now, at least one, and whether it is the end."""
        group: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            group.append(job)
            if len(group) == GROUP_SIZE:
                return group, False
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return group, False
        return group, True

    def _commit(self, group: list[_Job]) -> None:
        try:
            connection = self._connected()
            with connection.begin():
                outcomes = list(_run_group(group, connection))
                crashpoints.reach("before_commit")
        except BaseException as error:  # noqa: BLE001 - each waiting caller must hear
            self._let_go()
            for job in group:
                job.outcome.settle(None, error)
        else:
            crashpoints.reach("after_commit")
            for job, result, failure in outcomes:
                job.outcome.settle(result, failure)
        _wake_in_turn([job.outcome for job in group])

    def _connected(self) -> Connection:
        """Return the connection: kept, for to take it anew costs half a commit."""
        if self._connection is None:
            self._connection = self.engine.connect()
        return self._connection

    def _let_go(self) -> None:
        """Let the pool make good what a failed commit may have left behind."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _wake_in_turn(outcomes: list[_Outcome[Any]]) -> None:
    """Let those who wait wake each other, and go on when the last is awake.

    Until then the first of them hand in what is next. Whoever begins to commit at
    the first job that comes, commits twice as often, each time half as much.
    """
    last: _Outcome[None] = _Outcome()
    for one, following in pairwise([*outcomes, last]):
        one.next = following
    outcomes[0].wake()
    last.wait_at_most(WAKING)


def _run_group(group: list[_Job], connection: Connection) -> Iterator[_Settled]:
    """Run each job; those of one batch as one, where the first of them stood."""
    batches: dict[Any, list[Batched[Any, Any]]] = {}
    for job in group:
        if isinstance(job, Batched):
            batches.setdefault(job.batch, []).append(job)
    for job in group:
        if isinstance(job, Single):
            yield job, *_run(job.run, connection)
        elif job.batch in batches:
            yield from _run_batch(batches.pop(job.batch), connection)


def _run_batch(
    jobs: list[Batched[Any, Any]], connection: Connection
) -> Iterator[_Settled]:
    """Run the jobs of one batch together, or each alone if together they fail."""
    items = [job.item for job in jobs]
    results, failure = _run(lambda given: jobs[0].batch(given, items), connection)
    for number, job in enumerate(jobs):
        if failure is None:
            yield job, results[number], None
        elif len(jobs) == 1:
            yield job, None, failure
        else:
            yield job, *_run(job.run, connection)


def _run(
    run: Callable[[Connection], Any], connection: Connection
) -> tuple[Any, Exception | None]:
    """Run one job of a group; undo it alone if it raises."""
    # Through the driver: SQLAlchemy's savepoints cost more than most jobs.
    execute = connection.connection.driver_connection.execute  # type: ignore[union-attr]
    execute("SAVEPOINT job")
    try:
        result = run(connection)
    except Exception as error:  # noqa: BLE001 - it is handed to whoever waits for it
        execute("ROLLBACK TO job")
        execute("RELEASE job")
        return None, error
    execute("RELEASE job")
    return result, None
