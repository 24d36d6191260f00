"""Write down what arrived: once, under the conversation it belongs to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.models import (
    Conversation,
    Customer,
    EventState,
    IncomingEvent,
    Status,
    Turn,
)
from bot.store.types import UtcDateTime

CHANNEL = "messenger"


@dataclass(frozen=True)
class Met:
    """Conversations with customers, by Page and PSID; which were begun just now."""

    conversations: dict[tuple[str, str], int] = field(default_factory=dict)
    begun: frozenset[int] = frozenset()


def insert(connection: Connection, table: Any) -> "sqlite.Insert | postgresql.Insert":
    """Return an INSERT that can be told what to do about rows already there."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def conversation_of(
    connection: Connection, page_id: str, psid: str, at: datetime
) -> int:
    """Return the conversation with this customer, begun now if there was none."""
    whose = (page_id, psid)
    return conversations_of(connection, {whose: at}).conversations[whose]


def conversations_of(
    connection: Connection, met: Mapping[tuple[str, str], datetime]
) -> Met:
    """Return the conversations with these customers.

    Those that there were none with are begun, at the moment that is given.
    """
    found = _find(connection, met)
    # In one order, so that two who meet the same customers do not wait for each other.
    new = sorted(whose for whose in met if whose not in found)
    begun = _begin(connection, {whose: met[whose] for whose in new}) if new else {}
    found |= begun
    left = [whose for whose in new if whose not in found]
    # Another process has begun these in this moment.
    found |= _find(connection, left) if left else {}
    if len(found) < len(met):
        raise RuntimeError("a conversation that was just begun is not there")
    return Met(found, frozenset(begun.values()))


def _begin(
    connection: Connection, met: Mapping[tuple[str, str], datetime]
) -> dict[tuple[str, str], int]:
    """Begin conversations; return those that were not begun already."""
    dialect = connection.dialect.name
    people = [
        {"page_id": page_id, "channel": CHANNEL, "psid": psid, "created_at": at}
        for (page_id, psid), at in met.items()
    ]
    rows = connection.execute(_MEET[dialect], people)
    ids = {(row.page_id, row.psid): row.id for row in rows}
    known = [whose for whose in met if whose not in ids]
    if known:
        rows = connection.execute(_CUSTOMERS, {"whose": known})
        ids |= {(row.page_id, row.psid): row.id for row in rows}
    blank = {"status": Status.BOT, "state": {}}
    begun = [
        {"customer_id": ids[whose], "status_at": at, **blank}
        for whose, at in met.items()
    ]
    rows = connection.execute(_BEGIN[dialect], begun)
    whose_by_id = {customer_id: whose for whose, customer_id in ids.items()}
    return {whose_by_id[row.customer_id]: row.id for row in rows}


