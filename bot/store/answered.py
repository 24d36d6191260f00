"""What a customer had said that a message of ours answers."""

from dataclasses import dataclass

from sqlalchemy import Connection, and_, or_, select

from bot.store.models import (
    Author,
    IncomingEvent,
    Message,
    OutgoingMessage,
    Turn,
)
from bot.store.types import AnyRow

#: Whose answers a person gave, here or in another app.
PEOPLE = (Author.AGENT, Author.ELSEWHERE)
#: Messages of a customer in which one is looked for that was typed.
REMEMBERED = 20


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One of our messages, and the number of the customer's that it answers."""

    text: str
    by_bot: bool
    question_id: int


def find(
    connection: Connection, conversation_id: int, message_id: int
) -> Answer | None:
    """Return a message of ours as an answer, None if it answers nothing."""
    said = connection.execute(
        select(Message.id, Message.author, Message.text, Message.at).where(
            Message.id == message_id,
            Message.conversation_id == conversation_id,
            Message.author != Author.CUSTOMER,
        )
    ).first()
    if said is None or not (said.text or "").strip():
        return None
    by_bot = said.author is Author.BOT
    number = (
        _of_turn(connection, conversation_id, message_id)
        if by_bot
        else _typed_before(connection, conversation_id, said)
    )
    if number is None:
        return None
    return Answer(text=said.text, by_bot=by_bot, question_id=number)


def _of_turn(
    connection: Connection, conversation_id: int, message_id: int
) -> int | None:
    """Return what the turn answered that planned a message; both have one moment.

    A reminder, and what the assistant begins by itself, answers nothing.
    """
    rows = connection.execute(
        select(Message.id, Message.text, Turn.trace)
        .join(
            IncomingEvent,
            and_(
                IncomingEvent.conversation_id == Message.conversation_id,
                IncomingEvent.at == Message.at,
            ),
        )
        .join(Turn, Turn.event_id == IncomingEvent.id)
        .join(OutgoingMessage, OutgoingMessage.created_at == Turn.at)
        .where(
            OutgoingMessage.message_id == message_id,
            OutgoingMessage.author == "flow",
            Message.conversation_id == conversation_id,
            Message.author == Author.CUSTOMER,
        )
        .order_by(Message.id)
    ).all()
    # Of two in one moment the text tells.
    heard = [
        row.id for row in rows if row.trace.get("parse", {}).get("text") == row.text
    ]
    return next(iter(heard or [row.id for row in rows]), None)


def _typed_before(
    connection: Connection, conversation_id: int, said: AnyRow
) -> int | None:
    """Return what the customer typed last before a message; a tap has no words."""
    earlier = or_(
        Message.at < said.at, and_(Message.at == said.at, Message.id < said.id)
    )
    rows = connection.execute(
        select(Message.id, Message.text, Message.parts)
        .where(Message.conversation_id == conversation_id, earlier)
        .where(Message.author == Author.CUSTOMER, Message.text.is_not(None))
        .order_by(Message.at.desc(), Message.id.desc())
        .limit(REMEMBERED)
    )
    typed = (r.id for r in rows if r.text.strip() and not r.parts.get("tapped"))
    return next(typed, None)
