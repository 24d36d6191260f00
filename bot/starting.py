"""A start that fails says why in one line, and is not tried again.

The server's child does the starting; its parent would replace it for ever. What
the child could not mend it leaves in a file, and tells the parent to end. A worker
has no such parent: its command says it.
"""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click
from sqlalchemy.exc import OperationalError

from bot.engine_lock import InUseError
from bot.settings import SettingError, Settings
from bot.store.pages import AnotherPageError
from bot.store.revision import NewerDatabaseError
from bot.store.upgrade import UpgradeError
from bot.trainer import TrainingError
from flows.files import DataError
from intents.classifier import ModelError
from intents.examples import TrainingDataError

KNOWN = (
    SettingError,
    InUseError,
    AnotherPageError,
    NewerDatabaseError,
    UpgradeError,
    DataError,
    ModelError,
    TrainingDataError,
    TrainingError,
)
FILE = "start-failed"  # read by bot/commands/serve.py
PATIENCE = 20.0  # seconds in which the parent must have ended us


@contextmanager
def reported(settings: Settings) -> Iterator[None]:
    """Say where we listen, or let the parent say what keeps us from starting.

    A demo says it later, when there is something to see.
    """
    try:
        with named():
            yield
    except SettingError as error:
        _fail(settings.home, str(error))
    if not settings.demo:
        where = f"http://{settings.host}:{settings.port}"
        click.echo(f"Frontdesk listens on {where}", err=True)


@contextmanager
def named() -> Iterator[None]:
    """Raise what is known to keep us from starting as a SettingError."""
    try:
        yield
    except KNOWN as error:
        raise SettingError(str(error)) from error
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise SettingError(
            f"DATABASE_URL can't be used ({reason}): start that server, "
            "or set DATABASE_URL to a database that is there"
        ) from error


def _fail(home: Path, reason: str) -> NoReturn:
    (home / FILE).write_text(reason)
    os.kill(os.getppid(), signal.SIGTERM)
    # It ends us. Whoever went first could be taken for a worker that crashed, before
    # the signal is heard: then the parent ends with another status, and no reason.
    time.sleep(PATIENCE)
    os._exit(1)
