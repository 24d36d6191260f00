"""Prompts in the queue of a customer: what the assistant begins by itself.

One is an event of our own. So it is handled under a claim and once, after what the
customer wrote before it, and never over a person who took over meanwhile.
"""

from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, exists, insert, select

from bot.store.models import (
    Conversation,
    Customer,
    EventState,
    IncomingEvent,
    Status,
)
from bot.store.types import AnyRow

#: Of the event; Messenger sends none of this kind.
KIND = "prompt"


def open_to(
    connection: Connection, conversation_id: int, heard_after: datetime
) -> AnyRow | None:
    """Return a conversation in which the assistant may begin, None of any other.

    The assistant answers there, the customer was heard after *heard_after*, has not
    said STOP and waits for nothing.
    """
    owes = exists().where(
        IncomingEvent.conversation_id == conversation_id,
        IncomingEvent.state == EventState.NEW,
    )
    query = (
        select(
            Customer.page_id,
            Conversation.handled_at,
            Conversation.epoch,
            Conversation.resolved_at,
        )
        .join(Conversation, Conversation.customer_id == Customer.id)
        .where(Conversation.id == conversation_id, Conversation.status == Status.BOT)
        .where(Conversation.last_heard_at > heard_after)
        .where(Customer.opted_out_at.is_(None), Customer.unreachable_at.is_(None))
        .where(~owes)
    )
    return connection.execute(query).first()


def put(
    connection: Connection,
    conversation_id: int,
    now: datetime,
    *,
    key: str,
    page_id: str,
    content: dict[str, Any],
) -> None:
    """Let a prompt be handled, once under its key."""
    connection.execute(
        insert(IncomingEvent).values(
            key=key,
            page_id=page_id,
            conversation_id=conversation_id,
            kind=KIND,
            raw=orjson.dumps(content),
            at=now,
            received_at=now,
            state=EventState.NEW,
        )
    )
