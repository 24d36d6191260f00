"""Bring the tables up to date beside a process that serves.

It never loads Alembic itself, and reads its own files meanwhile.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bot.store import laying, revision
from bot.store.database import glance


class UpgradeError(Exception):
    """The tables could not be brought up to date; the text says why."""


@contextmanager
def beside(url: str) -> Iterator[None]:
    """Upgrade the tables, if they need it, while the body runs; both are done after it.

    Raises NewerDatabaseError before the body, and UpgradeError after it.
    """
    with glance(url) as connection:
        found = revision.found(connection)
    revision.refuse_newer(found)
    if found == revision.head() or (found is None and laying.lay(url)):
        yield
        return
    with subprocess.Popen(
        [sys.executable, "-m", "bot.store.migrate"],
        env={**os.environ, "DATABASE_URL": url},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        yield
        _, said = process.communicate()
    if process.returncode:
        raise UpgradeError(
            f"the tables can't be brought up to date ({_reason(said)}); "
            "nothing was changed"
        )


def _reason(said: str) -> str:
    """Return the one line of a reason, or the last one of a trace."""
    lines = said.strip().splitlines()
    if not lines:
        return "the process was ended"
    return lines[-1] if lines[0].startswith("Traceback") else lines[0]
