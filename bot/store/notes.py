"""Notes that colleagues leave each other in a thread, and whom they call."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from bot.store.models import Conversation, Customer
from bot.store.people import Staff
from bot.store.teamwork import Mention, Note, Read
from bot.store.types import AnyRow, UtcDateTime

MOST = 500  # of the newest


@dataclass(frozen=True, kw_only=True)
class Called:
    """Somebody whom a note calls, and when they saw it, if they have."""

    note_id: int
    staff_id: int
    name: str
    seen_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Call:
    """The newest note of a conversation that calls somebody."""

    conversation_id: int
    note_id: int
    author: str | None
    text: str
    at: datetime
    is_seen: bool


def add(
    connection: Connection,
    conversation_id: int,
    staff_id: int,
    text: str,
    at: datetime,
    called: Iterable[int] = (),
) -> None:
    """Add a note and call colleagues; the caller stirs the conversation."""
    note_id = connection.scalars(
        insert(Note)
        .values(conversation_id=conversation_id, staff_id=staff_id, text=text, at=at)
        .returning(Note.id)
    ).one()
    rows = [{"note_id": note_id, "staff_id": one} for one in called if one != staff_id]
    if rows:
        connection.execute(insert(Mention), rows)


def of_thread(
    connection: Connection, conversation_id: int, since: datetime | None
) -> Sequence[AnyRow]:
    """Return the notes of a conversation from *since* on, oldest first."""
    asked = {"conversation": conversation_id, "since": since}
    return connection.execute(_OF_THREAD[since is not None], asked).all()[::-1]


_NEWEST = (
    select(Note.id, Note.staff_id, Staff.name.label("author"), Note.text, Note.at)
    .outerjoin(Staff, Staff.id == Note.staff_id)
    .where(Note.conversation_id == bindparam("conversation"))
    .order_by(Note.at.desc(), Note.id.desc())
    .limit(MOST)
)
#: By whether it is of a part of the thread only.
_OF_THREAD = {
    False: _NEWEST,
    True: _NEWEST.where(Note.at >= bindparam("since", type_=UtcDateTime())),
}


def told(connection: Connection, note_ids: Sequence[int]) -> Sequence[Called]:
    """Return whom these notes call, by name."""
    query = (
        select(Mention.note_id, Mention.staff_id, Staff.name, Mention.seen_at)
        .join(Staff, Staff.id == Mention.staff_id)
        .where(Mention.note_id.in_(note_ids))
        .order_by(Staff.name, Staff.id)
    )
    return [Called(**row._mapping) for row in connection.execute(query)]


def newest_calls(
    connection: Connection, conversation_ids: Sequence[int], staff_id: int
) -> dict[int, Call]:
    """Return what calls somebody last in each of some conversations.

    What they have not seen comes before what they have.
    """
    query = (
        select(
            Note.conversation_id,
            Note.id.label("note_id"),
            Staff.name.label("author"),
            Note.text,
            Note.at,
            Mention.seen_at.is_not(None).label("is_seen"),
        )
        .join(Mention, Mention.note_id == Note.id)
        .outerjoin(Staff, Staff.id == Note.staff_id)
        .where(Mention.staff_id == staff_id)
        .where(Note.conversation_id.in_(conversation_ids))
        .order_by(Mention.seen_at.is_(None), Note.at, Note.id)
    )
    rows = connection.execute(query)
    return {row.conversation_id: Call(**row._mapping) for row in rows}


def calling(staff_id: Any) -> Any:
    """Return the query for the notes that call *staff_id*, who has not seen them."""
    return (
        select(
            Note.id,
            Note.conversation_id,
            Customer.name,
            Staff.name.label("by"),
        )
        .join(Mention, Mention.note_id == Note.id)
        .join(Conversation, Conversation.id == Note.conversation_id)
        .join(Customer, Customer.id == Conversation.customer_id)
        .outerjoin(Staff, Staff.id == Note.staff_id)
        .where(Mention.staff_id == staff_id, Mention.seen_at.is_(None))
        .order_by(Note.id)
        .limit(MOST)
    )


def unread(staff_id: Any) -> Any:
    """Return the query for the newest notes of others in what is *staff_id*'s.

    Of those that were not opened since, and do not call them: that is told already.
    """
    newest = (
        select(func.max(Note.id))
        .where(Note.conversation_id == Conversation.id, Note.staff_id != staff_id)
        .correlate(Conversation)
        .scalar_subquery()
    )
    return (
        select(
            Note.id,
            Note.conversation_id,
            Customer.name,
            Staff.name.label("by"),
        )
        .select_from(Read)
        .join(Conversation, Conversation.id == Read.conversation_id)
        .join(Note, Note.id == newest)
        .join(Customer, Customer.id == Conversation.customer_id)
        .join(Staff, Staff.id == Note.staff_id)
        .where(Read.staff_id == staff_id, Read.messages < 0)
        .where(Conversation.assignee_id == staff_id, ~is_called(staff_id))
    )


def unseen(connection: Connection) -> dict[int, int]:
    """Return the newest note that calls each colleague who has not seen theirs."""
    rows = connection.execute(_UNSEEN)
    return {row.staff_id: row.newest for row in rows}


_UNSEEN = (
    select(Mention.staff_id, func.max(Mention.note_id).label("newest"))
    .where(Mention.seen_at.is_(None))
    .group_by(Mention.staff_id)
)


def calls(conversation_id: Any, staff_id: Any) -> Any:
    """Return whether a note of a conversation calls somebody who has not seen it."""
    called = _calling(staff_id).where(Mention.seen_at.is_(None))
    return called.where(Note.conversation_id == conversation_id).exists()


def saw(
    connection: Connection, conversation_id: int, staff_id: int, now: datetime
) -> None:
    """Note that somebody has seen what calls them in a conversation."""
    here = select(Note.id).where(Note.conversation_id == conversation_id)
    connection.execute(
        update(Mention)
        .where(Mention.staff_id == staff_id, Mention.note_id.in_(here))
        .where(Mention.seen_at.is_(None))
        .values(seen_at=now)
    )


def is_called(staff_id: Any) -> Any:
    """Return the condition that a note calls *staff_id*, who has not seen it."""
    return Conversation.id.in_(_calling(staff_id).where(Mention.seen_at.is_(None)))


def was_called(staff_id: Any) -> Any:
    """Return the condition that a note calls *staff_id*, seen or not."""
    return Conversation.id.in_(_calling(staff_id))


def called_last(staff_id: Any) -> Any:
    """Return when the newest note of a conversation that calls *staff_id* came."""
    newest = select(func.max(Note.at)).join(Mention, Mention.note_id == Note.id)
    mine = newest.where(
        Note.conversation_id == Conversation.id, Mention.staff_id == staff_id
    )
    return mine.correlate(Conversation).scalar_subquery()


def _calling(staff_id: Any) -> Any:
    called = select(Note.conversation_id).join(Mention, Mention.note_id == Note.id)
    return called.where(Mention.staff_id == staff_id)
