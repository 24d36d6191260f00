"""Do at once what an event asks for that needs no turn, when it is written down.

Marks of delivery and reading and echoes of our own messages, of which each message
brings some, are noted together; what is seldom, one by one and in its order.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, bindparam, select, tuple_, update

from bot import handoff, showing
from bot.messenger import mark
from bot.store import arrivals, taken, threads, wording
from bot.store.models import Author, Conversation, OutgoingMessage
from bot.store.taken import Taken
from bot.store.types import UtcDateTime
from bot.summary import LAST_WORDS
from webhooks.events import (
    Event,
    MessageDelivered,
    MessageEchoed,
    MessageEdited,
    MessageRead,
    MessageReceived,
    MessageUnsent,
    ReactionReceived,
)

#: An event and its row.
Stored: TypeAlias = tuple[Event, dict[str, Any]]


def note_all(connection: Connection, notes: Sequence[Stored], app_id: str) -> None:
    """Store what needs no turn; do at once what it asks for, if it is new.

    The conversations are locked. *app_id*: ours, by which our app's own messages are
    known that carry no mark.
    """
    new = arrivals.store_new(connection, [row for _, row in notes])
    fresh = [
        (event, row) for event, row in notes if _take(new, row["key"])
    ]  # of two that are the same the first
    _mark(connection, "delivered_at", MessageDelivered, fresh)
    _mark(connection, "read_at", MessageRead, fresh)
    ours = _ours(connection, fresh)
    for event, row in fresh:
        if row["key"] not in ours:
            _note(connection, event, row, app_id)


def _take(keys: set[str], key: str) -> bool:
    """Return whether a key is among them, and take it out."""
    is_there = key in keys
    keys.discard(key)
    return is_there


def _mark(
    connection: Connection,
    column: str,
    kind: type[MessageDelivered | MessageRead],
    fresh: Sequence[Stored],
) -> None:
    """Move watermarks forward; they never go back."""
    marks = [
        {"conversation": row["conversation_id"], "moment": event.watermark}
        for event, row in fresh
        if isinstance(event, kind) and event.watermark is not None
    ]
    if marks:
        connection.execute(_FORWARD[column], marks)


def _ours(connection: Connection, fresh: Sequence[Stored]) -> set[str]:
    """Confirm our own messages that were echoed; return the keys of those echoes.

    By our mark in them, not by the app id: Messenger has sent that as a number, as
    text, and not at all.
    """
    marked = [
        (number, row["conversation_id"], event, row["key"])
        for event, row in fresh
        if isinstance(event, MessageEchoed)
        and (number := mark.read(event.metadata)) is not None
    ]
    if not marked:
        return set()
    whose = {"whose": [(number, conversation) for number, conversation, *_ in marked]}
    known = {row.id: row.state for row in connection.execute(_OURS, whose)}
    echoes = [
        (number, event, key) for number, _, event, key in marked if number in known
    ]
    # Most are known to be taken before their echo comes.
    news = [
        Taken(id=number, mid=event.mid, at=event.at)
        for number, event, _ in echoes
        if known[number] in taken.HOPEFUL
    ]
    if news:
        taken.settle(connection, news)
    return {key for _, _, key in echoes}


def _note(
    connection: Connection, event: Event, row: dict[str, Any], app_id: str
) -> None:
    """Do what one event asks for."""
    conversation_id, now = row["conversation_id"], row["received_at"]
    match event:
        case MessageEchoed():
            _note_stranger(connection, conversation_id, event, now, app_id)
        case ReactionReceived(mid=str() as mid):
            emoji = None if event.action == "unreact" else event.emoji
            threads.react(connection, event.page_id, mid, emoji)
            threads.stir(connection, conversation_id)
            arrivals.heard(connection, conversation_id, event.at)
        case MessageEdited(mid=str() as mid, text=str() as text) if event.number:
            number, at = event.number, event.at
            wording.edit(connection, event.page_id, mid, number, text, at)
            threads.stir(connection, conversation_id)
        case MessageUnsent(mid=str() as mid):
            wording.unsend(connection, event.page_id, mid, event.at, LAST_WORDS)
            threads.stir(connection, conversation_id)
        case MessageReceived() if event.standby:
            showing.message(connection, conversation_id, event, Author.CUSTOMER)


def _note_stranger(
    connection: Connection,
    conversation_id: int,
    echo: MessageEchoed,
    now: datetime,
    app_id: str,
) -> None:
    """Show what somebody else said in our name, and fall silent."""
    added = showing.message(connection, conversation_id, echo, Author.ELSEWHERE)
    if added and echo.app_id != app_id:
        handoff.answered_elsewhere(connection, conversation_id, echo.at, now)


# Built once: to build a statement costs more than to run it.
_OURS = select(OutgoingMessage.id, OutgoingMessage.state).where(
    tuple_(OutgoingMessage.id, OutgoingMessage.conversation_id).in_(
        bindparam("whose", expanding=True)
    )
)
_MOMENT = bindparam("moment", type_=UtcDateTime())
_FORWARD = {
    name: update(Conversation)
    .where(Conversation.id == bindparam("conversation"))
    .where(column.is_(None) | (column < _MOMENT))
    .values({name: _MOMENT, "revision": Conversation.revision + 1})
    for name, column in (
        ("delivered_at", Conversation.delivered_at),
        ("read_at", Conversation.read_at),
    )
}
