"""What somebody has read of a conversation: how much of what others wrote."""

from typing import Any

from sqlalchemy import Connection, case, delete, func, or_, select

from bot.store.arrivals import insert
from bot.store.models import Author, Conversation, Message, Status
from bot.store.teamwork import Read


def mark(
    connection: Connection, conversation_id: int, staff_id: int, messages: int
) -> None:
    """Note that somebody has seen that many messages of others; never fewer."""
    query = insert(connection, Read).values(
        conversation_id=conversation_id, staff_id=staff_id, messages=messages
    )
    connection.execute(
        query.on_conflict_do_update(
            index_elements=["conversation_id", "staff_id"],
            set_={"messages": query.excluded.messages},
            where=Read.messages < query.excluded.messages,
        )
    )


def marked(connection: Connection, conversation_id: int, staff_id: int) -> int | None:
    """Return how many messages of others somebody has seen, None if none ever."""
    return connection.scalar(
        select(Read.messages).where(
            Read.conversation_id == conversation_id, Read.staff_id == staff_id
        )
    )


def forget(connection: Connection, conversation_id: int, staff_id: int) -> None:
    """Let a conversation count as unread by somebody."""
    connection.execute(
        delete(Read).where(
            Read.conversation_id == conversation_id, Read.staff_id == staff_id
        )
    )


def unread(staff_id: Any) -> Any:
    """Return the condition that *staff_id* has not read all of a conversation.

    Only of one that is a person's to answer: what the assistant answers would
    always be unread.
    """
    seen = (
        select(Read.messages)
        .where(Read.conversation_id == Conversation.id, Read.staff_id == staff_id)
        .correlate(Conversation)
        .scalar_subquery()
    )
    said = Message.__table__.alias("said")
    there = (
        select(func.count())
        .select_from(said)
        .where(said.c.conversation_id == Conversation.id, by_others(said.c, staff_id))
        .correlate(Conversation)
        .scalar_subquery()
    )
    # Not by `and`, both sides of which SQLite works out: the second counts messages.
    has_more = case((there > func.coalesce(seen, 0), 1), else_=0)
    return case((Conversation.status == Status.BOT, 0), else_=has_more) == 1


def by_others(message: Any, staff_id: Any) -> Any:
    """Return the condition that somebody else than *staff_id* wrote a message.

    The assistant's are nobody's: they are no news.
    """
    return or_(
        message.author == Author.CUSTOMER,
        message.author == Author.ELSEWHERE,
        (message.author == Author.AGENT) & (message.staff_id != staff_id),
    )
