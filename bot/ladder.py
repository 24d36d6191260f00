"""What happens rung by rung while a customer waits and nobody comes.

When each rung is due is in `bot/rungs.py`. Each is a timer, set when the one before
was reached; whoever comes cancels what is left.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from bot.rungs import NEXT, Rung
from bot.store import attendance, timers
from bot.store.attendance import Attendance
from bot.store.models import Conversation, Status, Timer, TimerState
from bot.store.types import AnyRow

UNANSWERED = "unanswered"


def begin(
    connection: Connection,
    conversation_id: int,
    epoch: int,
    now: datetime,
    answer_within: timedelta,
) -> None:
    """Set the first timers of somebody who waits from *now* on."""
    found = attendance.current(connection, answer_within)
    whose = (connection, conversation_id, epoch)
    _set(*whose, Rung.TOLD, found.hours.after(now, found.ladder.told))
    # Who comes when nobody is there has just been told when somebody will be.
    closes = found.hours.closes(now)
    if closes is not None:
        _set(*whose, Rung.CLOSED, closes)


def go_on(
    connection: Connection, timer: AnyRow, rung: Rung, found: Attendance, now: datetime
) -> None:
    """Set the timer of the rung after *rung*, if there is one."""
    following, row = NEXT.get(rung), _waiting(connection, timer.conversation_id)
    if following is None or row is None:
        return
    due = found.ladder.due(following, found.hours, row.waiting_since, now)
    if due is not None:
        _set(connection, timer.conversation_id, row.epoch, following, max(due, now))


def is_early(
    connection: Connection, timer: AnyRow, found: Attendance, now: datetime
) -> bool:
    """Put a timer off that hours or rungs, as they are now, have made too early."""
    rung, row = of(timer), _waiting(connection, timer.conversation_id)
    if row is None:
        return False
    if rung is Rung.AGAIN:
        due = found.hours.opens(now)
    else:
        due = found.ladder.due(rung, found.hours, row.waiting_since, now)
    if due is None or due <= now:
        return False
    timers.move(connection, timer.id, due)
    return True


def replan(connection: Connection, found: Attendance, now: datetime) -> None:
    """Let every timer be due when hours and rungs, as they are now, say so."""
    rows = connection.execute(
        select(Timer.id, Timer.payload, Conversation.waiting_since)
        .join(Conversation, Conversation.id == Timer.conversation_id)
        .where(Timer.kind == UNANSWERED, Timer.state == TimerState.DUE)
        .where(Conversation.status == Status.WAITING)
    ).all()
    for row in rows:
        due = found.ladder.due(of(row), found.hours, row.waiting_since, now)
        if due is not None:
            timers.move(connection, row.id, due)
        elif of(row) is Rung.CLOSED:
            timers.settle(connection, row.id, TimerState.CANCELLED, "never closed now")


def of(timer: AnyRow) -> Rung:
    """Return the rung that a timer stands for; the first once had no name."""
    return Rung(timer.payload.get("rung", Rung.TOLD))


def _waiting(connection: Connection, conversation_id: int) -> AnyRow | None:
    return connection.execute(
        select(Conversation.waiting_since, Conversation.epoch)
        .where(Conversation.id == conversation_id)
        .where(Conversation.status == Status.WAITING)
    ).first()


def _set(
    connection: Connection, conversation_id: int, epoch: int, rung: Rung, due: datetime
) -> None:
    timers.set_timer(
        connection,
        kind=UNANSWERED,
        # Each rung once a wait, and a wait has an epoch of its own.
        key=f"{UNANSWERED}:{conversation_id}:{epoch}:{rung}",
        conversation_id=conversation_id,
        due_at=due,
        payload={"rung": rung.value},
    )
