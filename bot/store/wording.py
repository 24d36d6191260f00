"""What customers wrote otherwise, or took back: messages that are edited and unsent.

Such an event may come before its message, late, twice and in any order. Whatever
comes when, the newest words stand in the thread and what was taken back is gone:
from the thread, from what arrived, from the turn and from the log.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, tuple_, update

from bot.store import attachments
from bot.store.arrivals import AGAIN, insert
from bot.store.models import (
    Conversation,
    EventState,
    IncomingEvent,
    Message,
    MessageWording,
    TrackerEvent,
    Turn,
)
from bot.store.types import Payload

FIRST = 0  # the number of the words that a message had at first
UNSENT = -1  # stands in the place of all words: there shall be none


@dataclass(frozen=True)
class Wording:
    """What a message says since the edit of this number."""

    number: int
    text: str


def edit(
    connection: Connection, page_id: str, mid: str, number: int, text: str, at: datetime
) -> None:
    """Keep what a customer made of a message with their edit of this *number*."""
    if is_unsent(connection, page_id, mid):
        _empty_events(connection, page_id, mid, [number])
        return
    _keep(connection, page_id, mid, number, text, at)
    settle(connection, page_id, mid)


def unsend(
    connection: Connection, page_id: str, mid: str, at: datetime, quote: str
) -> None:
    """Forget what a message said, and that for good.

    *quote* is how the line of a summary begins that may repeat it.
    """
    of_it = (MessageWording.page_id == page_id) & (MessageWording.mid == mid)
    numbers = connection.scalars(select(MessageWording.number).where(of_it)).all()
    connection.execute(delete(MessageWording).where(of_it))
    _keep(connection, page_id, mid, UNSENT, None, at)
    settle(connection, page_id, mid)
    for event_id in _empty_events(connection, page_id, mid, numbers):
        _forget_turn(connection, event_id, quote)


def settle(connection: Connection, page_id: str, mid: str) -> None:
    """Let a message that is in the thread say what it says now, if it changed."""
    newest = connection.execute(_NEWEST, {"page": page_id, "mid": mid}).first()
    if newest is None:
        return
    message = connection.execute(_MESSAGE, {"page": page_id, "mid": mid}).first()
    if message is None:
        return
    if newest.number == UNSENT:
        changed: dict[str, Any] = {"text": None, "parts": {"unsent": True}}
        changed["reaction"] = None
        attachments.let_go(connection, [message.id])
    else:
        if "edited" not in message.parts:
            _keep(connection, page_id, mid, FIRST, message.text, message.at)
        changed = {
            "text": newest.text,
            "parts": {**message.parts, "edited": newest.number},
        }
    connection.execute(update(Message).where(Message.id == message.id).values(changed))


def of_all(
    connection: Connection, mids: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    """Return which of these messages were edited or taken back: the last number.

    Each is told by its Page and its mid.
    """
    whose = [*mids]
    rows = connection.execute(_OF_THEM, {"whose": whose}) if whose else ()
    return {
        (row.page_id, row.mid): UNSENT if row.least == UNSENT else row.most
        for row in rows
    }


def newest(connection: Connection, page_id: str, mid: str) -> Wording | None:
    """Return what a message was edited to, None if it was not or is taken back."""
    row = connection.execute(_NEWEST, {"page": page_id, "mid": mid}).first()
    if row is None or row.text is None:
        return None
    return Wording(row.number, row.text)


def is_unsent(connection: Connection, page_id: str, mid: str) -> bool:
    """Return whether a message was taken back."""
    newest = connection.execute(_NEWEST, {"page": page_id, "mid": mid}).first()
    return newest is not None and newest.number == UNSENT


def earlier(connection: Connection, message_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the words that messages had before, the oldest first."""
    if not message_ids:
        return {}
    rows = connection.execute(
        select(Message.id, MessageWording.text)
        .join(
            MessageWording,
            (MessageWording.page_id == Message.page_id)
            & (MessageWording.mid == Message.mid),
        )
        .where(Message.id.in_([*message_ids]))
        .where(MessageWording.text.is_not(None))
        .order_by(Message.id, MessageWording.number)
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row.id, []).append(row.text)
    return {number: words[:-1] for number, words in found.items()}


