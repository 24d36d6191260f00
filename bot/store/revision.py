"""Which version the tables of a database are of, told without Alembic.

Alembic, with what it loads, takes 7 MB of a process that serves for months and needs
it for a tenth of a second: see bot/store/upgrade.py.
"""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.store.database import Database

MIGRATIONS = Path(__file__).with_name("migrations")
_TABLE = "alembic_version"


class NewerDatabaseError(Exception):
    """The database was made by a newer Frontdesk; nothing was changed."""


def current(database: Database) -> bool:
    """Return whether the tables are those of this version."""
    with database.read() as connection:
        return found(connection) == head()


def is_empty(database: Database) -> bool:
    """Return whether nobody has made our tables yet."""
    with database.read() as connection:
        return found(connection) is None


def head() -> str:
    """Return the newest revision that this version knows."""
    return max(_known())


def found(connection: Connection) -> str | None:
    """Return the revision that a database is at; None if it has no tables of ours."""
    if not inspect(connection).has_table(_TABLE):
        return None
    stored: str | None = connection.scalar(
        text(f"SELECT version_num FROM {_TABLE}")  # noqa: S608 - our own name
    )
    return stored


def refuse_newer(revision: str | None) -> None:
    """Raise NewerDatabaseError if only a newer version can have written *revision*."""
    if revision is not None and revision not in _known():
        raise NewerDatabaseError(
            f"the database is at revision {revision}, which this version does not "
            "know: install the version that made it, or restore a backup"
        )


def _known() -> set[str]:
    """Return all revisions: each file is called by its own, and they count up."""
    return {path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("*.py")}
