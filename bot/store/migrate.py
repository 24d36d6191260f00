"""Bring the tables of a database to what this version needs."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.store import indexing
from bot.store.database import Database

MIGRATIONS = Path(__file__).with_name("migrations")
LOCK = 7_205_100  # any number, the same for all who migrate this database


class NewerDatabaseError(Exception):
    """The database was made by a newer Frontdesk; nothing was changed."""


def migrate(database: Database) -> bool:
    """Upgrade the tables in one transaction; return whether there was anything to do.

    Two that start at once do it one after the other, and the second finds
    nothing left.
    """
    return database.write(_upgrade)


def current(database: Database) -> bool:
    """Return whether the tables are those of this version."""
    with database.read() as connection:
        return _revision(connection) == head()


def is_empty(database: Database) -> bool:
    """Return whether nobody has made our tables yet."""
    with database.read() as connection:
        return _revision(connection) is None


def head() -> str:
    """Return the newest revision that this version knows."""
    found = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    if found is None:
        raise RuntimeError(f"no migrations in {MIGRATIONS}")
    return found


def _upgrade(connection: Connection) -> bool:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
    found = _revision(connection)
    if found == head():
        return False
    _refuse_newer(found)
    command.upgrade(_config(connection), "head")
    indexing.watch(connection)
    return True


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(found: str | None) -> None:
    known = {
        script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    }
    if found is not None and found not in known:
        raise NewerDatabaseError(
            f"the database is at revision {found}, which this version does not know: "
            "install the version that made it, or restore a backup"
        )


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
