"""One engine at a time for an SQLite file: what another holds, nobody frees.

At its start an engine lets go of all that a dead one held, and would let go of what
a living one holds: an answer would be given twice. So it first takes this lock. The
kernel takes it back when the process ends, however it ends.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

from bot.clock import monotonic
from bot.settings import Settings

PATIENCE = 10.0  # seconds: the one before us may have to finish what it began
LOOK_EVERY = 0.05


class InUseError(Exception):
    """A folder can't be ours alone; the text names it and the cure."""


def refuse_used(folder: Path) -> None:
    """Raise InUseError if an engine works in *folder*."""
    with _opened(folder, patience=0):
        pass


def take(settings: Settings, patience: float = PATIENCE) -> ExitStack:
    """Return the locks of an engine, to be closed at its end; or raise InUseError.

    One lies in FRONTDESK_HOME, and one beside the database if that is elsewhere.
    On PostgreSQL none is needed: there leases end by themselves.
    """
    with ExitStack() as locks:
        for folder in sorted(_folders(settings)):
            locks.enter_context(_opened(folder, patience))
        return locks.pop_all()


def _folders(settings: Settings) -> set[Path]:
    if not settings.is_sqlite:
        return set()
    file = urlsplit(settings.database_url).path.removeprefix("/")
    return {settings.home, Path(file).absolute().parent}


@contextmanager
def _opened(folder: Path, patience: float) -> Iterator[None]:
    with _lock_file(folder) as lock:
        until = monotonic() + patience
        while not _locked(lock.fileno()):
            if monotonic() >= until:
                raise InUseError(
                    f"FRONTDESK_HOME {folder} is in use by another Frontdesk: "
                    "stop it, or name another folder"
                )
            time.sleep(LOOK_EVERY)
        yield


def _lock_file(folder: Path) -> TextIO:
    try:
        return (folder / "engine.lock").open("a")
    except OSError as error:
        raise InUseError(
            f"DATABASE_URL is in {folder}, which can't be written "
            f"({error.strerror}): name a file in a folder that this user may write"
        ) from None


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
