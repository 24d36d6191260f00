"""The thread of a conversation: what was said, in either direction."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    bindparam,
    case,
    exists,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.models import (
    UNSENT,
    Author,
    Conversation,
    Customer,
    Message,
    OutgoingMessage,
    Status,
)
from bot.store.types import AnyRow, Payload, UtcDateTime, word

REMEMBERED = 200  # messages in which a tapped payload is looked for


def lock(connection: Connection, conversation_ids: Iterable[int]) -> None:
    """Let nobody else change these conversations, or what belongs to them.

    Whoever changes more than one row of a conversation calls this first: two that
    take the same rows in another order wait for each other until PostgreSQL ends
    one, a second later. On SQLite there is one writer.
    """
    if connection.dialect.name != "sqlite":
        connection.execute(_LOCK, {"conversations": sorted(conversation_ids)})


def of_people(
    connection: Connection, conversation_ids: Iterable[int]
) -> dict[int, AnyRow]:
    """Return which of these conversations a person answers, or is waited for in.

    With id of the customer, and when the latest that was handled had been said.
    """
    rows = connection.execute(_OF_PEOPLE, {"conversations": [*conversation_ids]})
    return {row.id: row for row in rows}


def add(
    connection: Connection, conversation_id: int, at: datetime, **row: Any
) -> int | None:
    """Add one message; return its id, or None when its mid was there already."""
    query = _ADD[connection.dialect.name]
    whole = {"conversation_id": conversation_id, "at": at, **row}
    found: int | None = connection.scalar(query, whole)
    if found is not None:
        by_customer = row.get("author") is Author.CUSTOMER
        where_and_when = {"conversation": conversation_id, "moment": at}
        connection.execute(_RECALL_AT if by_customer else _STIR_AT, where_and_when)
    return found


def add_all(
    connection: Connection, rows: Sequence[dict[str, Any]]
) -> dict[tuple[str, str | None], int]:
    """Add messages and nothing else; return the id of each that was not there yet.

    Each has a mid, by which, with its Page, it is told apart. Their conversations are
    stirred by whoever adds them.
    """
    found = connection.execute(_ADD_ALL[connection.dialect.name], rows)
    return {(row.page_id, row.mid): row.id for row in found}


def add_ours(connection: Connection, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Add messages that Messenger has not named yet; return their ids in order."""
    return list(connection.scalars(_ADD_OURS, rows))


def language(connection: Connection, conversation_id: int) -> str:
    """Return the language of a conversation, or what Messenger says of its customer."""
    found = connection.execute(_LANGUAGE, {"conversation": conversation_id}).first()
    return (found.language or found.supposed or "") if found else ""


def origin(connection: Connection, conversation_id: int) -> tuple[str | None, str]:
    """Return the customer's country, None if nobody knows it, and their Page."""
    row = connection.execute(_ORIGIN, {"conversation": conversation_id}).one()
    return row.country, row.page_id


def stir(connection: Connection, conversation_id: int) -> None:
    """Let whoever looks at a conversation see that there is news."""
    connection.execute(_STIR, {"conversation": conversation_id})


def stir_all(connection: Connection, conversation_ids: Iterable[int]) -> None:
    """Let whoever looks at one of these conversations see that there is news."""
    connection.execute(_STIR_ALL, {"conversations": [*conversation_ids]})


