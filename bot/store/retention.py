"""Forget what need not be known any longer; the keys against duplicates stay.

Messenger signs no time: a body of last year can be sent again, and must still be
known as one that was handled. What is counted stays too: that there was a message,
a turn, and what came of it. docs/run.md says which words go when.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, exists, select, update

from bot.store import (
    attachments,
    codes,
    lookups,
    notices,
    order_states,
    staff_mails,
    threads,
    undertaken,
    uploads,
    watches,
)
from bot.store.models import (
    Conversation,
    EventState,
    IncomingEvent,
    Message,
    MessageWording,
    OutgoingMessage,
    TrackerEvent,
    Turn,
)
from bot.store.teamwork import ActKind, ConversationAct, Draft, Mention, Note

RAW_DAYS = 7
TEXT_DAYS = 180
AT_ONCE = 1000  # rows a transaction


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long bodies of webhooks and words of customers are kept."""

    raw: timedelta = timedelta(days=RAW_DAYS)
    texts: timedelta = timedelta(days=TEXT_DAYS)


LIMITS = Limits()


def forget(connection: Connection, now: datetime, limits: Limits = LIMITS) -> int:
    """Empty what is older than its limit; return how many rows.

    Files go after three months, or with the text beside them. At most AT_ONCE rows
    of each: called again until nothing is left.
    """
    oldest = now - limits.texts
    return sum(
        (
            # First, for it waits for conversations: see `threads.lock`.
            _forget_turns(connection, oldest, now),
            _forget_messages(connection, oldest, now),
            _forget_raw(connection, max(now - limits.raw, oldest)),
            _forget_what_people_wrote(connection, oldest),
            _forget_look_ups(connection, oldest),
            attachments.let_old_go(connection, now, AT_ONCE),
            lookups.forget(connection),
            codes.forget(connection),
            notices.forget(connection, now, limits.raw),
            order_states.forget(connection, oldest),
            watches.forget(connection, now),
            staff_mails.forget(connection, oldest),
            undertaken.forget(connection, oldest),
            uploads.forget(connection, now),
        )
    )


def _forget_raw(connection: Connection, oldest: datetime) -> int:
    old = (
        select(IncomingEvent.id)
        .where(IncomingEvent.received_at < oldest)
        .where(IncomingEvent.raw != b"", IncomingEvent.state != EventState.NEW)
        .limit(AT_ONCE)
    )
    done = connection.execute(
        update(IncomingEvent).where(IncomingEvent.id.in_(old)).values(raw=b"")
    )
    return done.rowcount


def _forget_messages(connection: Connection, oldest: datetime, now: datetime) -> int:
    """Forget what was said, in the thread and on its way there."""
    old = connection.scalars(_old(Message, oldest)).all()
    connection.execute(
        update(OutgoingMessage)
        .where(OutgoingMessage.message_id.in_(old))
        .values(payload={}, template=None)
    )
    _forget_wordings(connection, old, oldest)
    attachments.let_go(connection, old)
    connection.execute(
        update(Message)
        .where(Message.id.in_(old))
        .values(text=None, parts={}, reaction=None, forgotten_at=now)
    )
    return len(old)


def _forget_wordings(
    connection: Connection, messages: Sequence[int], oldest: datetime
) -> None:
    """Forget what messages said before they were edited, also if they never came."""
    mids = select(Message.mid).where(Message.id.in_(messages), Message.mid.is_not(None))
    connection.execute(
        update(MessageWording)
        .where(MessageWording.mid.in_(mids) | (MessageWording.at < oldest))
        .where(MessageWording.text.is_not(None))
        .values(text=None)
    )


def _forget_turns(connection: Connection, oldest: datetime, now: datetime) -> int:
    """Forget what was made of words: why, with which values, told to whom."""
    old = connection.execute(_old(Turn, oldest).add_columns(Turn.conversation_id)).all()
    turns = [row.id for row in old]
    conversations = {row.conversation_id for row in old}
    threads.lock(connection, conversations)
    # The log has an index by conversation, and none by turn.
    connection.execute(
        delete(TrackerEvent)
        .where(TrackerEvent.conversation_id.in_(conversations))
        .where(TrackerEvent.turn_id.in_(turns))
    )
    _begin_anew(connection, conversations)
    connection.execute(
        update(Conversation)
        .where(Conversation.handoff_turn_id.in_(turns))
        .values(handoff_summary=None)
    )
    connection.execute(
        update(Turn).where(Turn.id.in_(turns)).values(trace={}, forgotten_at=now)
    )
    return len(old)


def _begin_anew(connection: Connection, conversations: set[int]) -> None:
    """Empty the state of dialogues that have no log any more: it is its sum."""
    logged = exists().where(TrackerEvent.conversation_id == Conversation.id)
    connection.execute(
        update(Conversation)
        .where(Conversation.id.in_(conversations), ~logged)
        .values(state={})
    )


def _forget_what_people_wrote(connection: Connection, oldest: datetime) -> int:
    """Remove notes and drafts of agents: they speak of customers, and quote them."""
    old = select(Note.id).where(Note.at < oldest).limit(AT_ONCE)
    notes = connection.scalars(old).all()
    connection.execute(delete(Mention).where(Mention.note_id.in_(notes)))
    connection.execute(delete(Note).where(Note.id.in_(notes)))
    drafts = connection.execute(delete(Draft).where(Draft.changed_at < oldest))
    return len(notes) + drafts.rowcount


def _forget_look_ups(connection: Connection, oldest: datetime) -> int:
    """Remove which orders agents looked up beside whom; the audit log has it."""
    old = (
        select(ConversationAct.id)
        .where(ConversationAct.kind == ActKind.LOOKED_UP)
        .where(ConversationAct.at < oldest)
        .limit(AT_ONCE)
    )
    acts = connection.scalars(old).all()
    connection.execute(delete(ConversationAct).where(ConversationAct.id.in_(acts)))
    return len(acts)


def _old(table: type[Message | Turn], oldest: datetime) -> Any:
    return (
        select(table.id)
        .where(table.at < oldest, table.forgotten_at.is_(None))
        .limit(AT_ONCE)
    )
