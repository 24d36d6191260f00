"""What is owed and nobody is at: what the sweep looks for."""

from collections.abc import Sequence

from sqlalchemy import Connection, or_, select, update

from bot.store.models import (
    Conversation,
    Customer,
    EventState,
    IncomingEvent,
    OutgoingMessage,
    OutgoingState,
    Page,
)
from bot.store.sending import ECHO_WAIT
from bot.store.types import DatabaseSeconds

AT_ONCE = 500  # conversations in one look


def turns(connection: Connection) -> Sequence[int]:
    """Return conversations with an event to handle that no worker holds."""
    free = or_(
        Conversation.lease_until.is_(None),
        Conversation.lease_until <= DatabaseSeconds(),
    )
    query = (
        select(IncomingEvent.conversation_id)
        .join(Conversation, Conversation.id == IncomingEvent.conversation_id)
        .where(IncomingEvent.state == EventState.NEW, free)
        .group_by(IncomingEvent.conversation_id)
        .order_by(IncomingEvent.conversation_id)
        .limit(AT_ONCE)
    )
    return [found for found in connection.scalars(query) if found is not None]


def sends(connection: Connection) -> Sequence[int]:
    """Return conversations with a message that may go out, or whose fate is due."""
    ready = (OutgoingMessage.state == OutgoingState.PENDING) & or_(
        OutgoingMessage.not_before.is_(None),
        OutgoingMessage.not_before <= DatabaseSeconds(),
    )
    lost = (OutgoingMessage.state == OutgoingState.SENDING) & (
        OutgoingMessage.lease_until <= DatabaseSeconds()
    )
    unparked = or_(Page.parked_until.is_(None), Page.parked_until <= DatabaseSeconds())
    page_open = unparked & Page.left_at.is_(None)
    query = (
        select(OutgoingMessage.conversation_id)
        .join(Conversation, Conversation.id == OutgoingMessage.conversation_id)
        .join(Customer, Customer.id == Conversation.customer_id)
        .join(Page, Page.page_id == Customer.page_id)
        .where(or_(ready & page_open, lost))
        .group_by(OutgoingMessage.conversation_id)
        .order_by(OutgoingMessage.conversation_id)
        .limit(AT_ONCE)
    )
    return connection.scalars(query).all()


def recover(connection: Connection) -> None:
    """Free what a process that died still holds; only when no other can be alive.

    What it was sending gets as long as an echo may take, and no longer.
    """
    connection.execute(
        update(Conversation)
        .where(Conversation.lease_until.is_not(None))
        .values(lease_until=None)
    )
    connection.execute(
        update(OutgoingMessage)
        .where(OutgoingMessage.state == OutgoingState.SENDING)
        .values(lease_until=DatabaseSeconds() + ECHO_WAIT)
    )
