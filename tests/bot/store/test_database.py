import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from bot.store import changes, queue
from bot.store.database import PostgresqlDatabase, open_database
from bot.store.writer import ClosedError, Single

SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
POSTGRESQL = pytest.mark.parametrize(
    "url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


class MistakeError(Exception):
    """What a job raises."""


def add(number):
    def job(connection):
        statement = "INSERT INTO sign_in_attempt (key, at) VALUES (:key, 0)"
        connection.execute(text(statement), {"key": str(number)})
        return number

    return job


def spoil(number):
    def job(connection):
        add(number)(connection)
        raise MistakeError(number)

    return job


def keys(database):
    with database.read() as connection:
        rows = connection.execute(text("SELECT key FROM sign_in_attempt ORDER BY id"))
        return [row.key for row in rows]


def test_a_write_returns_what_its_job_returns_and_is_kept(database):
    assert database.write(add(7)) == 7
    assert keys(database) == ["7"]


def test_a_job_that_raises_undoes_itself_and_nobody_else(database):
    with ThreadPoolExecutor(8) as pool:
        jobs = [spoil(n) if n % 3 == 0 else add(n) for n in range(60)]
        futures = [pool.submit(database.write, job) for job in jobs]
    failed = [n for n, future in enumerate(futures) if future.exception() is not None]
    assert failed == list(range(0, 60, 3))
    assert {type(futures[n].exception()) for n in failed} == {MistakeError}
    assert sorted(map(int, keys(database))) == [n for n in range(60) if n % 3]


def test_a_job_that_breaks_a_rule_of_the_tables_undoes_itself(database):
    def twice(connection):
        add(1)(connection)
        for _ in range(2):
            connection.execute(text("INSERT INTO model_live (id) VALUES (77)"))

    with pytest.raises(IntegrityError):
        database.write(twice)
    assert keys(database) == []
    assert database.write(add(2)) == 2


@pytest.mark.timeout(60)
def test_what_is_committed_is_seen_by_the_next_reader(database):
    for number in range(30):
        database.write(add(number))
        assert len(keys(database)) == number + 1


@SQLITE
def test_writes_that_wait_together_are_committed_together(database):
    """A commit costs a write to the disk: those that wait share one."""
    commits, started, go = [], threading.Event(), threading.Event()
    inner = database._writer._commit

    def counted(group):
        commits.append(len(group))
        inner(group)

    database._writer._commit = counted

    def hold(connection):
        started.set()
        go.wait(10)

    with ThreadPoolExecutor(41) as pool:
        pool.submit(database.write, hold)
        started.wait(10)
        waiting = [pool.submit(database.write, add(n)) for n in range(40)]
        time.sleep(0.2)
        go.set()
        assert [one.result(10) for one in waiting] == list(range(40))
    assert commits == [1, 40]


@SQLITE
def test_those_who_were_answered_together_are_committed_together_again(database):
    commits, started, go = [], threading.Event(), threading.Event()
    inner = database._writer._commit

    def counted(group):
        commits.append(len(group))
        inner(group)

    database._writer._commit = counted

    def hold(connection):
        started.set()
        go.wait(10)

    def twice(number):
        database.write(add(number))
        database.write(add(number + 100))

    with ThreadPoolExecutor(41) as pool:
        pool.submit(database.write, hold)
        started.wait(10)
        waiting = [pool.submit(twice, number) for number in range(40)]
        time.sleep(0.2)
        go.set()
        [one.result(10) for one in waiting]
    assert commits[:2] == [1, 40]
    assert commits[2] > 20  # the last to wake up may come too late


@SQLITE
def test_nobody_waits_long_for_one_who_does_not_hear_the_answer(database):
    database._writer._jobs.put(Single(add(1)))
    while keys(database) == []:
        time.sleep(0.01)
    assert database.write(add(2)) == 2


@SQLITE
def test_items_of_one_batch_go_to_one_call(database):
    calls = []

    def batch(connection, items):
        calls.append(list(items))
        return [item * 2 for item in items]

    started, go = threading.Event(), threading.Event()

    def hold(connection):
        started.set()
        go.wait(10)

    with ThreadPoolExecutor(21) as pool:
        pool.submit(database.write, hold)
        started.wait(10)
        waiting = [pool.submit(database.write_batched, batch, n) for n in range(20)]
        time.sleep(0.2)
        go.set()
        assert sorted(one.result(10) for one in waiting) == list(range(0, 40, 2))
    assert [len(call) for call in calls] == [20]


def test_of_a_batch_with_a_bad_item_the_others_are_kept(database):
    def batch(connection, items):
        for item in items:
            add(item)(connection)
        if 7 in items:
            raise MistakeError(7)
        return list(items)

    with ThreadPoolExecutor(20) as pool:
        found = [pool.submit(database.write_batched, batch, n) for n in range(20)]
    bad = [n for n, future in enumerate(found) if future.exception() is not None]
    assert bad == [7]
    assert sorted(map(int, keys(database))) == [n for n in range(20) if n != 7]


@SQLITE
def test_a_commit_that_fails_is_told_to_everybody_who_waits(database, tmp_path):
    """Foreign keys that are checked at the end fail the commit itself."""

    def dangling(connection):
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        add(0)(connection)
        connection.execute(
            text(
                "INSERT INTO sign_in_link (token_hash, staff_id, expires)"
                " VALUES (x'00', 999, 0)"
            )
        )

    started, go = threading.Event(), threading.Event()

    def hold(connection):
        started.set()
        go.wait(10)

    with ThreadPoolExecutor(11) as pool:
        pool.submit(database.write, hold)
        started.wait(10)
        jobs = [dangling, *(add(n) for n in range(1, 9))]
        waiting = [pool.submit(database.write, job) for job in jobs]
        time.sleep(0.2)
        go.set()
        outcomes = [one.exception(10) for one in waiting]
    assert {type(outcome) for outcome in outcomes} == {IntegrityError}
    assert keys(database) == []
    assert database.write(add(5)) == 5


@SQLITE
def test_a_job_cannot_wait_for_another_job(database):
    with pytest.raises(RuntimeError, match="call it instead"):
        database.write(lambda connection: database.write(add(1)))


@SQLITE
def test_a_closed_database_takes_nothing(url):
    database = open_database(url)
    database.close()
    with pytest.raises(ClosedError):
        database.write(add(1))


@SQLITE
@pytest.mark.timeout(60)
def test_whoever_writes_while_it_closes_gets_an_answer(url):
    """Written or refused, and never left to wait for ever."""
    database = open_database(url)
    database._writer._jobs = Slow(database._writer._jobs)

    def work(number):
        try:
            return database.write(add(number))
        except ClosedError:
            return None

    with ThreadPoolExecutor(8) as pool:
        found = [pool.submit(work, number) for number in range(8)]
        time.sleep(0.02)
        database.close()
        outcomes = [one.result(10) for one in found]
    again = open_database(url)
    assert keys(again) == [str(number) for number in outcomes if number is not None]
    again.close()


class Slow:
    """A queue into which a job takes a while to get."""

    def __init__(self, jobs):
        self._jobs = jobs
        self.get, self.get_nowait = jobs.get, jobs.get_nowait

    def put(self, job):
        if job is not None:
            time.sleep(0.1)
        self._jobs.put(job)


@SQLITE
def test_what_was_handed_in_before_the_close_is_written(url):
    database = open_database(url)
    started, go = threading.Event(), threading.Event()

    def hold(connection):
        started.set()
        go.wait(10)

    with ThreadPoolExecutor(10) as pool:
        pool.submit(database.write, hold)
        started.wait(10)
        waiting = [pool.submit(database.write, add(n)) for n in range(5)]
        time.sleep(0.2)
        closing = pool.submit(database.close)
        time.sleep(0.1)
        go.set()
        assert [one.result(10) for one in waiting] == list(range(5))
        closing.result(10)


@SQLITE
def test_an_sqlite_file_survives_a_power_cut_by_its_settings(database):
    def settings(connection):
        return [
            connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert database.write(settings) == ["wal", 2, 1]  # 2 is FULL


@SQLITE
def test_a_reader_cannot_write(database):
    with (
        pytest.raises(OperationalError, match="readonly"),
        database.read() as connection,
    ):
        add(1)(connection)


@SQLITE
@pytest.mark.slow
@pytest.mark.timeout(120)
def test_writers_of_several_processes_wait_for_each_other(url, tmp_path):
    """Each reads first and writes then; nobody is told that the database is locked."""
    databases = [open_database(url) for _ in range(6)]

    def work(database):
        def job(connection):
            count = connection.execute(text("SELECT count(*) FROM sign_in_attempt"))
            return add(count.scalar())(connection)

        return [database.write(job) for _ in range(40)]

    with ThreadPoolExecutor(6) as pool:
        found = [pool.submit(work, database) for database in databases]
        numbers = [number for one in found for number in one.result(100)]
    for database in databases:
        database.close()
    assert sorted(numbers) == list(range(240))


@POSTGRESQL
def test_a_deadlock_is_tried_again(database):
    for number in (1, 2):
        database.write(add(number))
    both = threading.Barrier(2, timeout=5)

    def crossing(first, second):
        tries = []

        def job(connection):
            tries.append(first)
            touch(connection, first)
            if len(tries) == 1:
                both.wait()
            touch(connection, second)
            return len(tries)

        return job

    with ThreadPoolExecutor(2) as pool:
        found = [
            pool.submit(database.write, crossing(1, 2)),
            pool.submit(database.write, crossing(2, 1)),
        ]
    # The one that was undone may meet the other once more.
    assert sorted(one.result(10) for one in found) in ([1, 2], [1, 3])
    with database.read() as connection:
        sums = connection.execute(text("SELECT sum(at) FROM sign_in_attempt"))
        assert sums.scalar() == 4


def touch(connection, number):
    connection.execute(
        text("UPDATE sign_in_attempt SET at = at + 1 WHERE key = :key"),
        {"key": str(number)},
    )


@POSTGRESQL
def test_a_deadlock_that_comes_again_and_again_is_an_error(database):
    tries = []

    def job(connection):
        tries.append(1)
        connection.execute(
            text("DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$ LANGUAGE plpgsql")
        )

    with pytest.raises(DBAPIError):
        database.write(job)
    assert len(tries) == 3


@POSTGRESQL
def test_another_error_is_not_tried_again(database):
    tries = []

    def job(connection):
        tries.append(1)
        connection.execute(text("SELECT 1 / 0"))

    with pytest.raises(DBAPIError):
        database.write(job)
    assert len(tries) == 1


@POSTGRESQL
def test_a_commit_that_was_cut_is_not_done_again(database):
    """It may have been kept: what wrote it must not be kept twice."""
    tries = []

    def job(connection):
        tries.append(1)
        connection.execute(text("SELECT 1"))
        cut_others(database)

    with pytest.raises(DBAPIError):
        database.write(job)
    assert len(tries) == 1


@POSTGRESQL
def test_a_job_that_was_cut_before_its_commit_is_done_again(database):
    tries = []

    def job(connection):
        tries.append(1)
        connection.execute(text("SELECT 1"))
        if len(tries) == 1:
            cut_others(database)
        return connection.execute(text("SELECT 2")).scalar()

    assert database.write(job) == 2
    assert len(tries) == 2


@POSTGRESQL
def test_a_connection_that_was_cut_is_replaced(database):
    with database.read() as connection:
        mine = connection.execute(text("SELECT pg_backend_pid()")).scalar()
    database.write(lambda c: c.execute(text("SELECT 1")))
    cut_others(database)
    assert database.write(add(1)) == 1
    assert mine is not None


@POSTGRESQL
def test_one_that_was_cut_while_it_rested_is_not_read_from(database, monkeypatch):
    monkeypatch.setattr("bot.store.database.UNASKED", 0.0)
    with database.read() as connection:
        connection.execute(text("SELECT 1"))
    cut_others(database)
    with database.read() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1


def cut_others(database):
    """End all connections to a database but one's own."""
    other = PostgresqlDatabase(
        database.engine.url.render_as_string(hide_password=False)
    )
    other.write(
        lambda c: c.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    )
    other.close()


def test_those_who_open_a_new_file_at_once_all_get_in(tmp_path):
    """They meet over the journal's mode, one time in twenty."""
    together = threading.Barrier(4, timeout=10)

    def start(url):
        database = open_database(url)
        together.wait()
        try:
            return database.write(lambda c: c.execute(text("SELECT 1")).scalar())
        finally:
            database.close()

    with ThreadPoolExecutor(4) as pool:
        for number in range(50):
            url = f"sqlite:///{tmp_path / str(number)}.sqlite"
            assert list(pool.map(start, [url] * 4)) == [1] * 4


@POSTGRESQL
def test_a_statement_is_planned_once_from_its_second_use_on(database):
    """A page asks much of a connection that has hardly been asked for it before."""
    with database.read() as connection:
        for _ in range(2):
            connection.execute(text("SELECT 'asked twice'"))
        connection.execute(text("SELECT 'asked once'"))
        kept = connection.exec_driver_sql(
            "SELECT statement FROM pg_prepared_statements"
        )
        assert [row.statement for row in kept] == ["SELECT 'asked twice'"]


@POSTGRESQL
def test_the_pulse_leaves_what_was_planned(database):
    """The driver forgets all of it at a rollback, four times a second."""
    with database.engine.connect() as connection:
        for _ in range(3):
            connection.execute(text("SELECT 'what listens asks'"))
            before = changes.pulse(connection)
        assert changes.pulse(connection) == before
        kept = connection.exec_driver_sql(
            "SELECT statement FROM pg_prepared_statements"
        )
        assert "SELECT 'what listens asks'" in [row.statement for row in kept]


@POSTGRESQL
def test_how_long_the_lists_are_is_planned_once_for_numbers_of_any_size(database):
    with database.read() as connection:
        for someone in [*range(8), 70_000, 2_000_000_000]:
            queue.counts(connection, someone)
        planned = connection.exec_driver_sql(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements"
            " WHERE statement LIKE '%%AS waiting%%'"
        ).all()
    assert [row.custom_plans for row in planned] == [5]
    assert planned[0].generic_plans >= 3
