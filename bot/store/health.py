"""What is known of the connection to a Page: the last checks, what was turned away."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, exists, select

from bot.store import prompts
from bot.store.arrivals import insert
from bot.store.models import (
    Conversation,
    Customer,
    IncomingEvent,
    Message,
    OutgoingMessage,
    OutgoingState,
    Page,
    PageHealth,
)
from bot.store.types import AnyRow, Payload

SETTLED = (
    OutgoingState.SENT,
    OutgoingState.FAILED,
    OutgoingState.REFUSED,
    OutgoingState.UNCONFIRMED,
)


def keep(
    connection: Connection,
    page_id: str,
    at: datetime,
    results: Sequence[Payload],
    reds: int,
) -> None:
    """Note what the checks found."""
    _put(connection, page_id, checked_at=at, results=list(results), reds=reds)


def note_refusal(connection: Connection, page_id: str, at: datetime) -> None:
    """Note that a webhook about the Page was signed with a secret that is not ours."""
    _put(connection, page_id, refused_at=at)


def last(connection: Connection, page_id: str) -> AnyRow | None:
    """Return when the checks were made last, and what they found."""
    query = select(PageHealth.checked_at, PageHealth.results, PageHealth.reds)
    return connection.execute(query.where(PageHealth.page_id == page_id)).first()


def broken(connection: Connection, page_ids: Sequence[str]) -> Sequence[AnyRow]:
    """Return of which of these Pages a check was red last, and how many were."""
    return connection.execute(_BROKEN, {"pages": page_ids}).all()


def standings(connection: Connection, page_ids: Sequence[str]) -> dict[str, AnyRow]:
    """Return by Page what it is called, and what its checks found last, if made."""
    rows = connection.execute(_STANDINGS, {"pages": page_ids})
    return {row.page_id: row for row in rows}


_THESE = Page.page_id.in_(bindparam("pages", expanding=True))
_STANDINGS = (
    select(Page.page_id, Page.name, PageHealth.reds, PageHealth.checked_at)
    .outerjoin(PageHealth, PageHealth.page_id == Page.page_id)
    .where(_THESE)
)
# Built once: every page asks, and to build it costs more than to run it.
_BROKEN = (
    select(Page.page_id, Page.name, PageHealth.reds)
    .join(PageHealth, PageHealth.page_id == Page.page_id)
    .where(_THESE, PageHealth.reds > 0)
    .order_by(Page.name, Page.page_id)
)


def refused_at(connection: Connection, page_id: str) -> datetime | None:
    """Return when a webhook about the Page was last turned away for its signature."""
    query = select(PageHealth.refused_at).where(PageHealth.page_id == page_id)
    found: datetime | None = connection.scalar(query)
    return found


def last_heard(connection: Connection) -> datetime | None:
    """Return when Messenger last told us something."""
    newest = select(IncomingEvent.received_at).where(IncomingEvent.kind != prompts.KIND)
    return connection.scalar(newest.order_by(IncomingEvent.received_at.desc()).limit(1))


def last_of_customers(
    connection: Connection, page_id: str, since: datetime
) -> datetime | None:
    """Return when Messenger last told us something that a Page's customer did."""
    newest = select(IncomingEvent.received_at).where(IncomingEvent.kind != prompts.KIND)
    theirs = newest.where(
        IncomingEvent.conversation_id.is_not(None),
        IncomingEvent.page_id == page_id,
        # Of a Page that is silent all that there is would be gone through.
        IncomingEvent.received_at >= since,
    )
    return connection.scalar(theirs.order_by(IncomingEvent.received_at.desc()).limit(1))


def forget_probe(connection: Connection, key: str) -> bool:
    """Take an event that we sent ourselves out of the tables; return whether it was."""
    query = delete(IncomingEvent).where(IncomingEvent.key == key)
    return connection.execute(query).rowcount > 0


def parked(connection: Connection, page_id: str) -> str | None:
    """Return why nothing goes out for a Page, None if it does."""
    query = select(Page.parked_reason).where(Page.page_id == page_id)
    return connection.scalar(query.where(Page.parked_until.is_not(None)))


def sendings(connection: Connection, page_id: str, most: int) -> Sequence[AnyRow]:
    """Return the newest messages of which it is known how they ended, newest first."""
    return connection.execute(
        _newest_sendings(page_id).where(OutgoingMessage.state.in_(SETTLED)).limit(most)
    ).all()


def newest_of(connection: Connection, page_id: str, purpose: str) -> AnyRow | None:
    """Return the newest message of a purpose, however far it is."""
    return connection.execute(
        _newest_sendings(page_id).where(OutgoingMessage.purpose == purpose).limit(1)
    ).first()


def refused_tag(
    connection: Connection, page_id: str, code: str, since: datetime
) -> bool:
    """Return whether Messenger refused a Page's message with this code lately."""
    return bool(
        connection.scalar(
            select(
                exists()
                .where(OutgoingMessage.conversation_id == Conversation.id)
                .where(Conversation.customer_id == Customer.id)
                .where(Customer.page_id == page_id)
                .where(OutgoingMessage.state == OutgoingState.FAILED)
                .where(OutgoingMessage.created_at >= since)
                .where(OutgoingMessage.reason.startswith(code))
            )
        )
    )


def recent(
    connection: Connection, page_id: str, since: datetime, most: int
) -> Sequence[AnyRow]:
    """Return a Page's conversations in which a customer wrote since, newest first."""
    return connection.execute(
        select(
            Conversation.id,
            Customer.id.label("customer_id"),
            Customer.name,
            Conversation.last_heard_at,
        )
        .join(Customer, Customer.id == Conversation.customer_id)
        .where(Customer.page_id == page_id, Conversation.last_heard_at >= since)
        .order_by(Conversation.last_heard_at.desc(), Conversation.id.desc())
        .limit(most)
    ).all()


def _put(connection: Connection, page_id: str, **columns: Any) -> None:
    """Note something of a Page that we know; of any other, nothing."""
    if connection.scalar(select(Page.page_id).where(Page.page_id == page_id)) is None:
        return
    values = {"results": [], "reds": 0, **columns}
    connection.execute(
        insert(connection, PageHealth)
        .values(page_id=page_id, **values)
        .on_conflict_do_update(index_elements=["page_id"], set_=columns)
    )


def _newest_sendings(
    page_id: str,
) -> Select[int, OutgoingState, str | None, str, datetime, datetime]:
    return (
        select(
            OutgoingMessage.id,
            OutgoingMessage.state,
            OutgoingMessage.reason,
            OutgoingMessage.purpose,
            OutgoingMessage.created_at,
            Message.at,  # of what Messenger took: when it did
        )
        .join(Message, Message.id == OutgoingMessage.message_id)
        .join(Conversation, Conversation.id == OutgoingMessage.conversation_id)
        .join(Customer, Customer.id == Conversation.customer_id)
        .where(Customer.page_id == page_id)
        .order_by(OutgoingMessage.id.desc())
    )
