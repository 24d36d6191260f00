"""Sending is stopped: when is it tried again, and may that be at once?"""

import math
import time
from collections.abc import Sequence

from sqlalchemy import Connection

from bot.clock import monotonic
from bot.connection.line import Line
from bot.connection.results import Result, Step
from bot.store import parking
from bot.store.database import Database
from bot.tongue import _, ngettext

#: The Page is seen, its token is right: only a try shows whether the cause is gone.
TO_BE_TRIED = ("page_stopped", "page_barred")
WAIT = 8.0  # seconds for a message to be tried
LOOK_EVERY = 0.1


def tried(line: Line, found: Sequence[Result]) -> bool:
    """Let what waits be tried, if nothing else is red that stops it; wait for the end.

    Return whether something was tried: the checks may find something else then.
    """
    page = next((one for one in found if one.step is Step.PAGE), None)
    if page is None or page.finding not in TO_BE_TRIED:
        return False
    page_id = line.page_id
    line.database.write(lambda c: parking.try_now(c, page_id))
    return _await_try(line.database, page_id)


def next_try(connection: Connection, page_id: str) -> str | None:
    """Return when a Page that is shut is tried again, in words; None if it is open."""
    stop = parking.stop(connection, page_id)
    if stop is None:
        return None
    if stop.trying or (stop.waits and stop.seconds <= 0):
        return _("Sending is stopped; a message is being tried now.")
    if stop.seconds <= 0:
        return _("Sending was stopped; the next message is tried at once.")
    return ngettext(
        "Sending is stopped. It is tried again in %(num)s minute.",
        "Sending is stopped. It is tried again in %(num)s minutes.",
        math.ceil(stop.seconds / 60),
    )


def _await_try(database: Database, page_id: str) -> bool:
    until = monotonic() + WAIT
    while monotonic() < until:
        with database.read() as connection:
            stop = parking.stop(connection, page_id)
        if stop is None or (stop.seconds > 0 and not stop.trying):
            return True
        if not stop.waits:
            return False
        time.sleep(LOOK_EVERY)
    return True
