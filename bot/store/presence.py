"""Who is here, who has which conversation open, and who is typing in it.

Pages say so every twenty seconds, those that lie behind others once a minute; what they
have not said for a while is not so any more. All times are the database's.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, case, delete, or_, select, update

from bot.store.among import among
from bot.store.arrivals import insert
from bot.store.models import Conversation, Customer, Page, Status
from bot.store.people import Staff
from bot.store.teamwork import Presence, Viewing
from bot.store.types import DatabaseSeconds

STAYS = 90.0  # seconds that somebody counts as here after a page of theirs said so
COUNTS = 45.0  # seconds that they count as looking at what it shows
IDLE = 600.0  # seconds without a key or a click: away
WRITES = 6.0  # seconds that somebody counts as writing after a key


class Whereabouts(StrEnum):
    """Whether somebody is there."""

    HERE = "here"
    AWAY = "away"
    GONE = "not here"


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """Somebody who works here, and whether they are there."""

    id: int
    name: str
    where: Whereabouts
    #: Whether they said themselves that they are away.
    by_choice: bool


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Somebody who has a conversation open."""

    id: int
    name: str
    is_writing: bool


@dataclass(frozen=True, kw_only=True)
class Answering:
    """Somebody types an answer to a customer whom they hold."""

    conversation_id: int
    page_id: str
    psid: str
    last_heard_at: datetime | None


def note(connection: Connection, staff_id: int, *, acted: bool) -> None:
    """Note that somebody's page is before them, and whether they did something.

    Who is away by choice stays so until they say otherwise.
    """
    now = DatabaseSeconds()
    acting = case((Presence.is_away, Presence.acted), else_=now)
    connection.execute(
        insert(connection, Presence)
        .values(staff_id=staff_id, seen=now, acted=now, is_away=False)
        .on_conflict_do_update(
            index_elements=["staff_id"],
            set_={"seen": now, "acted": acting if acted else Presence.acted},
        )
    )


def choose(connection: Connection, staff_id: int, *, is_away: bool) -> None:
    """Let somebody be away, or back, because they say so."""
    now = DatabaseSeconds()
    chosen = {"seen": now, "acted": now, "is_away": is_away}
    connection.execute(
        insert(connection, Presence)
        .values(staff_id=staff_id, **chosen)
        .on_conflict_do_update(index_elements=["staff_id"], set_=chosen)
    )


def look(
    connection: Connection,
    staff_id: int,
    conversation_id: int,
    writes: bool | None,
    *,
    answers: bool = False,
) -> None:
    """Note that somebody has a conversation open, and whether they type in it.

    None: what they said of it before stays so. *answers*: the customer will read it.
    """
    now = DatabaseSeconds()
    typing = {
        "typed": now if writes else None,
        "answering": now if writes and answers else None,
    }
    changed = {"seen": now} if writes is None else {"seen": now, **typing}
    connection.execute(
        insert(connection, Viewing)
        .values(conversation_id=conversation_id, staff_id=staff_id, seen=now, **typing)
        .on_conflict_do_update(
            index_elements=["conversation_id", "staff_id"], set_=changed
        )
    )


def go(connection: Connection, staff_id: int) -> None:
    """Note that somebody has gone, until another page of theirs says otherwise."""
    connection.execute(
        update(Presence).where(Presence.staff_id == staff_id).values(seen=0.0)
    )
    connection.execute(delete(Viewing).where(Viewing.staff_id == staff_id))


def leave(connection: Connection, staff_id: int, conversation_id: int) -> None:
    """Note that somebody has closed a conversation."""
    connection.execute(
        delete(Viewing).where(
            Viewing.staff_id == staff_id, Viewing.conversation_id == conversation_id
        )
    )


def forget(connection: Connection) -> None:
    """Delete what does not count any more, so that the table stays small."""
    connection.execute(
        delete(Viewing).where(Viewing.seen < DatabaseSeconds() - 10 * COUNTS)
    )


def everybody(connection: Connection) -> Sequence[Colleague]:
    """Return all who have been here and were not shut out, by name."""
    rows = connection.execute(_EVERYBODY)
    return [
        Colleague(
            id=row.id,
            name=row.name,
            where=Whereabouts(row.place),
            by_choice=row.is_away,
        )
        for row in rows
    ]


def viewers(connection: Connection, opened: Collection[int]) -> dict[int, list[Viewer]]:
    """Return who has which of these conversations open now."""
    rows = connection.execute(_VIEWERS, {"opened": list(opened)})
    found: dict[int, list[Viewer]] = {}
    for row in rows:
        one = Viewer(id=row.id, name=row.name, is_writing=bool(row.pen))
        found.setdefault(row.conversation_id, []).append(one)
    return found


_VIEWERS = (
    select(
        Viewing.conversation_id,
        Staff.id,
        Staff.name,
        case((Viewing.typed > DatabaseSeconds() - WRITES, 1), else_=0).label("pen"),
    )
    .join(Staff, Staff.id == Viewing.staff_id)
    .where(among(Viewing.conversation_id, "opened"))
    .where(Viewing.seen > DatabaseSeconds() - COUNTS)
    .order_by(Viewing.conversation_id, Staff.name, Staff.id)
)


def answering(connection: Connection) -> Sequence[Answering]:
    """Return who types an answer to a customer, where Messenger can show it."""
    now = DatabaseSeconds()
    rows = connection.execute(
        select(
            Viewing.conversation_id,
            Customer.page_id,
            Customer.psid,
            Conversation.last_heard_at,
        )
        .join(Conversation, Conversation.id == Viewing.conversation_id)
        .join(Customer, Customer.id == Conversation.customer_id)
        .join(Page, Page.page_id == Customer.page_id)
        .where(Viewing.answering > now - WRITES)
        .where(Conversation.status == Status.AGENT)
        .where(Conversation.assignee_id == Viewing.staff_id)
        .where(Customer.psid.is_not(None), Customer.unreachable_at.is_(None))
        .where(or_(Page.parked_until.is_(None), Page.parked_until <= now))
        .where(Page.left_at.is_(None))
    )
    return [Answering(**row._mapping) for row in rows]


def away_for(seconds: float) -> Any:
    """Return the condition that somebody has been away or gone for so long."""
    since = DatabaseSeconds() - seconds
    return or_(
        Presence.seen < since,
        Presence.is_away & (Presence.acted < since),
        Presence.acted < since - IDLE,
    )


_WHERE = case(
    (Presence.seen <= DatabaseSeconds() - STAYS, Whereabouts.GONE.value),
    (Presence.is_away, Whereabouts.AWAY.value),
    (Presence.acted <= DatabaseSeconds() - IDLE, Whereabouts.AWAY.value),
    else_=Whereabouts.HERE.value,
)
# Built once, as what it stands in: all who have a page open ask all day.
_EVERYBODY = (
    select(Staff.id, Staff.name, _WHERE.label("place"), Presence.is_away)
    .join(Presence, Presence.staff_id == Staff.id)
    .where(Staff.disabled_at.is_(None))
    .order_by(Staff.name, Staff.id)
)
