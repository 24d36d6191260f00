"""Rows on their way to Messenger: claimed before the call, settled after it.

A sender claims the oldest unsettled row of a conversation before it speaks to
Messenger, so that two never send for the same conversation and a crash leaves a
trace. Messenger has no way to make a send idempotent; what becomes of a send whose
answer we never saw is decided by the class of the row.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import (
    Connection,
    bindparam,
    func,
    literal_column,
    select,
    update,
)

from bot.store import outbox, parking, settling
from bot.store.models import (
    UNSETTLED,
    Conversation,
    Customer,
    EventState,
    IncomingEvent,
    OutgoingMessage,
    OutgoingState,
    Page,
)
from bot.store.types import AnyRow, DatabaseSeconds, Payload, word
from bot.tongue import english

LEASE = 60.0  # seconds; longer than a call to Messenger can take
ECHO_WAIT = 20.0  # seconds in which an echo may still tell what became of a send
MAX_REPEATS = 3
OVERTAKEN = english("somebody took over before it went out")

#: Settled meanwhile, by an echo or another sender; or somebody took over meanwhile.
Standing: TypeAlias = Literal["due", "settled", "overtaken"]


@dataclass(frozen=True, kw_only=True)
class Sending:
    """A row that this process has claimed, with all that a sender needs."""

    id: int
    attempt: int
    conversation_id: int
    epoch: int
    author: str
    purpose: str
    payload: Payload
    template: Payload | None
    page_id: str
    token: bytes
    abilities: dict[str, Any]
    psid: str
    last_heard_at: datetime | None
    opted_out_at: datetime | None
    #: The customer's, if anybody knows it.
    zone: str | None
    #: Whether it was let through to see if a Page that was shut is open again.
    probes: bool


def claim(
    connection: Connection, conversation_ids: Collection[int], now: datetime
) -> dict[int, Sending]:
    """Claim the oldest message we owe in each conversation, if it may go out now.

    What may not go out any more is settled on the way: a row of the bot after
    somebody took over, one that has expired, one whose sender died. The conversations
    are locked.
    """
    ready: list[AnyRow] = []
    left = set(conversation_ids)
    while left:
        rows = _oldest(connection, left)
        left = {row.conversation_id for row in rows if _ends(connection, row, now)}
        ready += [
            row
            for row in rows
            if row.conversation_id not in left and _may_begin(connection, row)
        ]
    return _begin(connection, ready, now) if ready else {}


def _steps_aside(row: AnyRow) -> bool:
    """Whether a message waits for its time without holding up what is behind it.

    A reminder waits for its template, news for the end of the quiet hours: whoever
    writes meanwhile is answered. Reminders keep their order, and so does news.
    """
    waits = row.state is OutgoingState.PENDING and not _is_time(row)
    return waits and row.purpose in outbox.UNASKED


def _ends(connection: Connection, row: AnyRow, now: datetime) -> bool:
    """Settle a message that may not go out any more; return whether it was one."""
    if row.state is OutgoingState.SENDING:
        if row.lease_until > row.database_now:
            return False
        _settle_lost(connection, row, now)
        return True
    end = _ended(row, now)
    if end is not None:
        settling.settle(connection, row.id, *end)
    return end is not None


def standing(connection: Connection, owed: Sending) -> Standing:
    """Return how it stands with a message after the claim, before the call."""
    row = connection.execute(_STANDING, {"outgoing": owed.id}).one()
    if (row.state, row.attempt) != (OutgoingState.SENDING, owed.attempt):
        return "settled"
    is_answer = outbox.is_answer(owed.author, owed.purpose)
    return "overtaken" if is_answer and row.epoch != owed.epoch else "due"


_STANDING = (
    select(OutgoingMessage.state, OutgoingMessage.attempt, Conversation.epoch)
    .join(Conversation, Conversation.id == OutgoingMessage.conversation_id)
    .where(OutgoingMessage.id == bindparam("outgoing"))
)


def _oldest(
    connection: Connection,
    conversation_ids: Collection[int],
    without: Sequence[str] = (),
) -> list[AnyRow]:
    """Return the oldest unsettled message of each, of no purpose that is left out."""
    about = {"conversations": [*conversation_ids], "without": without}
    rows = connection.execute(_OLDEST_OTHER if without else _OLDEST, about).all()
    found = [row for row in rows if not _steps_aside(row)]
    aside = [row for row in rows if _steps_aside(row)]
    for purpose in {row.purpose for row in aside}:
        whose = {row.conversation_id for row in aside if row.purpose == purpose}
        found += _oldest(connection, whose, (*without, purpose))
    return found


# What the customer said and no turn has come to opens the window as well.
_UNHANDLED = (
    select(func.max(IncomingEvent.at))
    .where(IncomingEvent.conversation_id == Conversation.id)
    .where(IncomingEvent.state == EventState.NEW)
    .scalar_subquery()
)
# Built once: to build a statement costs ten times what it costs to run it.
_ROW = OutgoingMessage.__table__.alias("oldest")
_UNSETTLED = (
    select(_ROW.c.id)
    .where(_ROW.c.conversation_id == Conversation.id)
    # Words, not parameters: the index of what is owed is found by them.
    .where(_ROW.c.state.in_([word(one) for one in UNSETTLED]))
    .order_by(_ROW.c.seq)
    .limit(literal_column("1"))
    .correlate(Conversation)
)
_ANY = (
    select(
        *OutgoingMessage.__table__.columns,
        Conversation.epoch.label("epoch_now"),
        Conversation.last_heard_at,
        _UNHANDLED.label("unhandled_at"),
        Customer.psid,
        Customer.opted_out_at,
        Customer.zone,
        Page.page_id,
        Page.token,
        Page.abilities,
        Page.parked_reason,
        Page.parked_until,
        Page.left_at,
        DatabaseSeconds().label("database_now"),
    )
    .join(Conversation, Conversation.id == OutgoingMessage.conversation_id)
    .join(Customer, Customer.id == Conversation.customer_id)
    .join(Page, Page.page_id == Customer.page_id)
    .where(Conversation.id.in_(bindparam("conversations", expanding=True)))
    .order_by(OutgoingMessage.conversation_id)
    .with_for_update(of=(OutgoingMessage, Conversation), key_share=True)
)
_OLDEST = _ANY.where(OutgoingMessage.id == _UNSETTLED.scalar_subquery())
_OLDEST_OTHER = _ANY.where(
    OutgoingMessage.id
    == _UNSETTLED.where(
        _ROW.c.purpose.not_in(bindparam("without", expanding=True))
    ).scalar_subquery()
)


def _last_heard(row: AnyRow, now: datetime) -> datetime | None:
    """Return when the customer last did something that lets us answer."""
    heard: datetime | None = row.last_heard_at
    if row.unhandled_at is None:
        return heard
    unhandled: datetime = min(row.unhandled_at, now)  # a phone may be ahead of us
    return unhandled if heard is None else max(heard, unhandled)


def _ended(row: AnyRow, now: datetime) -> tuple[OutgoingState, str] | None:
    if outbox.is_answer(row.author, row.purpose) and row.epoch != row.epoch_now:
        return OutgoingState.CANCELLED, OVERTAKEN
    if row.expires_at is not None and row.expires_at <= now:
        return OutgoingState.EXPIRED, english(
            "its time had passed before it could go out"
        )
    return None


def _settle_lost(connection: Connection, row: AnyRow, now: datetime) -> None:
    """Settle a row whose sender never told us how it ended, and no echo did.

    One that may not go out any more is not called cancelled or expired: the
    customer may have it.
    """
    repeats = row.send_class == "repeatable" and row.attempt < MAX_REPEATS
    if repeats and _ended(row, now) is None:
        connection.execute(_DOUBT, {"outgoing": row.id})
        reason = english("sent again: fate unknown")
        settling.settle(connection, row.id, OutgoingState.PENDING, reason)
    else:
        settling.settle(
            connection, row.id, OutgoingState.UNCONFIRMED, outbox.PERHAPS_TAKEN
        )


_DOUBT = (
    update(OutgoingMessage)
    .where(OutgoingMessage.id == bindparam("outgoing"))
    .values(in_doubt=True)
)


def _may_begin(connection: Connection, row: AnyRow) -> bool:
    if row.state is OutgoingState.SENDING:
        return False
    return _is_time(row) and parking.is_open(connection, row)


def _is_time(row: AnyRow) -> bool:
    return bool((row.not_before or 0) <= row.database_now)


def _begin(
    connection: Connection, rows: Sequence[AnyRow], now: datetime
) -> dict[int, Sending]:
    """Claim messages; return them by their conversations."""
    begun = connection.execute(_BEGIN, {"these": [row.id for row in rows]})
    attempts = {row.id: row.attempt for row in begun}
    return {row.conversation_id: _sending(row, attempts[row.id], now) for row in rows}


def _sending(row: AnyRow, attempt: int, now: datetime) -> Sending:
    return Sending(
        id=row.id,
        attempt=attempt,
        conversation_id=row.conversation_id,
        epoch=row.epoch,
        author=row.author,
        purpose=row.purpose,
        payload=row.payload,
        template=row.template,
        page_id=row.page_id,
        token=row.token,
        abilities=row.abilities,
        psid=row.psid,
        last_heard_at=_last_heard(row, now),
        opted_out_at=row.opted_out_at,
        zone=row.zone,
        probes=row.parked_until is not None,
    )


_BEGIN = (
    update(OutgoingMessage)
    .where(OutgoingMessage.id.in_(bindparam("these", expanding=True)))
    .values(
        state=OutgoingState.SENDING,
        attempt=OutgoingMessage.attempt + 1,
        lease_until=DatabaseSeconds() + LEASE,
    )
    .returning(OutgoingMessage.id, OutgoingMessage.attempt)
)
