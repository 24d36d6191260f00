"""How long a person has said nothing: after a while the assistant answers again.

It is the same whether they answer in the inbox or in another app, where nobody can
press "give back". Their last word counts, or the moment in which they took over.
"""

from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.store import attendance, timers
from bot.store.attendance import Attendance
from bot.store.models import (
    Author,
    Conversation,
    Message,
    Status,
    Timer,
    TimerState,
)
from bot.store.types import AnyRow

RESUME = "resume"


def begin(
    connection: Connection, conversation_id: int, epoch: int, at: datetime
) -> None:
    """Count from *at* on, at which somebody took a conversation over."""
    timers.set_timer(
        connection,
        kind=RESUME,
        key=f"{RESUME}:{conversation_id}:{epoch}",
        conversation_id=conversation_id,
        due_at=at + attendance.current(connection).resume_after,
        payload={"since": at.isoformat()},
    )


def is_broken(
    connection: Connection, timer: AnyRow, found: Attendance, now: datetime
) -> bool:
    """Count anew from a person's last word, or the end of a snooze, if it is later."""
    row = connection.execute(
        select(Conversation.snoozed_until, _LAST_WORD.label("said_at"))
        .where(Conversation.id == timer.conversation_id)
        .where(Conversation.status == Status.AGENT)
    ).first()
    known = [moment for moment in row or () if moment is not None]
    if not known or max(known) + found.resume_after <= now:
        return False
    timers.move(connection, timer.id, max(known) + found.resume_after)
    return True


_LAST_WORD = (
    select(func.max(Message.at))
    .where(Message.conversation_id == Conversation.id)
    .where(Message.author.in_([Author.AGENT, Author.ELSEWHERE]))
    .scalar_subquery()
)


def replan(connection: Connection, found: Attendance) -> None:
    """Let every timer be due after the silence that counts now."""
    rows = connection.execute(
        select(Timer.id, Timer.payload)
        .where(Timer.kind == RESUME, Timer.state == TimerState.DUE)
        .where(Timer.conversation_id.is_not(None))
    ).all()
    for row in rows:
        if (since := row.payload.get("since")) is not None:
            due = datetime.fromisoformat(since) + found.resume_after
            timers.move(connection, row.id, due)
