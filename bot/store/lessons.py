"""What people teach from conversations: messages, marks of turns, phrasings, pins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, and_, delete, or_, select

from bot.store import answered, knowledge
from bot.store.arrivals import insert
from bot.store.audit import Trace
from bot.store.models import (
    Author,
    Conversation,
    Customer,
    IncomingEvent,
    Message,
    Turn,
)
from bot.store.people import Staff
from bot.store.teaching import Pin, TaughtPhrasing, TurnMark
from bot.store.types import AnyRow, Payload

LONGEST = 500
#: The outcomes of turns in which the assistant itself answered, or asked for more.
ANSWERED = ("answered", "asked", "confirmed", "offered")
SCANNED = 5  # messages that are read for each one wanted: many say the same


class Kind(StrEnum):
    """What somebody said of a turn."""

    WRONG = "wrong"
    OUT_OF_SCOPE = "out_of_scope"
    TAUGHT = "taught"
    SEEN = "seen"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A customer's message, what the assistant made of it, and a person's answer."""

    id: int
    conversation_id: int
    text: str
    at: datetime
    name: str | None
    #: What the conversation is in; empty while nobody knows.
    language: str
    turn_id: int | None
    outcome: str | None
    reply: str | None
    #: The message at which it is taught: this one, or ours that answers it.
    taught_at: int
    #: What of ours is looked at, and whether the assistant said it.
    answer: str | None = None
    by_bot: bool = False
    #: Whether the customer tapped it: then its words are ours.
    is_tap: bool = False

    @property
    def was_answered(self) -> bool:
        """Whether the assistant said more than that it fetches a person, if that."""
        return self.outcome in ANSWERED


def asked(
    connection: Connection, conversation_id: int, message_id: int
) -> Asked | None:
    """Return a customer's message of a conversation, None if it has no text.

    Of a message of ours, the one that it answers.
    """
    ours = answered.find(connection, conversation_id, message_id)
    number = ours.question_id if ours else message_id
    row = connection.execute(
        select(
            Message.id,
            Message.text,
            Message.parts,
            Message.at,
            Customer.name,
            Conversation.language,
        )
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(Customer, Customer.id == Conversation.customer_id)
        .where(Message.id == number, Message.conversation_id == conversation_id)
        .where(Message.author == Author.CUSTOMER)
    ).first()
    if row is None or not (row.text or "").strip():
        return None
    turn = _turn(connection, conversation_id, row.at, row.text)
    return Asked(
        id=row.id,
        conversation_id=conversation_id,
        text=row.text,
        at=row.at,
        name=row.name,
        language=row.language,
        turn_id=turn.id if turn else None,
        outcome=turn.outcome if turn else None,
        reply=ours.text
        if ours and not ours.by_bot
        else _reply(connection, conversation_id, row.at, row.id),
        taught_at=message_id,
        answer=ours.text if ours else None,
        by_bot=ours is not None and ours.by_bot,
        is_tap=bool(row.parts.get("tapped")),
    )


def _turn(
    connection: Connection, conversation_id: int, at: datetime, text: str
) -> AnyRow | None:
    """Return the turn of a message: both have the moment of the event."""
    found = connection.execute(
        select(Turn.id, Turn.outcome, Turn.trace)
        .join(IncomingEvent, IncomingEvent.id == Turn.event_id)
        .where(IncomingEvent.conversation_id == conversation_id)
        .where(IncomingEvent.at == at)
        .order_by(Turn.id)
    ).all()
    heard = [row for row in found if row.trace.get("parse", {}).get("text") == text]
    return next(iter(heard or found), None)


def _reply(
    connection: Connection, conversation_id: int, at: datetime, message_id: int
) -> str | None:
    """Return what a person said first after a message."""
    later = or_(Message.at > at, and_(Message.at == at, Message.id > message_id))
    return connection.scalar(
        select(Message.text)
        .where(Message.conversation_id == conversation_id, later)
        .where(Message.author.in_(answered.PEOPLE))
        .where(Message.text.is_not(None))
        .order_by(Message.at, Message.id)
        .limit(1)
    )


def message_of(connection: Connection, turn_id: int) -> AnyRow | None:
    """Return the conversation and the message that a turn answered."""
    return connection.execute(
        select(Message.conversation_id, Message.id, Message.text)
        .join(
            IncomingEvent,
            and_(
                IncomingEvent.conversation_id == Message.conversation_id,
                IncomingEvent.at == Message.at,
            ),
        )
        .join(Turn, Turn.event_id == IncomingEvent.id)
        .where(Turn.id == turn_id, Message.author == Author.CUSTOMER)
        .order_by(Message.id)
        .limit(1)
    ).first()


