"""One worker at a time for each conversation, and its events in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Update,
    and_,
    bindparam,
    exists,
    insert,
    or_,
    select,
    update,
)

from bot.store.models import (
    Conversation,
    Customer,
    EventState,
    IncomingEvent,
    Status,
    TrackerEvent,
    Turn,
)
from bot.store.types import DatabaseSeconds

LEASE = 60.0  # seconds, by the database's clock
HISTORY = 50


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A worker's hold on a conversation; its number is never used again."""

    conversation_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class Owed:
    """The oldest event nobody has handled, and its conversation as it stands."""

    event_id: int
    kind: str
    raw: bytes
    at: datetime
    received_at: datetime
    tries: int
    conversation_id: int
    epoch: int
    status: Status
    status_at: datetime
    state: dict[str, Any]
    language: str
    handled_at: datetime | None
    disclosed_at: datetime | None
    customer_id: int
    page_id: str
    psid: str
    profile_at: datetime | None = None
    customer_language: str | None = None
    customer_country: str | None = None


def claim(connection: Connection, conversation_id: int) -> Claim | None:
    """Take the conversation for LEASE seconds, unless another worker has it."""
    number = connection.scalar(_CLAIM, {"conversation": conversation_id})
    if number is None:
        return None
    return Claim(conversation_id=conversation_id, number=number)


def next_owed(connection: Connection, held: Claim) -> Owed | None:
    """Return the oldest event to handle, if the claim still holds.

    The try is counted before anything is done, so that an event which ends the
    process itself is set aside in the end. When nothing is owed any more, the
    claim is given up.
    """
    whose = {"conversation": held.conversation_id}
    event = connection.execute(_OLDEST, whose).first()
    conversation = None
    if event is not None:  # after most turns there is none
        conversation = connection.execute(_CONVERSATION, _bound(held)).first()
    if conversation is None or event is None:
        release(connection, held)
        return None
    connection.execute(_COUNT_TRY, {"event": event.event_id})
    return Owed(**event._mapping, **conversation._mapping)


def release(connection: Connection, held: Claim) -> None:
    """Let go of the conversation, if it is still ours."""
    connection.execute(_RELEASE, _bound(held))


def settle(
    connection: Connection,
    held: Claim,
    event_id: int,
    *,
    state: EventState,
    changes: Mapping[str, Any],
    epoch: int | None = None,
    reason: str | None = None,
) -> bool:
    """Mark the event with *state* and make *changes* to its conversation.

    Return False and change nothing when another worker holds the conversation
    by now, or, with *epoch*, when who answers has changed since.
    """
    values = {f"new_{name}": value for name, value in changes.items()}
    if epoch is not None:
        values["epoch_then"] = epoch
    change = _change(tuple(sorted(changes)), under_epoch=epoch is not None)
    if connection.execute(change, {**_bound(held), **values}).rowcount != 1:
        return False
    marks = {"event": event_id, "new_state": state, "new_reason": reason}
    connection.execute(_MARK, marks)
    return True


# Statements are built once: to build one costs ten times what it costs to run it,
# and a turn runs thirty.
_FREE = or_(
    Conversation.lease_until.is_(None),
    Conversation.lease_until <= DatabaseSeconds(),
)
_OWES = exists().where(
    IncomingEvent.conversation_id == Conversation.id,
    IncomingEvent.state == EventState.NEW,
)
_CLAIM = (
    update(Conversation)
    .where(Conversation.id == bindparam("conversation"), _FREE, _OWES)
    .values(claim=Conversation.claim + 1, lease_until=DatabaseSeconds() + LEASE)
    .returning(Conversation.claim)
)
_HELD = and_(
    Conversation.id == bindparam("conversation"),
    Conversation.claim == bindparam("number"),
)
_CONVERSATION = (
    select(
        Conversation.id.label("conversation_id"),
        Conversation.epoch,
        Conversation.status,
        Conversation.status_at,
        Conversation.state,
        Conversation.language,
        Conversation.handled_at,
        Conversation.disclosed_at,
        Customer.id.label("customer_id"),
        Customer.page_id,
        Customer.psid,
        Customer.profile_at,
        Customer.language.label("customer_language"),
        Customer.country.label("customer_country"),
    )
    .join(Customer, Customer.id == Conversation.customer_id)
    .where(_HELD)
)
_OLDEST = (
    select(
        IncomingEvent.id.label("event_id"),
        IncomingEvent.kind,
        IncomingEvent.raw,
        IncomingEvent.at,
        IncomingEvent.received_at,
        (IncomingEvent.tries + 1).label("tries"),
    )
    .where(IncomingEvent.conversation_id == bindparam("conversation"))
    .where(IncomingEvent.state == EventState.NEW)
    .order_by(IncomingEvent.at, IncomingEvent.id)
    .limit(1)
)
_COUNT_TRY = (
    update(IncomingEvent)
    .where(IncomingEvent.id == bindparam("event"))
    .values(tries=IncomingEvent.tries + 1)
)
_RELEASE = update(Conversation).where(_HELD).values(lease_until=None)
_MARK = (
    update(IncomingEvent)
    .where(IncomingEvent.id == bindparam("event"))
    .values(state=bindparam("new_state"), reason=bindparam("new_reason"))
)


@cache
def _change(names: tuple[str, ...], *, under_epoch: bool) -> Update:
    """Return the statement that changes these columns of a conversation we hold."""
    query = update(Conversation).where(_HELD)
    if under_epoch:
        query = query.where(Conversation.epoch == bindparam("epoch_then"))
    changes: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    return query.values(lease_until=DatabaseSeconds() + LEASE, **changes)


def _bound(held: Claim) -> dict[str, int]:
    return {"conversation": held.conversation_id, "number": held.number}


def history(connection: Connection, conversation_id: int) -> list[dict[str, Any]]:
    """Return the newest events of the log, oldest first."""
    rows = connection.scalars(_HISTORY, {"conversation": conversation_id})
    return list(rows)[::-1]


def add_turn(connection: Connection, events: list[dict[str, Any]], **row: Any) -> int:
    """Write down what was made of an event, and its part of the log; return its id."""
    turn_id: int = connection.scalars(_ADD_TURN, row).one()
    rows = [
        {
            "conversation_id": row["conversation_id"],
            "turn_id": turn_id,
            "event": event,
        }
        for event in events
    ]
    if rows:
        connection.execute(_ADD_EVENTS, rows)
    return turn_id


_HISTORY = (
    select(TrackerEvent.event)
    .where(TrackerEvent.conversation_id == bindparam("conversation"))
    .order_by(TrackerEvent.id.desc())
    .limit(HISTORY)
)
_ADD_TURN = insert(Turn).returning(Turn.id)
_ADD_EVENTS = insert(TrackerEvent)
