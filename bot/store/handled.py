"""What becomes of events that were handled, and of their conversations with them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    Connection,
    Integer,
    Update,
    bindparam,
    case,
    or_,
    select,
    update,
)

from bot.store import claims
from bot.store.claims import Claim
from bot.store.models import Conversation, EventState, IncomingEvent
from bot.store.threads import RECALLED
from bot.store.types import DatabaseSeconds, UtcDateTime, word


@dataclass(frozen=True, kw_only=True)
class Change:
    """What becomes of an event, and of its conversation with it.

    ``columns`` are set as they are; the moments only go forward. ``is_recalled``:
    what was put by is there again. ``goes_on``: more is owed, so the hold stays.
    """

    held: Claim
    event_id: int
    state: EventState
    reason: str | None = None
    columns: Mapping[str, Any] = field(default_factory=dict)
    said_at: datetime | None = None
    heard_at: datetime | None = None
    is_recalled: bool = False
    stirs: int = 0
    places: int = 0
    goes_on: bool = False


def owing(
    connection: Connection, conversation_ids: Collection[int], but: Collection[int]
) -> set[int]:
    """Return which of the conversations owe more than the events that *but* names."""
    about = {"conversations": [*conversation_ids], "but": [*but]}
    found = connection.scalars(_OWING, about)
    return {conversation_id for conversation_id in found if conversation_id is not None}


def settle(connection: Connection, changes: Sequence[Change]) -> None:
    """Mark events, and make the changes to their conversations, which are locked."""
    alike: dict[tuple[tuple[str, ...], bool], list[dict[str, Any]]] = {}
    for change in changes:
        which = (tuple(sorted(change.columns)), change.is_recalled)
        alike.setdefault(which, []).append(_values(change))
    for (names, is_recalled), rows in alike.items():
        connection.execute(_change(names, is_recalled=is_recalled), rows)
    marks = [
        {"event": one.event_id, "new_state": one.state, "new_reason": one.reason}
        for one in changes
    ]
    if marks:
        connection.execute(_MARK, marks)


def _values(change: Change) -> dict[str, Any]:
    return {
        **{f"new_{name}": value for name, value in change.columns.items()},
        "conversation": change.held.conversation_id,
        "number": change.held.number,
        "said": change.said_at,
        "heard": change.heard_at,
        "stirs": change.stirs,
        "places": change.places,
        "goes_on": change.goes_on,
    }


# Built once: to build a statement costs ten times what it costs to run it.
_OWING = (
    select(IncomingEvent.conversation_id)
    .distinct()
    .where(
        IncomingEvent.conversation_id.in_(bindparam("conversations", expanding=True)),
        IncomingEvent.id.not_in(bindparam("but", expanding=True)),
        IncomingEvent.state == word(EventState.NEW),
    )
)
_MARK = (
    update(IncomingEvent)
    .where(IncomingEvent.id == bindparam("event"))
    .values(state=bindparam("new_state"), reason=bindparam("new_reason"))
)


def _forward(column: Any, name: str) -> Any:
    """Return the later of a moment and what is given, which may be nothing."""
    given = bindparam(name, type_=UtcDateTime())
    return case((or_(given.is_(None), given < column), column), else_=given)


@cache
def _change(names: tuple[str, ...], *, is_recalled: bool) -> Update:
    """Return the statement that changes these columns of a conversation we hold."""
    stays = case(
        (bindparam("goes_on", type_=Boolean()), DatabaseSeconds() + claims.LEASE)
    )
    return (
        update(Conversation)
        .where(
            Conversation.id == bindparam("conversation"),
            Conversation.claim == bindparam("number"),
        )
        .values(
            lease_until=stays,
            revision=Conversation.revision + bindparam("stirs", type_=Integer()),
            last_seq=Conversation.last_seq + bindparam("places", type_=Integer()),
            last_message_at=_forward(Conversation.last_message_at, "said"),
            last_heard_at=_forward(Conversation.last_heard_at, "heard"),
            **(RECALLED if is_recalled else {}),
            **{name: bindparam(f"new_{name}") for name in names},
        )
    )