def mark(
    connection: Connection,
    turn_id: int,
    kind: Kind,
    *,
    now: datetime,
    staff_id: int | None,
    intent: str | None = None,
) -> None:
    """Note what somebody said of a turn; the last word counts."""
    said = {"kind": kind.value, "intent": intent, "staff_id": staff_id, "at": now}
    connection.execute(
        insert(connection, TurnMark)
        .values(turn_id=turn_id, **said)
        .on_conflict_do_update(index_elements=["turn_id"], set_=said)
    )


def teach(
    connection: Connection,
    intent: str,
    language: str,
    text: str,
    *,
    now: datetime,
    staff_id: int | None,
    conversation_id: int | None = None,
) -> None:
    """Let a phrasing mean an intent that is no entry of the FAQ, and nothing else."""
    forget(connection, language, text)
    connection.execute(
        insert(connection, TaughtPhrasing).values(
            intent=intent,
            language=language,
            text=text,
            staff_id=staff_id,
            at=now,
            conversation_id=conversation_id,
        )
    )
    knowledge.changed(connection)


def forget(connection: Connection, language: str, text: str) -> bool:
    """Take back what was taught of a phrasing; return whether there was anything."""
    done = connection.execute(
        delete(TaughtPhrasing).where(
            TaughtPhrasing.language == language, TaughtPhrasing.text == text
        )
    )
    if done.rowcount:
        knowledge.changed(connection)
    return done.rowcount > 0


def taught(connection: Connection) -> Sequence[AnyRow]:
    """Return all phrasings that were taught beside the FAQ, the newest first."""
    return connection.execute(
        select(
            TaughtPhrasing.id,
            TaughtPhrasing.text,
            TaughtPhrasing.intent,
            TaughtPhrasing.language,
            TaughtPhrasing.at,
            TaughtPhrasing.conversation_id,
            Staff.name.label("author"),
        )
        .outerjoin(Staff, Staff.id == TaughtPhrasing.staff_id)
        .order_by(TaughtPhrasing.at.desc(), TaughtPhrasing.id.desc())
    ).all()


def said_lately(connection: Connection, most: int) -> list[str]:
    """Return the newest texts that customers wrote, the newest first.

    Some say the same. What they tapped is our own title, mostly cut off.
    """
    found = connection.execute(
        select(Message.text, Message.parts)
        .where(Message.author == Author.CUSTOMER, Message.text.is_not(None))
        .order_by(Message.id.desc())
        .limit(most * SCANNED)
    )
    return [row.text for row in found if not row.parts.get("tapped")]


def said_by(connection: Connection, most: int) -> Sequence[AnyRow]:
    """Return the newest texts of customers with the names of those who wrote them."""
    return connection.execute(
        select(Message.text, Customer.name)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(Customer, Customer.id == Conversation.customer_id)
        .where(Message.author == Author.CUSTOMER, Message.text.is_not(None))
        .order_by(Message.id.desc())
        .limit(most)
    ).all()


def pin(
    connection: Connection,
    language: str,
    text: str,
    intent: str | None,
    *,
    now: datetime,
    staff_id: int | None,
) -> None:
    """Keep a phrase and what it must be understood as; None is a person."""
    said = {"intent": intent, "staff_id": staff_id, "at": now}
    connection.execute(
        insert(connection, Pin)
        .values(language=language, text=text, **said)
        .on_conflict_do_update(index_elements=["language", "text"], set_=said)
    )


def unpin(connection: Connection, pin_id: int) -> AnyRow | None:
    """Remove a pin; return what it said, None if it is not there."""
    gone = delete(Pin).where(Pin.id == pin_id)
    gone_by = gone.returning(Pin.language, Pin.text, Pin.intent)
    return connection.execute(gone_by).first()


def pin_again(connection: Connection, said: Payload, trace: Trace) -> bool:
    """Keep what `unpin` returned; return False if the phrase was pinned meanwhile."""
    query = insert(connection, Pin).values(**said, staff_id=trace.staff_id, at=trace.at)
    done = connection.scalar(query.on_conflict_do_nothing().returning(Pin.id))
    return done is not None


def pins(connection: Connection) -> Sequence[AnyRow]:
    """Return all pins, by their text."""
    return connection.execute(
        select(
            Pin.id,
            Pin.text,
            Pin.intent,
            Pin.language,
            Pin.at,
            Staff.name.label("author"),
        )
        .outerjoin(Staff, Staff.id == Pin.staff_id)
        .order_by(Pin.text)
    ).all()
