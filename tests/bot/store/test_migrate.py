import os
import secrets
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from subprocess import run

import pytest
from alembic import command
from sqlalchemy import create_engine, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError

from bot.store import indexing, migrate, revision, upgrade
from bot.store.database import open_database
from bot.store.models import Base
from bot.store.shop import TicketHolder
from tests.conftest import POSTGRES


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def bare(request, tmp_path):
    """The URL of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.sqlite'}"
        return
    request.getfixturevalue("migrated_postgresql")  # says whether there is a server
    name = f"frontdesk_bare_{secrets.token_hex(4)}"
    server = make_url(os.environ.get("TEST_POSTGRES", POSTGRES))
    server = server.set(drivername="postgresql+psycopg")
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield server.set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def opened(bare):
    database = open_database(bare)
    yield database
    database.close()


def tables(database):
    names = set(inspect(database.engine).get_table_names()) - {"alembic_version"}
    return {name for name in names if not indexing.is_ours(name)}


def test_a_bare_database_gets_every_table(opened):
    assert migrate.migrate(opened) is True
    assert tables(opened) == {table.name for table in Base.metadata.sorted_tables}
    assert revision.current(opened)


def test_a_second_time_there_is_nothing_to_do(opened):
    migrate.migrate(opened)
    assert migrate.migrate(opened) is False


@pytest.mark.timeout(60)
def test_two_that_start_at_once_do_it_once(bare):
    """On a bare file they also meet over the journal's mode."""

    def start(_):
        database = open_database(bare)
        try:
            return migrate.migrate(database)
        finally:
            database.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(start, range(4))) == [False, False, False, True]


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_processes_that_start_at_once_do_it_once(bare):
    code = (
        "import sys; from bot.store import migrate;"
        "from bot.store.database import open_database;"
        "database = open_database(sys.argv[1]);"
        "print(migrate.migrate(database)); database.close()"
    )

    def start(_):
        words = [sys.executable, "-c", code, bare]
        return run(words, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own words

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(start, range(6))) == ["False\n"] * 5 + ["True\n"]


def test_the_tables_are_made_beside_whoever_serves(bare):
    with upgrade.beside(bare):
        pass
    with closing(open_database(bare)) as database:
        assert revision.current(database)
    with upgrade.beside(bare):  # and are left as they are
        pass


def test_tables_that_are_in_the_way_are_named(opened, bare):
    opened.write(lambda c: c.execute(text("CREATE TABLE customer (id INTEGER)")))
    with pytest.raises(upgrade.UpgradeError, match="customer"), upgrade.beside(bare):
        pass
    assert tables(opened) == {"customer"}


def test_the_tables_of_a_newer_version_are_refused_beside_us_too(opened, bare):
    migrate.migrate(opened)
    opened.write(
        lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    )
    with pytest.raises(revision.NewerDatabaseError), upgrade.beside(bare):
        pytest.fail("nothing else is begun")


def test_the_tables_of_a_newer_version_are_refused_and_left_alone(opened):
    migrate.migrate(opened)
    opened.write(
        lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    )
    with pytest.raises(revision.NewerDatabaseError, match="restore a backup"):
        migrate.migrate(opened)
    with opened.read() as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version"))
        assert found.scalar() == "9999"


def test_the_migrations_lead_to_the_models(opened):
    """What `alembic check` says: no model was changed without a migration."""
    migrate.migrate(opened)
    opened.write(lambda connection: command.check(migrate._config(connection)))


def test_the_tables_of_the_first_version_are_brought_forward_with_their_rows(opened):
    opened.write(lambda c: command.upgrade(migrate._config(c), "0001"))
    for row in (
        "INSERT INTO page VALUES ('1', 'Shop', x'00', '{}', NULL, NULL, :at)",
        "INSERT INTO customer (page_id, channel, psid, created_at)"
        " VALUES ('1', 'messenger', '7', :at)",
        "INSERT INTO conversation (customer_id, status, status_at, epoch, claim, state,"
        " language, revision, last_seq)"
        " VALUES (1, 'agent', :at, 3, 0, '{}', 'en', 5, 2)",
    ):
        opened.write(partial(_insert, row))
    assert migrate.migrate(opened) is True
    with opened.read() as connection:
        kept = connection.execute(
            text("SELECT status, epoch, revision, priority FROM conversation")
        )
        assert kept.all() == [("agent", 3, 5, 0)]


def test_whoever_held_a_ticket_holds_it_still(opened):
    opened.write(lambda c: command.upgrade(migrate._config(c), "0002"))
    for row in (
        "INSERT INTO page VALUES ('1', 'Shop', x'00', '{}', NULL, NULL, :at)",
        "INSERT INTO customer (page_id, channel, psid, created_at)"
        " VALUES ('1', 'messenger', '7', :at), ('1', 'messenger', '8', :at)",
        "INSERT INTO calendar_event VALUES"
        " ('fair', 'Record Fair', :at, '2026-11-24', 'UTC', 'Quay', 'scheduled')",
        "INSERT INTO ticket VALUES"
        " ('HR-A', 'fair', 'a@example.com', 1, TRUE, :at),"
        " ('HR-B', 'fair', 'b@example.com', 2, FALSE, :at),"
        " ('HR-C', 'fair', 'c@example.com', NULL, FALSE, NULL)",
    ):
        opened.write(partial(_insert, row))
    assert migrate.migrate(opened) is True
    linked_at = datetime(2026, 11, 24, 10, tzinfo=UTC)
    with opened.read() as connection:
        held = connection.execute(
            select(*TicketHolder.__table__.columns).order_by(TicketHolder.ticket_number)
        )
        assert held.all() == [
            ("HR-A", 1, True, linked_at),
            ("HR-B", 2, False, linked_at),
        ]
        tickets = connection.execute(text("SELECT * FROM ticket ORDER BY number"))
        assert tickets.all() == [
            ("HR-A", "fair", "a@example.com"),
            ("HR-B", "fair", "b@example.com"),
            ("HR-C", "fair", "c@example.com"),
        ]


def test_canned_replies_go_with_every_language_and_can_share_a_code_by_language(opened):
    opened.write(lambda c: command.upgrade(migrate._config(c), "0040"))
    kept = "INSERT INTO canned_reply (short_code, text, changed_at) VALUES"
    opened.write(partial(_insert, f"{kept} ('refund', 'Soon.', :at)"))
    assert migrate.migrate(opened) is True
    spanish = (
        "INSERT INTO canned_reply (short_code, language, text, changed_at) VALUES"
        " ('refund', 'es', 'Pronto.', :at)"
    )
    opened.write(partial(_insert, spanish))
    with pytest.raises(IntegrityError):
        opened.write(partial(_insert, spanish))
    with opened.read() as connection:
        found = connection.execute(
            text("SELECT id, language, text FROM canned_reply ORDER BY id")
        )
        assert [*found] == [(1, "", "Soon."), (2, "es", "Pronto.")]


def _insert(row, connection):
    if connection.dialect.name == "postgresql":
        row = row.replace("x'00'", "'\\x00'::bytea")
    connection.execute(text(row), {"at": "2026-11-24 10:00:00+00:00"})


def test_a_migration_that_breaks_leaves_nothing_behind(opened):
    def broken(connection):
        command.upgrade(migrate._config(connection), "head")
        raise ValueError("in the middle")

    with pytest.raises(ValueError, match="in the middle"):
        opened.write(broken)
    assert tables(opened) == set()
    assert migrate.migrate(opened) is True