_OF_IT = (
    MessageWording.page_id == bindparam("page"),
    MessageWording.mid == bindparam("mid"),
)
# What was taken back comes before every wording.
_NEWEST = (
    select(MessageWording.number, MessageWording.text)
    .where(*_OF_IT)
    .order_by((MessageWording.number != UNSENT), MessageWording.number.desc())
    .limit(1)
)
_OF_THEM = (
    select(
        MessageWording.page_id,
        MessageWording.mid,
        # `UNSENT` is below all others.
        func.min(MessageWording.number).label("least"),
        func.max(MessageWording.number).label("most"),
    )
    .where(
        tuple_(MessageWording.page_id, MessageWording.mid).in_(
            bindparam("whose", expanding=True)
        )
    )
    .group_by(MessageWording.page_id, MessageWording.mid)
)
_MESSAGE = select(Message.id, Message.text, Message.parts, Message.at).where(
    Message.page_id == bindparam("page"), Message.mid == bindparam("mid")
)


def _keep(
    connection: Connection,
    page_id: str,
    mid: str,
    number: int,
    text: str | None,
    at: datetime,
) -> None:
    connection.execute(
        insert(connection, MessageWording)
        .values(page_id=page_id, mid=mid, number=number, text=text, at=at)
        .on_conflict_do_nothing()
    )


def _empty_events(
    connection: Connection, page_id: str, mid: str, numbers: Sequence[int]
) -> Sequence[int]:
    """Empty what arrived of a message and its edits; nobody answers it any more."""
    keys = [f"{page_id}|{place}message|{mid}" for place in ("", "standby-", AGAIN)]
    keys += [f"{page_id}|message_edit|{mid}|{number}" for number in numbers]
    found = connection.scalars(
        select(IncomingEvent.id).where(IncomingEvent.key.in_(keys))
    ).all()
    these = IncomingEvent.id.in_(found)
    connection.execute(update(IncomingEvent).where(these).values(raw=b""))
    owed = these & (IncomingEvent.state == EventState.NEW)
    done = {"state": EventState.HANDLED, "reason": "unsent"}
    connection.execute(update(IncomingEvent).where(owed).values(done))
    return found


def _forget_turn(connection: Connection, event_id: int, quote: str) -> None:
    """Forget what was made of a message; that there was a turn still counts."""
    turn_id = connection.scalar(
        update(Turn)
        .where(Turn.event_id == event_id)
        .values(trace={}, intent=None)
        .returning(Turn.id)
    )
    if turn_id is None:
        return
    said = connection.execute(
        select(TrackerEvent.id, TrackerEvent.event)
        .where(TrackerEvent.turn_id == turn_id)
        .where(TrackerEvent.event["event"].as_string() == "user")
    )
    for row in said.all():
        connection.execute(
            update(TrackerEvent)
            .where(TrackerEvent.id == row.id)
            .values(event=_without_words(row.event))
        )
    _forget_quote(connection, turn_id, quote)


def _without_words(event: Payload) -> Payload:
    return {**event, "text": "", "parse_data": {}}


def _forget_quote(connection: Connection, turn_id: int, quote: str) -> None:
    """Take what a customer wrote out of the summary of a hand-over."""
    of_it = Conversation.handoff_turn_id == turn_id
    found = connection.execute(
        select(Conversation.id, Conversation.handoff_summary)
        .join(Turn, Turn.conversation_id == Conversation.id)
        .where(Turn.id == turn_id, of_it, func.length(Conversation.handoff_summary) > 0)
    ).first()
    if found is None:
        return
    lines = found.handoff_summary.splitlines()
    kept = "\n".join(line for line in lines if not line.startswith(quote))
    connection.execute(
        update(Conversation)
        .where(Conversation.id == found.id)
        .values(handoff_summary=kept)
    )
