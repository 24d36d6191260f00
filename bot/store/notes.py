"""Notes that colleagues leave each other in a thread, and whom they call."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, insert, select, update

from bot.store.models import Conversation
from bot.store.people import Staff
from bot.store.teamwork import Mention, Note
from bot.store.types import AnyRow

MOST = 500  # of the newest


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
    query = (
        select(Note.id, Note.staff_id, Staff.name.label("author"), Note.text, Note.at)
        .outerjoin(Staff, Staff.id == Note.staff_id)
        .where(Note.conversation_id == conversation_id)
        .order_by(Note.at.desc(), Note.id.desc())
        .limit(MOST)
    )
    if since is not None:
        query = query.where(Note.at >= since)
    return connection.execute(query).all()[::-1]


def calls(connection: Connection, conversation_id: int, staff_id: int) -> bool:
    """Return whether a note of a conversation calls somebody who has not seen it."""
    here = select(Conversation.id).where(
        Conversation.id == conversation_id, is_called(staff_id)
    )
    return connection.scalar(here) is not None


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
    return exists().where(
        Note.conversation_id == Conversation.id,
        Mention.note_id == Note.id,
        Mention.staff_id == staff_id,
        Mention.seen_at.is_(None),
    )
