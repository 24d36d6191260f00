"""Answers that were refused because the connection was at fault, and may go out yet."""

from collections.abc import Sequence

from sqlalchemy import Connection

from bot.connection.line import Line
from bot.connection.trial import NOT_A_TESTER
from bot.messenger.send_policy import BOT_WINDOW
from bot.store import fates
from bot.tongue import ngettext

#: Refused for good, and not for what the message or its customer is. All other faults
#: of the connection stop sending as a whole: what waits then goes out by itself.
FAULTS = (NOT_A_TESTER,)


def count(connection: Connection, line: Line) -> int:
    """Return how many answers were refused so, within their customers' 24 hours."""
    since, page_id = line.now - BOT_WINDOW, line.page_id
    return len(fates.refused_by(connection, page_id, FAULTS, since))


def send_again(connection: Connection, line: Line) -> Sequence[int]:
    """Let them out once more; return the conversations that they are of."""
    since, page_id = line.now - BOT_WINDOW, line.page_id
    return fates.send_refused_again(connection, page_id, FAULTS, since)


def told(found: int) -> str:
    """Return how many answers were refused so, in words."""
    return ngettext(
        "%(num)s answer was refused because the app is not Live, and can still go out.",
        "%(num)s answers were refused because the app is not Live, and can still go "
        "out.",
        found,
    )
