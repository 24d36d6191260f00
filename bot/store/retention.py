"""Forget what need not be known any longer; the keys against duplicates stay.

Messenger signs no time: a body of last year can be sent again, and must still be
known as one that was handled.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from bot.store import attachments
from bot.store.models import (
    EventState,
    IncomingEvent,
    Message,
    MessageWording,
    OutgoingMessage,
)
from bot.store.teamwork import Draft

RAW_DAYS = 7
TEXT_DAYS = 180
AT_ONCE = 1000  # rows a transaction


def forget(connection: Connection, now: datetime) -> int:
    """Empty raw bodies after a week, texts after half a year; return how many.

    Files go after three months, or with the text beside them.

    At most AT_ONCE rows of each: called again until nothing is left.
    """
    files = attachments.let_old_go(connection, now, AT_ONCE)
    return files + _forget_raw(connection, now) + _forget_texts(connection, now)


def _forget_raw(connection: Connection, now: datetime) -> int:
    old = (
        select(IncomingEvent.id)
        .where(IncomingEvent.received_at < now - timedelta(days=RAW_DAYS))
        .where(IncomingEvent.raw != b"", IncomingEvent.state != EventState.NEW)
        .limit(AT_ONCE)
    )
    done = connection.execute(
        update(IncomingEvent).where(IncomingEvent.id.in_(old)).values(raw=b"")
    )
    return done.rowcount


def _forget_texts(connection: Connection, now: datetime) -> int:
    old = connection.scalars(
        select(Message.id)
        .where(Message.at < now - timedelta(days=TEXT_DAYS))
        .where(Message.text.is_not(None))
        .limit(AT_ONCE)
    ).all()
    connection.execute(
        update(OutgoingMessage)
        .where(OutgoingMessage.message_id.in_(old))
        .values(payload={}, template=None)
    )
    _forget_wordings(connection, old)
    attachments.let_go(connection, old)
    connection.execute(
        update(Message).where(Message.id.in_(old)).values(text=None, parts={})
    )
    connection.execute(
        delete(Draft).where(Draft.changed_at < now - timedelta(days=TEXT_DAYS))
    )
    return len(old)


def _forget_wordings(connection: Connection, messages: Sequence[int]) -> None:
    """Forget what messages said before they were edited."""
    mids = select(Message.mid).where(Message.id.in_(messages), Message.mid.is_not(None))
    connection.execute(
        update(MessageWording)
        .where(MessageWording.mid.in_(mids), MessageWording.text.is_not(None))
        .values(text=None)
    )
