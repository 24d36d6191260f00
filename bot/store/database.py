"""The database, the same to its users on SQLite and on PostgreSQL.

Every write is a job: a function that is handed a connection inside a
transaction. On PostgreSQL a job is a transaction of its own, and of jobs of one kind
those that come together are one (`groups.py`). On SQLite, which takes one writer at
a time, all jobs go to one thread, which runs those that wait in one transaction and
commits them together: a commit costs a write to the disk, and so sixty that wait cost
one. Either way `write` returns when the job is on disk, and not before.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol, TypeVar

import orjson
from sqlalchemy import (
    Connection,
    Engine,
    NullPool,
    Pool,
    StaticPool,
    create_engine,
    event,
)
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from bot import crashpoints
from bot.store import plans
from bot.store.folding import folded
from bot.store.groups import AnyGroups, Groups, UndoneError
from bot.store.writer import Batched, Single, Writer

T = TypeVar("T")
Item = TypeVar("Item")

POOL_SIZE = 16
DEADLOCK_STATES = frozenset({"40P01", "40001"})
TRIES = 3  # of a job that met another, or a connection that was cut
WAL_TRIES = 100
WAL_PAUSE = 0.05  # seconds
UNASKED = 1.0  # seconds that a connection may rest and is still taken to live


class Database(Protocol):
    """Reads and writes; both implementations are below."""

    engine: Engine

    def write(self, job: Callable[[Connection], T]) -> T:
        """Return what *job* returns, once it is committed.

        What *job* raises is raised here, and then nothing of it is kept.
        """

    def write_batched(
        self, batch: Callable[[Connection, list[Item]], list[T]], item: Item
    ) -> T:
        """Return what *batch* returns for *item*, once it is committed.

        Those that wait at the same time may be given to one call of *batch*.
        """

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection that sees one committed state."""

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Yield an ORM session for reading, as pages do."""

    def close(self) -> None:
        """Finish what was handed in and let go of all connections."""


def open_database(url: str) -> Database:
    """Return the database at *url*."""
    if url.startswith("sqlite"):
        return SqliteDatabase(url)
    return PostgresqlDatabase(url)


@contextmanager
def glance(url: str) -> Iterator[Connection]:
    """Yield a connection to look at a database with: no pool and no thread stays."""
    driven = url if url.startswith("sqlite") else _with_driver(url)
    with create_engine(driven, poolclass=NullPool).connect() as connection:
        yield connection


def _engine(url: str, **options: Any) -> Engine:
    return create_engine(
        url,
        json_serializer=_json,
        json_deserializer=orjson.loads,
        **options,
    )


def _json(content: Any) -> str:
    return orjson.dumps(content).decode()


class PostgresqlDatabase:
    """One transaction a job, from a pool that several processes can share."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(
            _with_driver(url), pool_size=POOL_SIZE, max_overflow=0, pool_use_lifo=True
        )
        plans.keep(self.engine)
        event.listen(self.engine, "checkin", _note_rest)
        event.listen(self.engine, "checkout", self._ask_if_it_lives)
        self._groups: dict[Any, AnyGroups] = {}
        # Each statement sees its own moment either way: to begin and to roll back
        # would only cost two more trips.
        self._reading = self.engine.execution_options(isolation_level="AUTOCOMMIT")

    def _ask_if_it_lives(
        self, connection: Any, record: ConnectionPoolEntry, _: object
    ) -> None:
        """Let the pool take a new connection for one that died while it rested.

        Not each time, as `pool_pre_ping` does: that is a tenth of what a page or a
        turn costs. One that dies within a second is found by the first statement.
        """
        rested_since = record.info.get("rested_since")
        if rested_since is None or time.monotonic() - rested_since < UNASKED:
            return
        try:
            self.engine.dialect.do_ping(connection)
        except self.engine.dialect.loaded_dbapi.Error as error:
            # What cut one has cut all.
            raise InvalidatePoolError from error

    def write(self, job: Callable[[Connection], T]) -> T:
        for _ in range(TRIES - 1):
            try:
                return self._write_once(job)
            except DBAPIError as error:
                if not _may_go_again(error):
                    raise
        return self._write_once(job)

    def write_batched(
        self, batch: Callable[[Connection, list[Item]], list[T]], item: Item
    ) -> T:
        groups = self._groups.get(batch)
        if groups is None:
            fresh: AnyGroups = Groups(lambda items: self._write_group(batch, items))
            groups = self._groups.setdefault(batch, fresh)
        result: T = groups.run(item)
        return result

    def _write_group(
        self, batch: Callable[[Connection, list[Item]], list[T]], items: list[Item]
    ) -> list[T]:
        """Run a group in one transaction; UndoneError if it did not come to a commit.

        After a commit that was cut nobody knows, and nobody may do it again.
        """
        failed: list[BaseException] = []

        def job(connection: Connection) -> list[T]:
            try:
                return batch(connection, items)
            except Exception as error:
                failed.append(error)
                raise

        try:
            return self.write(job)
        except Exception as error:
            if failed and failed[-1] is error:
                raise UndoneError(error) from error
            raise

    def _write_once(self, job: Callable[[Connection], T]) -> T:
        with self.engine.begin() as connection:
            result = job(connection)
            crashpoints.reach("before_commit")
        crashpoints.reach("after_commit")
        return result

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self._reading.connect() as connection:
            yield connection

    @contextmanager
    def session(self) -> Iterator[Session]:
        with Session(self.engine) as session:
            yield session

    def close(self) -> None:
        self.engine.dispose()


