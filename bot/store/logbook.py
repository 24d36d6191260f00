"""The logs of conversations: what was made of each event, and what came of it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    bindparam,
    func,
    insert,
    literal_column,
    select,
    text,
)

from bot.store.models import Conversation, TrackerEvent, Turn
from bot.store.types import Json
from flows.ports import HISTORY


def history(
    connection: Connection, conversation_ids: Collection[int]
) -> dict[int, list[dict[str, Any]]]:
    """Return the newest events of each log, oldest first."""
    logs: dict[int, list[dict[str, Any]]] = {}
    for row in connection.execute(_HISTORY, {"conversations": [*conversation_ids]}):
        logs.setdefault(row.conversation_id, []).append(row.event)
    return logs


def add_turns(
    connection: Connection, turns: Sequence[tuple[Mapping[str, Any], Sequence[Any]]]
) -> list[int]:
    """Write down what was made of events, each with its part of the log.

    Return the ids of the turns, in their order.
    """
    rows = [{**_UNTOLD, **row} for row, _ in turns]
    ids = list(connection.scalars(_ADD_TURNS, rows)) if rows else []
    events = [
        (row["conversation_id"], turn_id, event)
        for turn_id, (row, log) in zip(ids, turns, strict=True)
        for event in log
    ]
    if events:
        connection.execute(_ADD_EVENTS[connection.dialect.name], {"events": events})
    return ids


#: What is null of a turn in which nothing was understood.
_UNTOLD = dict.fromkeys(("language", "intent", "confidence", "model", "flow"))
_LOG = TrackerEvent.__table__.alias("log")
_FIRST_KEPT = (
    select(_LOG.c.id)
    .where(_LOG.c.conversation_id == Conversation.id)
    .order_by(_LOG.c.id.desc())
    .limit(literal_column("1"))
    .offset(literal_column(str(HISTORY - 1)))
    .correlate(Conversation)
    .scalar_subquery()
)
_HISTORY = (
    select(TrackerEvent.conversation_id, TrackerEvent.event)
    .join(Conversation, Conversation.id == TrackerEvent.conversation_id)
    .where(Conversation.id.in_(bindparam("conversations", expanding=True)))
    .where(TrackerEvent.id >= func.coalesce(_FIRST_KEPT, 0))
    .order_by(TrackerEvent.id)
)
_ADD_TURNS = insert(Turn).returning(Turn.id, sort_by_parameter_order=True)
# All rows of all turns as one parameter, of which there are some nine a turn: the
# statement is the same for any number of them, so that it is planned once. Given as
# rows, each is a statement of its own to PostgreSQL.
_INSERT = "INSERT INTO tracker_event (conversation_id, turn_id, event) "
_ADD_EVENTS = {
    dialect: text(_INSERT + rows).bindparams(bindparam("events", type_=Json))
    for dialect, rows in (
        (
            "sqlite",
            "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'),"
            " json_extract(value, '$[2]') FROM json_each(:events) ORDER BY key",
        ),
        (
            "postgresql",
            "SELECT (one ->> 0)::bigint, (one ->> 1)::bigint, one -> 2"
            " FROM jsonb_array_elements(:events) WITH ORDINALITY AS log (one, place)"
            " ORDER BY place",
        ),
    )
}