def _find(
    connection: Connection, whose: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    rows = connection.execute(_FIND, {"whose": [*whose]})
    return {(row.page_id, row.psid): row.id for row in rows}


_WHOSE = and_(
    tuple_(Customer.page_id, Customer.psid).in_(bindparam("whose", expanding=True)),
    Customer.channel == CHANNEL,
)
_CUSTOMERS = select(Customer.id, Customer.page_id, Customer.psid).where(_WHOSE)
_FIND = (
    select(Conversation.id, Customer.page_id, Customer.psid)
    .join(Customer, Customer.id == Conversation.customer_id)
    .where(_WHOSE)
)


def store(connection: Connection, row: dict[str, Any]) -> bool:
    """Store one event; return False when it was there already."""
    # Not by rowcount: on PostgreSQL an INSERT of SQLAlchemy's has none.
    query = _STORE[connection.dialect.name].returning(IncomingEvent.id)
    return connection.scalar(query, row) is not None


def store_new(connection: Connection, rows: Sequence[dict[str, Any]]) -> set[str]:
    """Store events; return the keys of those that were not there yet."""
    if not rows:
        return set()
    # In one order, so that two who store the same do not wait for each other.
    ordered = sorted(rows, key=itemgetter("key"))
    return set(connection.scalars(_STORE_NEW[connection.dialect.name], ordered))


def store_all(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Store those events that are not there yet."""
    if rows and connection.dialect.name == "sqlite":
        _store_in_one(connection, rows)
    elif rows:
        ordered = sorted(rows, key=itemgetter("key"))
        connection.execute(_STORE["postgresql"], ordered)


def _store_in_one(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Store many rows with few statements.

    The driver lets go of the interpreter at every row of an `executemany`, and
    sixty request threads wait to take it.
    """
    at = 0
    while at < len(rows):
        count = min(len(rows) - at, MOST_AT_ONCE)
        values: list[Any] = []
        for row in rows[at : at + count]:
            values += _bound(row)
        connection.exec_driver_sql(_MANY[count], tuple(values))
        at += count


def _bound(row: dict[str, Any]) -> tuple[Any, ...]:
    """Return the values of a row as SQLAlchemy would bind them, ten times faster.

    A test holds them against `_STORE`.
    """
    return (
        row["key"],
        row["page_id"],
        row["conversation_id"],
        row["kind"],
        row["raw"],
        _bound_time(row["at"]),
        _bound_time(row["received_at"]),
        row["state"].value,
        row["tries"],
    )


def _bound_time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(" ", "microseconds")[:26]


# Built once: to build a statement costs more than to run it.
_INSERTS: dict[str, Callable[[Any], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}
_STORE = {
    dialect: into(IncomingEvent).on_conflict_do_nothing()
    for dialect, into in _INSERTS.items()
}
_STORE_NEW = {
    dialect: query.returning(IncomingEvent.key) for dialect, query in _STORE.items()
}
_MEET = {
    dialect: into(Customer)
    .on_conflict_do_nothing()
    .returning(Customer.id, Customer.page_id, Customer.psid)
    for dialect, into in _INSERTS.items()
}
_BEGIN = {
    dialect: into(Conversation)
    .on_conflict_do_nothing()
    .returning(Conversation.id, Conversation.customer_id)
    for dialect, into in _INSERTS.items()
}
_COLUMNS = "key, page_id, conversation_id, kind, raw, at, received_at, state, tries"
_ROW = f"({', '.join('?' for _ in _COLUMNS.split(', '))})"
MOST_AT_ONCE = 64  # the driver keeps 128 prepared statements, one for each size
_MANY = {
    size: f"INSERT INTO incoming_event ({_COLUMNS})"  # noqa: S608 - our own names
    f" VALUES {', '.join([_ROW] * size)} ON CONFLICT DO NOTHING"
    for size in range(1, MOST_AT_ONCE + 1)
}


def look_again(connection: Connection, conversation_id: int) -> bool:
    """Let what a customer said last take another turn, if it was left to a person.

    As an event of its own: what arrived stays handled once. It keeps the moments of
    the message, from which the window counts, and the days that its body is kept.
    Return False if there is no such message, or nothing of it any more.
    """
    left = connection.execute(_LEFT, {"conversation": conversation_id}).first()
    if left is None or AGAIN in left.key:
        return False
    key = left.key.replace(f"|{left.kind}|", f"|{AGAIN}{left.kind}|", 1)
    fresh = {"key": key, "state": EventState.NEW, "tries": 0}
    return store(connection, {**left._mapping, **fresh})


#: Before the kind in the key of an event that is looked at again.
AGAIN = "again-"
_LEFT = (
    select(
        IncomingEvent.key,
        IncomingEvent.page_id,
        IncomingEvent.conversation_id,
        IncomingEvent.kind,
        IncomingEvent.raw,
        IncomingEvent.at,
        IncomingEvent.received_at,
    )
    .join(Conversation, Conversation.handled_id == IncomingEvent.id)
    .join(Turn, Turn.event_id == IncomingEvent.id)
    .where(Conversation.id == bindparam("conversation"))
    .where(IncomingEvent.kind == "message", IncomingEvent.raw != b"")
    .where(Turn.outcome == "left_to_person")
)


def heard(connection: Connection, conversation_id: int, at: datetime) -> None:
    """Note the customer's latest action that lets us answer."""
    connection.execute(_HEARD, {"conversation": conversation_id, "moment": at})


def window_closed(
    connection: Connection, conversation_id: int, latest: datetime
) -> None:
    """Note that a customer's latest action was no later than *latest*."""
    connection.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id, Conversation.last_heard_at > latest)
        .values(last_heard_at=latest)
    )


def reachable(connection: Connection, customer_id: int) -> None:
    """Note that a customer can be reached again: they wrote."""
    connection.execute(_REACHABLE, {"customer": customer_id})


def speaks(connection: Connection, customer_id: int, language: str) -> None:
    """Note the language of a customer of whom nobody has told it yet."""
    told = {"customer": customer_id, "told": language}
    connection.execute(_SPEAKS, told)


_SPEAKS = (
    update(Customer)
    .where(Customer.id == bindparam("customer"), Customer.language.is_(None))
    .values(language=bindparam("told"))
)
_REACHABLE = (
    update(Customer)
    .where(Customer.id == bindparam("customer"), Customer.unreachable_at.is_not(None))
    .values(unreachable_at=None)
)
_MOMENT = bindparam("moment", type_=UtcDateTime())
_HEARD = (
    update(Conversation)
    .where(Conversation.id == bindparam("conversation"))
    .where(
        Conversation.last_heard_at.is_(None) | (Conversation.last_heard_at < _MOMENT)
    )
    .values(last_heard_at=_MOMENT)
)