def _may_go_again(error: DBAPIError) -> bool:
    """Return whether nothing of a job is kept, and it may go well another time.

    A commit that was cut has no statement, and may have been kept.
    """
    was_cut = error.connection_invalidated and error.statement is not None
    return was_cut or getattr(error.orig, "sqlstate", None) in DEADLOCK_STATES


def _note_rest(connection: Any, record: ConnectionPoolEntry) -> None:
    record.info["rested_since"] = time.monotonic()


def _with_driver(url: str) -> str:
    scheme, rest = url.split("://", 1)
    return f"postgresql+psycopg://{rest}" if "+" not in scheme else url


class SqliteDatabase:
    """One writer thread with group commit, and a pool of readers beside it."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url, pool_size=POOL_SIZE, max_overflow=POOL_SIZE)
        event.listen(self.engine, "connect", _prepare_reader)
        event.listen(self.engine, "begin", _begin)
        self._writer = Writer(_writing_engine(url))

    def write(self, job: Callable[[Connection], T]) -> T:
        result: T = self._writer.run(Single(job))
        return result

    def write_batched(
        self, batch: Callable[[Connection, list[Item]], list[T]], item: Item
    ) -> T:
        result: T = self._writer.run(Batched(batch, item))
        return result

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def session(self) -> Iterator[Session]:
        with Session(self.engine) as session:
            yield session

    def close(self) -> None:
        self._writer.close()
        self.engine.dispose()


def _writing_engine(url: str) -> Engine:
    engine = _engine(url, poolclass=StaticPool)
    event.listen(engine, "connect", _prepare_writer)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_reader(connection: Any, record: Pool) -> None:
    _prepare(connection)
    connection.execute("PRAGMA query_only = ON")


def _prepare_writer(connection: Any, record: Pool) -> None:
    _prepare(connection)
    # FULL: what we answered 200 for survives a power cut. NORMAL may lose the
    # last commits.
    _write_ahead(connection)
    connection.execute("PRAGMA synchronous = FULL")
    # Pages that many commits touch are copied to the database once, not each time.
    connection.execute("PRAGMA wal_autocheckpoint = 4000")
    # What a savepoint may have to undo is kept in memory, not in a file.
    connection.execute("PRAGMA temp_store = MEMORY")


def _write_ahead(connection: Any) -> None:
    """Switch the journal's mode, which two that meet on a new file can't do at once.

    SQLite then tells one of them to give way without waiting for `busy_timeout`.
    """
    for _ in range(WAL_TRIES - 1):
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode = WAL")
            return
        time.sleep(WAL_PAUSE)
    connection.execute("PRAGMA journal_mode = WAL")


def _prepare(connection: Any) -> None:
    # None: the driver begins nothing by itself; the listeners below say how.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA busy_timeout = 5000")
    # What the triggers of bot/store/indexing.py call.
    connection.create_function("folded", 1, folded, deterministic=True)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_immediate(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once when another
    # process has committed in between, whatever the timeout says.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
