"""What no check can see: do customers' words come in now, and do answers go out?

Only messages show whether they are signed with our secret, and whether Facebook lets
the Page send. What came or went before the last change proves nothing of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.connection.line import Line
from bot.store import audit, health
from bot.store.audit import Action
from bot.store.models import OutgoingState
from bot.tongue import _, lazy

LATELY = timedelta(hours=6)
LOOK_BACK = 20
#: By which other events come than before.
MENDED = (Action.PAGE_SUBSCRIBED, Action.PAGE_MOVED)
SINCE_CHANGE = lazy("since the last start or change")
SINCE_LATELY = lazy("in the last six hours")


@dataclass(frozen=True, kw_only=True)
class Proof:
    """When something last came in and went out, if lately enough to count."""

    heard_at: datetime | None
    taken_at: datetime | None
    #: Since when nothing came, or went, where that is so.
    lately: str

    @property
    def is_whole(self) -> bool:
        """Whether both ways are proved."""
        return self.heard_at is not None and self.taken_at is not None

    @property
    def said(self) -> Sequence[str]:
        """Return what is not proved, in sentences."""
        values = {"lately": str(self.lately)}
        coming = _("Nothing has come in from Messenger %(lately)s.", **values)
        going = _("Messenger has taken no message %(lately)s.", **values)
        ways = ((self.heard_at, coming), (self.taken_at, going))
        return [words for at, words in ways if at is None]


def seen(
    line: Line, started_at: datetime | None = None, *, at: datetime | None = None
) -> Proof:
    """Return what proves that messages come in and go out.

    Settings count from a start on, so nothing from before *started_at* does.
    """
    lately = (at or line.now) - LATELY
    since = max(started_at or lately, lately)
    with line.database.read() as connection:
        mends = audit.of(connection, line.page_id, MENDED)
        heard_at = health.last_of_customers(connection, line.page_id, since)
        taken_at = _taken_at(connection, line.page_id)
    mended_at = mends[0].at if mends else None
    changed = since > lately or (mended_at is not None and mended_at > lately)
    return Proof(
        heard_at=_since(heard_at, max(since, mended_at or since)),
        taken_at=_since(taken_at, since),
        lately=str(SINCE_CHANGE if changed else SINCE_LATELY),
    )


def _taken_at(connection: Connection, page_id: str) -> datetime | None:
    """Return when Messenger last took a message, by its own word."""
    ended = health.sendings(connection, page_id, LOOK_BACK)
    taken = (
        row.at for row in ended if row.state is OutgoingState.SENT and not row.reason
    )
    return max(taken, default=None)


def _since(at: datetime | None, since: datetime) -> datetime | None:
    return at if at is not None and at >= since else None
