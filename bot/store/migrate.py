"""Bring the tables of a database to what this version needs."""

import os
import sys
from contextlib import closing

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.store import indexing, revision
from bot.store.database import Database, open_database

LOCK = 7_205_100  # any number, the same for all who migrate this database


def migrate(database: Database) -> bool:
    """Upgrade the tables in one transaction; return whether there was anything to do.

    Two that start at once do it one after the other, and the second finds
    nothing left. Raises NewerDatabaseError.
    """
    return database.write(_upgrade)


def _upgrade(connection: Connection) -> bool:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
    found = revision.found(connection)
    if found == revision.head():
        return False
    revision.refuse_newer(found)
    command.upgrade(_config(connection), "head")
    indexing.watch(connection)
    return True


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(revision.MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def main() -> None:
    """Upgrade the database of DATABASE_URL: what bot/store/upgrade.py starts."""
    with closing(open_database(os.environ["DATABASE_URL"])) as database:
        try:
            migrate(database)
        except DBAPIError as error:
            sys.exit(str(error.orig).strip())


if __name__ == "__main__":
    main()
