"""One worker at a time for each conversation, and its events in order.

For many conversations at once: what is asked of each is asked in one statement.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    update,
)

from bot.store import attendance, logbook, threads
from bot.store.attendance import Attendance
from bot.store.models import (
    Conversation,
    Customer,
    EventState,
    IncomingEvent,
    MessageWording,
    Status,
    TrackerEvent,
)
from bot.store.types import AnyRow, DatabaseSeconds, word

LEASE = 60.0  # seconds, by the database's clock


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
    #: What the event is known by, and whether it has come in other words since, as
    #: far as its key tells the message.
    key: str = ""
    is_reworded: bool = False
    #: The newest version of what admins have set, None if nobody has saved any.
    version: int | None = None
    set_now: Mapping[str, Any] | None = None
    #: The newest events of the log, oldest first.
    log: Sequence[dict[str, Any]] = ()

    def attendance(self, answer_within: timedelta) -> Attendance:
        """Return what admins have set; *answer_within* until somebody saves."""
        return attendance.saved(self.version, self.set_now, answer_within)

    def may_be_reworded(self, page_id: str, mid: str) -> bool:
        """Return whether a message was edited or taken back, or nobody knows.

        An event that is looked at again has a key of its own, and so has one whose
        mid is too long for a key.
        """
        return self.is_reworded or self.key != f"{page_id}{MESSAGE}{mid}"


def claim(connection: Connection, conversation_ids: Collection[int]) -> list[Claim]:
    """Take those of the conversations for LEASE seconds that no other worker has."""
    if len(conversation_ids) > 1:
        threads.lock(connection, conversation_ids)
    rows = connection.execute(_CLAIM, {"conversations": [*conversation_ids]})
    return [Claim(conversation_id=row.id, number=row.claim) for row in rows]


def next_owed(connection: Connection, held: Collection[Claim]) -> dict[Claim, Owed]:
    """Return the oldest event to handle under each claim that still holds.

    The try is counted before anything is done, so that an event which ends the
    process itself is set aside in the end. Where nothing is owed any more, the
    claim is given up.
    """
    rows = connection.execute(_OWED, _bound(held)).all() if held else []
    found = {
        Claim(conversation_id=row.conversation_id, number=row.claim): row
        for row in rows
    }
    for one in held:
        if one not in found:
            release(connection, one)
    if not found:
        return {}
    connection.execute(_COUNT_TRY, {"events": [row.event_id for row in rows]})
    begun = [row.conversation_id for row in rows if row.has_log]
    logs = logbook.history(connection, begun) if begun else {}
    return {claim: _owed(row, logs) for claim, row in found.items()}


def _owed(row: AnyRow, logs: Mapping[int, list[dict[str, Any]]]) -> Owed:
    told = {name: row._mapping[name] for name in row._fields if name not in _OURS}
    return Owed(**told, log=logs.get(row.conversation_id, ()))


def release(connection: Connection, held: Claim) -> None:
    """Let go of the conversation, if it is still ours."""
    whose = {"conversation": held.conversation_id, "number": held.number}
    connection.execute(_RELEASE, whose)


def lock(connection: Connection, conversation_ids: Iterable[int]) -> dict[int, AnyRow]:
    """Let nobody else change these conversations; return how they stand."""
    rows = connection.execute(_STANDING, {"conversations": [*conversation_ids]})
    return {row.id: row for row in rows}


def holds(row: AnyRow | None, held: Claim, *, epoch: int | None = None) -> bool:
    """Return whether nobody else holds a conversation by now.

    With *epoch*: and whether who answers has not changed since either. *row*: how it
    stands, since it was locked.
    """
    if row is None or row.claim != held.number:
        return False
    return epoch is None or row.epoch == epoch


# Statements are built once: to build one costs ten times what it costs to run it.
_THESE = Conversation.id.in_(bindparam("conversations", expanding=True))
_FREE = or_(
    Conversation.lease_until.is_(None),
    Conversation.lease_until <= DatabaseSeconds(),
)
# A word, not a parameter: the index of what is owed is found by it.
_IS_NEW = IncomingEvent.state == word(EventState.NEW)
_OWES = exists().where(IncomingEvent.conversation_id == Conversation.id, _IS_NEW)
_CLAIM = (
    update(Conversation)
    .where(_THESE, _FREE, _OWES)
    .values(claim=Conversation.claim + 1, lease_until=DatabaseSeconds() + LEASE)
    .returning(Conversation.id, Conversation.claim)
)
_EVENT = IncomingEvent.__table__.alias("oldest")
_OLDEST = (
    select(_EVENT.c.id)
    .where(_EVENT.c.conversation_id == Conversation.id)
    .where(_EVENT.c.state == word(EventState.NEW))
    .order_by(_EVENT.c.at, _EVENT.c.id)
    .limit(literal_column("1"))
    .correlate(Conversation)
    .scalar_subquery()
)
_SET_NOW = attendance.NEWEST.subquery("set_now")
_HAS_LOG = exists().where(TrackerEvent.conversation_id == Conversation.id)
#: Between Page and mid in the key of a message: see `webhooks/item.py`.
MESSAGE = "|message|"
_MID = func.substr(
    IncomingEvent.key,
    func.length(IncomingEvent.page_id) + literal_column(str(len(MESSAGE) + 1)),
)
_IS_REWORDED = exists().where(
    MessageWording.page_id == IncomingEvent.page_id, MessageWording.mid == _MID
)
#: What is asked beside an event and is not of it.
_OURS = frozenset(["claim", "has_log"])
_OWED = (
    select(
        IncomingEvent.id.label("event_id"),
        IncomingEvent.key,
        IncomingEvent.kind,
        IncomingEvent.raw,
        IncomingEvent.at,
        IncomingEvent.received_at,
        (IncomingEvent.tries + 1).label("tries"),
        Conversation.id.label("conversation_id"),
        Conversation.claim,
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
        _SET_NOW.c.id.label("version"),
        _SET_NOW.c.content.label("set_now"),
        _HAS_LOG.label("has_log"),
        _IS_REWORDED.label("is_reworded"),
    )
    .join(Customer, Customer.id == Conversation.customer_id)
    .join(IncomingEvent, IncomingEvent.id == _OLDEST)
    .outerjoin(_SET_NOW, true())
    .where(
        tuple_(Conversation.id, Conversation.claim).in_(
            bindparam("held", expanding=True)
        )
    )
)
_COUNT_TRY = (
    update(IncomingEvent)
    .where(IncomingEvent.id.in_(bindparam("events", expanding=True)))
    .values(tries=IncomingEvent.tries + 1)
)
_HELD = (
    Conversation.id == bindparam("conversation"),
    Conversation.claim == bindparam("number"),
)
_RELEASE = update(Conversation).where(*_HELD).values(lease_until=None)
_STANDING = (
    select(
        Conversation.id,
        Conversation.claim,
        Conversation.epoch,
        Conversation.status,
        Conversation.last_seq,
        Customer.page_id,
        Customer.language.label("customer_language"),
        Customer.unreachable_at,
    )
    .join(Customer, Customer.id == Conversation.customer_id)
    .where(_THESE)
    .order_by(Conversation.id)
    .with_for_update(of=Conversation, key_share=True)
)


def _bound(held: Collection[Claim]) -> dict[str, Any]:
    return {"held": [(one.conversation_id, one.number) for one in held]}