_LANGUAGE = (
    select(Conversation.language, Customer.language.label("supposed"))
    .join(Customer, Customer.id == Conversation.customer_id)
    .where(Conversation.id == bindparam("conversation"))
)
_ORIGIN = (
    select(Customer.country, Customer.page_id)
    .join(Conversation, Conversation.customer_id == Customer.id)
    .where(Conversation.id == bindparam("conversation"))
)
# Not `FOR UPDATE`: what arrives is stored beside it, and would wait.
_LOCK = (
    select(Conversation.id)
    .where(Conversation.id.in_(bindparam("conversations", expanding=True)))
    .order_by(Conversation.id)
    .with_for_update(key_share=True)
)
_OF_PEOPLE = select(
    Conversation.id, Conversation.customer_id, Conversation.handled_at
).where(
    Conversation.id.in_(bindparam("conversations", expanding=True)),
    Conversation.status != Status.BOT,
)
_MOMENT = bindparam("moment", type_=UtcDateTime())
_LAST = Conversation.last_message_at
#: When a conversation was last spoken in, if something is said at a `moment`.
AT_LEAST_MOMENT = case((_MOMENT < _LAST, _LAST), else_=_MOMENT)
_ADD = {
    dialect: into(Message).on_conflict_do_nothing().returning(Message.id)
    for dialect, into in (
        ("sqlite", sqlite.insert),
        ("postgresql", postgresql.insert),
    )
}
_ADD_ALL = {
    dialect: into(Message)
    .on_conflict_do_nothing()
    .returning(Message.id, Message.page_id, Message.mid)
    for dialect, into in (
        ("sqlite", sqlite.insert),
        ("postgresql", postgresql.insert),
    )
}
_ADD_OURS = insert(Message).returning(Message.id, sort_by_parameter_order=True)
_STIR = (
    update(Conversation)
    .where(Conversation.id == bindparam("conversation"))
    .values(revision=Conversation.revision + 1)
)
_STIR_ALL = (
    update(Conversation)
    .where(Conversation.id.in_(bindparam("conversations", expanding=True)))
    .values(revision=Conversation.revision + 1)
)
_STIR_AT = _STIR.values(last_message_at=AT_LEAST_MOMENT)
# Whatever was put by is there again when the customer writes; a resolve is for good
# then, and why a person had been fetched is over with it.
_HANDOVER = ("handoff_reason", "handoff_summary", "handoff_turn_id")
RECALLED = {
    "resolved_at": None,
    "snoozed_until": None,
    **{
        name: case((Conversation.resolved_at.is_(None), getattr(Conversation, name)))
        for name in _HANDOVER
    },
}
_RECALL_AT = _STIR_AT.values(**RECALLED)


def react(connection: Connection, page_id: str, mid: str, emoji: str | None) -> None:
    """Put a reaction on a message, or take it away."""
    connection.execute(
        update(Message)
        .where(Message.page_id == page_id, Message.mid == mid)
        .values(reaction=emoji)
    )


def was_offered(connection: Connection, conversation_id: int, payload: str) -> bool:
    """Return whether one of our recent messages had a button with this payload."""
    shown = connection.scalars(
        select(Message.parts)
        .where(Message.conversation_id == conversation_id)
        .where(Message.author.in_([Author.BOT, Author.AGENT]))
        .order_by(Message.id.desc())
        .limit(REMEMBERED)
    )
    return any(payload in _payloads(parts) for parts in shown)


def _payloads(content: Any) -> set[str]:
    """Return every payload in a message of whatever template."""
    if isinstance(content, list):
        return set().union(*map(_payloads, content))
    if not isinstance(content, dict):
        return set()
    inside = set().union(*map(_payloads, content.values()))
    own = content.get("payload")
    return inside | {own} if isinstance(own, str) else inside


def shown(message: Payload) -> dict[str, Any]:
    """Return what the thread keeps of a message as Messenger takes it."""
    return {name: part for name, part in message.items() if name != "text"}


def newest(column: Any) -> Any:
    """Return a column of the newest message that says something.

    Not of one that was never sent, nor of "a colleague will answer you", which
    would hide what the customer wants.
    """
    inner = Message.__table__.alias("newest")
    return (
        select(inner.c[column.key])
        .where(inner.c.conversation_id == Conversation.id, _says_something(inner))
        .order_by(inner.c.at.desc(), inner.c.id.desc())
        .limit(literal_column("1"))
        .correlate(Conversation)
        .scalar_subquery()
    )


def asked_since() -> Any:
    """Return when the customer said what nobody has answered; null if nothing is."""
    ours, theirs = (Message.__table__.alias(name) for name in ("answer", "question"))
    answered = (
        select(ours.c.at)
        .where(ours.c.conversation_id == Conversation.id, _says_something(ours))
        .where(ours.c.author != word(Author.CUSTOMER))
        .order_by(ours.c.at.desc())
        .limit(literal_column("1"))
        .correlate(Conversation)
        .scalar_subquery()
    )
    return (
        select(func.min(theirs.c.at))
        .where(theirs.c.conversation_id == Conversation.id)
        .where(theirs.c.author == word(Author.CUSTOMER))
        .where(theirs.c.at > func.coalesce(answered, _BEFORE_ALL))
        .correlate(Conversation)
        .scalar_subquery()
    )


def _says_something(message: Any) -> Any:
    # A short name: psycopg reads a long statement anew each time, see `queue._counts`.
    ours = OutgoingMessage.__table__.alias("o")
    return ~exists().where(
        ours.c.message_id == message.c.id,
        or_(
            ours.c.state.in_([word(state) for state in UNSENT]),
            ours.c.purpose == literal_column("'handoff_notice'"),
        ),
    )


_BEFORE_ALL = literal(datetime(1970, 1, 1, tzinfo=UTC), UtcDateTime())
