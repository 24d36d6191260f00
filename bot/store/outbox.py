"""What we owe customers: planned in the transaction of what caused it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    bindparam,
    case,
    insert,
    literal,
    select,
    update,
)

from bot.store import threads
from bot.store.models import (
    Author,
    Conversation,
    Customer,
    OutgoingMessage,
    OutgoingState,
)
from bot.store.types import Payload, with_table
from bot.tongue import english

#: What comes of an event or an order, and not of what the customer said.
UNASKED = ("reminder", "update")
PERHAPS_TAKEN = english("Messenger may have taken it: it gave no answer and no echo")


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One message to send, as its author wants it.

    ``author`` is flow, agent or system. ``key`` makes it the only one of its kind
    for ever. ``template`` is what to send instead once only an approved utility
    template may go out.
    """

    message: Payload
    text: str
    author: str
    purpose: str
    send_class: str
    key: str | None = None
    template: Payload | None = None
    expires_at: datetime | None = None
    staff_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the next row of a conversation goes."""

    conversation_id: int
    page_id: str
    epoch: int
    seq: int


def plan(
    connection: Connection,
    conversation_id: int,
    now: datetime,
    messages: Sequence[Planned],
) -> list[int]:
    """Write down that we owe *messages*, in this order; return their ids.

    A message whose key was planned before is left out.
    """
    if any(item.key is not None for item in messages):
        # First, so that of two who plan one key at once the second sees the first's.
        # Without keys the places are what is changed first, and that locks as well.
        threads.lock(connection, [conversation_id])
    new = [item for item in messages if not _known(connection, item.key)]
    if not new:
        return []
    place = _next_places(connection, conversation_id, len(new), now)
    return plan_all(
        connection,
        [
            (replace(place, seq=place.seq + number), item, now)
            for number, item in enumerate(new)
        ],
    )


def plan_all(
    connection: Connection, owed: Sequence[tuple[Place, Planned, datetime]]
) -> list[int]:
    """Write down what we owe at places that were taken, in locked conversations.

    For messages whose key is not known yet. Whoever took the places stirs the
    conversations. Return the ids of what is owed, in its order.
    """
    if not owed:
        return []
    ids = threads.add_ours(connection, [_said(*one) for one in owed])
    rows = [
        {**_row(*one), "message_id": message_id}
        for one, message_id in zip(owed, ids, strict=True)
    ]
    return list(connection.scalars(_ADD_ALL, rows))


def is_answer(author: str, purpose: str) -> bool:
    """Whether a message of the bot ends with its turn to answer.

    A reminder does not: it comes of the event, whoever answers meanwhile.
    """
    return author != "agent" and purpose not in UNASKED


def cancel(connection: Connection, conversation_id: int, reason: str) -> None:
    """Cancel what the bot would have answered and has not begun to send."""
    connection.execute(
        update(OutgoingMessage)
        .where(OutgoingMessage.conversation_id == conversation_id)
        .where(OutgoingMessage.state == OutgoingState.PENDING)
        .where(OutgoingMessage.author != "agent")
        .where(OutgoingMessage.purpose.not_in(UNASKED))
        .values(**ended(OutgoingState.CANCELLED, reason))
    )


def ended(state: OutgoingState, reason: str | None) -> dict[str, Any]:
    """Return the values of a row that ends unsent, as far as we know.

    One that Messenger may have taken at an earlier attempt is left unconfirmed.
    """
    doubt, kind = OutgoingMessage.in_doubt, OutgoingMessage.state.type
    unconfirmed = literal(OutgoingState.UNCONFIRMED, kind)
    return {
        "state": case((doubt, unconfirmed), else_=literal(state, kind)),
        "reason": case((doubt, PERHAPS_TAKEN), else_=reason),
    }


def _known(connection: Connection, key: str | None) -> bool:
    return key is not None and connection.scalar(_KNOWN, {"key": key}) is not None


def _next_places(
    connection: Connection, conversation_id: int, count: int, now: datetime
) -> Place:
    """Take *count* places at the end of what a conversation is owed; return the first.

    Whoever looks at the conversation sees that there is news.
    """
    taken = {"conversation": conversation_id, "count": count, "moment": now}
    row = connection.execute(_NEXT, taken).one()
    return Place(
        conversation_id=conversation_id,
        page_id=row.page_id,
        epoch=row.epoch,
        seq=row.last_seq - count + 1,
    )


def _said(place: Place, item: Planned, now: datetime) -> dict[str, Any]:
    """Return how a message stands in the thread."""
    return {
        "conversation_id": place.conversation_id,
        "at": now,
        "page_id": place.page_id,
        "author": Author.AGENT if item.author == "agent" else Author.BOT,
        "staff_id": item.staff_id,
        "text": item.text,
        "parts": threads.shown(item.message),
    }


def _row(place: Place, item: Planned, now: datetime) -> dict[str, Any]:
    return {
        "conversation_id": place.conversation_id,
        "seq": place.seq,
        "author": item.author,
        "purpose": item.purpose,
        "send_class": item.send_class,
        "key": item.key,
        "epoch": place.epoch,
        "payload": item.message,
        "template": item.template,
        "state": OutgoingState.PENDING,
        "expires_at": item.expires_at,
        "created_at": now,
    }


_KNOWN = select(OutgoingMessage.id).where(OutgoingMessage.key == bindparam("key"))
_COUNT = bindparam("count", type_=Integer())
_PAGE = (
    select(with_table(Customer.page_id))
    .select_from(Customer)
    .where(with_table(Customer.id) == with_table(Conversation.customer_id))
    .scalar_subquery()
)
_NEXT = (
    update(Conversation)
    .where(Conversation.id == bindparam("conversation"))
    .values(
        last_seq=Conversation.last_seq + _COUNT,
        revision=Conversation.revision + _COUNT,
        last_message_at=threads.AT_LEAST_MOMENT,
    )
    .returning(Conversation.last_seq, Conversation.epoch, _PAGE.label("page_id"))
)
# The ids come back so that many are one statement: without, each is one of its own.
_ADD_ALL = insert(OutgoingMessage).returning(
    OutgoingMessage.id, sort_by_parameter_order=True
)
