"""What somebody has read of a conversation: how much of what others wrote."""

from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    case,
    delete,
    func,
    literal_column,
    or_,
    select,
    update,
)

from bot.store.arrivals import insert
from bot.store.models import Author, Conversation, Message, Status
from bot.store.teamwork import Read
from bot.store.types import word

NOTED = -1  # in place of how many messages: there is a note, none of which is said


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


def note(connection: Connection, conversation_id: int, *, but: int) -> None:
    """Let a conversation count as unread by its agent for a note, unless it is *but*'s.

    Whoever never opened it has it unread anyway, and is told whose gift it is.
    """
    holder = select(Conversation.assignee_id).where(Conversation.id == conversation_id)
    connection.execute(
        update(Read)
        .where(Read.conversation_id == conversation_id)
        .where(Read.staff_id == holder.scalar_subquery(), Read.staff_id != but)
        .values(messages=NOTED)
    )


def marked(conversation_id: Any, staff_id: Any) -> Any:
    """Return how many messages of others somebody has seen, null if none ever."""
    found = select(Read.messages).where(
        Read.conversation_id == conversation_id, Read.staff_id == staff_id
    )
    return found.scalar_subquery()


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
    has_more = case((there > func.coalesce(seen, _NONE), _ONE), else_=_NONE)
    is_bots = Conversation.status == word(Status.BOT)
    return case((is_bots, _NONE), else_=has_more) == _ONE


_NONE, _ONE = (literal_column(number, Integer()) for number in ("0", "1"))


def by_others(message: Any, staff_id: Any) -> Any:
    """Return the condition that somebody else than *staff_id* wrote a message.

    The assistant's are nobody's: they are no news.
    """
    return or_(
        message.author == word(Author.CUSTOMER),
        message.author == word(Author.ELSEWHERE),
        (message.author == word(Author.AGENT)) & (message.staff_id != staff_id),
    )
