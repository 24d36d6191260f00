"""Make the tables of an empty SQLite database by what came of all migrations.

To run forty of them takes a process of its own a second; their outcome, kept by
`bot.commands.prepare`, is sixty tables in a hundredth of that.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from bot.store import indexing
from intents import prepared

#: Tables before what is about them. FTS5 makes those of its own with its index.
_MADE = f"""
SELECT sql FROM sqlite_master
WHERE sql IS NOT NULL
AND NOT (type = 'table' AND name LIKE '{indexing.NAME}!_%' ESCAPE '!')
ORDER BY type != 'table', rowid
"""  # noqa: S608 - our own name


def lay(url: str) -> bool:
    """Make the tables if there are none and it is known how; return whether we did."""
    made = make_url(url)
    statements = prepared.value(_piece()) if made.drivername == "sqlite" else None
    if statements is None or not made.database:
        return False
    with closing(sqlite3.connect(made.database, isolation_level=None)) as connection:
        # Whoever comes second waits here, and finds the tables.
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            return False
        for statement in statements:
            connection.execute(statement)
        connection.execute("COMMIT")
    return True


def prepare(migrated: Path) -> None:
    """Keep how the tables of a database are made that was migrated and is empty."""
    with closing(sqlite3.connect(migrated)) as connection:
        made = [sql for (sql,) in connection.execute(_MADE)]
        dump = connection.execute("SELECT version_num FROM alembic_version")
        (version,) = dump.fetchone()
    stamp = f"INSERT INTO alembic_version VALUES ('{version}')"  # noqa: S608 - ours
    prepared.keep_value(_piece(), [*made, stamp])


def _piece() -> str:
    code = prepared.code(Path(__file__).parent)
    return prepared.piece("tables", code, sqlite3.sqlite_version)
