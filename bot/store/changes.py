"""Has anything changed? Asked four times a second, once for all who listen.

First the pulse: did anything commit at all? SQLite counts the commits of others for
each connection; PostgreSQL's snapshot names the transactions that are not over, so
that one which commits late changes it too. Neither reads a row, and nothing is
written for it. Only after a commit it is asked what changed, in a few queries
whose number does not depend on how many listen.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, String, cast, func, literal, select

from bot.store import notes, queue
from bot.store.among import among
from bot.store.lists import View
from bot.store.models import Conversation, Status
from bot.store.people import Role, Staff, StaffSession
from bot.store.sessions import living

MOST_LINES = 200  # of a list that is long by nature; a slow poll sees to the rest

_PULSES = {
    "sqlite": "PRAGMA data_version",
    "postgresql": "SELECT pg_current_snapshot()::text",
}


@dataclass(frozen=True, kw_only=True)
class Lists:
    """What stands for each list of the inbox: alike as long as it looks alike."""

    waiting: str
    #: By who answers; None: in another app.
    held: Mapping[int | None, str]
    #: How long the others are, the newest lines of them, and whom notes call.
    others: Any

    def seen_by(self, staff_id: int, view: View) -> Any:
        """Return what one sees of the list *view*, and of what is theirs to do."""
        mine = (self.held.get(staff_id), self.others["calls"].get(staff_id))
        if view is View.MINE:
            return mine
        if view is View.WAITING:
            return (mine, self.waiting)
        if view is View.ELSEWHERE:
            return (mine, self.held.get(None))
        if view is View.COLLEAGUES:
            return (mine, self._colleagues(staff_id))
        return (mine, self.waiting, self._colleagues(staff_id), self.others)

    def counted(self, staff_id: int) -> Any:
        """Return what one sees beside every list: how long the others are."""
        colleagues = self._colleagues(staff_id)
        return (
            self.waiting,
            {who: what.count(",") for who, what in colleagues.items()},
            self.held.get(None),
            self.others["counts"],
        )

    def _colleagues(self, staff_id: int) -> dict[int | None, str]:
        return {who: what for who, what in self.held.items() if who != staff_id}


def pulse(connection: Connection) -> str:
    """Return what differs after each commit of another connection.

    *connection* must be the same at each call: SQLite counts for it alone.
    """
    found = connection.exec_driver_sql(_PULSES[connection.dialect.name]).scalar_one()
    # Not rolled back: nothing is written, and the driver would forget with it how all
    # that is read here is planned.
    connection.commit()
    return str(found)


def lists(connection: Connection, others: Any) -> Lists:
    """Return what stands for the lists; *others* as `others` told them last."""
    rows = connection.execute(_HELD).all()
    return Lists(
        waiting=",".join(row.lines for row in rows if row.status is Status.WAITING),
        held={row.assignee_id: row.lines for row in rows if row.status is Status.AGENT},
        others=others,
    )


def others(connection: Connection) -> Any:
    """Return what stands for the lists that hold no work in progress.

    As costly as a page, for they may be long: not to be asked at every change.
    """
    return {
        "counts": queue.counts(connection, 0),
        "assistant": queue.revisions(connection, View.ASSISTANT, 0, MOST_LINES),
        "check": queue.revisions(connection, View.CHECK, 0, MOST_LINES),
        "calls": notes.unseen(connection),
    }


def revisions(connection: Connection, opened: Collection[int]) -> dict[int, int]:
    """Return the revisions of the conversations that somebody has open."""
    rows = connection.execute(_REVISIONS, {"opened": opened})
    return {row.id: row.revision for row in rows}


def signed_in(connection: Connection, hashes: Collection[bytes]) -> dict[bytes, Role]:
    """Return which of these sessions live, and the role of whose they are."""
    rows = connection.execute(
        select(StaffSession.token_hash, Staff.role)
        .join(Staff, Staff.id == StaffSession.staff_id)
        .where(StaffSession.token_hash.in_(hashes), *living())
        .where(Staff.disabled_at.is_(None))
    )
    return {row.token_hash: row.role for row in rows}


_REVISIONS = select(Conversation.id, Conversation.revision).where(
    among(Conversation.id, "opened")
)
_LINE = (
    cast(Conversation.id, String)
    + literal(":", literal_execute=True)
    + cast(Conversation.revision, String)
)
_HELD = (
    select(
        Conversation.status,
        Conversation.assignee_id,
        func.aggregate_strings(_LINE, ",").label("lines"),
    )
    .where(Conversation.status.in_([Status.WAITING, Status.AGENT]))
    .group_by(Conversation.status, Conversation.assignee_id)
)
