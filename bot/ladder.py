"""What happens rung by rung while a customer waits and nobody comes.

When each rung is due is in `bot/rungs.py`. Each is a timer, set when the one before
was reached; the last two come again and again. Whoever comes cancels what is left.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from bot.messenger.send_policy import BOT_WINDOW
from bot.quiet import Quiet
from bot.rungs import LAST, NEXT, REPEATED, Rung, Wait, again
from bot.store import attendance, timers
from bot.store.attendance import Attendance
from bot.store.models import Conversation, Customer, Status, Timer, TimerState
from bot.store.types import AnyRow

UNANSWERED = "unanswered"
#: How often to look when the last word is due: a night may let it come sooner.
LOOK = LAST / 2
#: How long before a night what would fall into it is said.
BEFORE_NIGHT = timedelta(minutes=5)
ALWAYS_LOUD = Quiet(None)


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
    elif found.hours.week is not None:
        _set_last(connection, conversation_id, now)


def go_on(
    connection: Connection, timer: AnyRow, rung: Rung, found: Attendance, now: datetime
) -> None:
    """Set the timer of the rung after *rung*, if there is one."""
    # The first to come, as a rule in minutes: nearly all are answered before it.
    if rung in (Rung.TOLD, Rung.CLOSED):
        _set_last(connection, timer.conversation_id, now)
    following, row = NEXT.get(rung), _waiting(connection, timer.conversation_id)
    if following is None or row is None:
        return
    due = found.ladder.due(following, found.hours, _wait(row, {}, now), now)
    if due is not None:
        whose = (connection, timer.conversation_id, row.epoch)
        _set(*whose, following, max(due, now), told=now)


def take(
    connection: Connection, timer: AnyRow, found: Attendance, now: datetime
) -> bool:
    """Mark a timer done, or set it anew if it comes again; False: nothing is to do.

    What can't be said now, as Messenger lets nobody speak, is looked at again later.
    """
    rung, row = of(timer), _waiting(connection, timer.conversation_id)
    if rung not in REPEATED or row is None:
        return timers.take(connection, timer.id)
    wait = _wait(row, timer.payload, timer.due_at)
    says = now - wait.heard < BOT_WINDOW and wait.may_say(rung, now)
    payload, times = timer.payload, wait.times + says
    if says:
        payload = {**payload, "told": now.isoformat(), "times": times}
    later = now + LOOK if rung is Rung.LAST else again(found.hours, now, times)
    return timers.renew(connection, timer, later, payload) and says


def is_early(
    connection: Connection,
    timer: AnyRow,
    found: Attendance,
    now: datetime,
    quiet: Quiet = ALWAYS_LOUD,
) -> bool:
    """Put a timer off that hours, rungs or the customer have made too early."""
    rung, row = of(timer), _waiting(connection, timer.conversation_id)
    if row is None:
        return False
    wait = _wait(row, timer.payload, timer.due_at)
    due = found.ladder.due(rung, found.hours, wait, now)
    if due is not None and rung in REPEATED:
        due = _by_day(connection, rung, max(due, now), row, quiet)
    if due is None or due <= now:
        return False
    timers.move(connection, timer.id, due)
    return True


def _by_day(
    connection: Connection, rung: Rung, due: datetime, row: AnyRow, quiet: Quiet
) -> datetime:
    """Return when that is due which must not wake anybody: after a night, or before."""
    if rung is Rung.AGAIN:
        return quiet.until(connection, row.zone, due) or due
    evening = quiet.begun(connection, row.zone, due)
    return due if evening is None else evening - BEFORE_NIGHT


def replan(connection: Connection, found: Attendance, now: datetime) -> None:
    """Let every timer be due when hours and rungs, as they are now, say so."""
    rows = connection.execute(
        select(
            Timer.id,
            Timer.payload,
            Timer.due_at,
            Conversation.waiting_since,
            Conversation.last_heard_at,
        )
        .join(Conversation, Conversation.id == Timer.conversation_id)
        .where(Timer.kind == UNANSWERED, Timer.state == TimerState.DUE)
        .where(Conversation.status == Status.WAITING)
    ).all()
    # The last word goes by Messenger's hours, not by ours.
    for row in (one for one in rows if of(one) is not Rung.LAST):
        wait = _wait(row, row.payload, row.due_at)
        due = found.ladder.due(of(row), found.hours, wait, now)
        if due is not None:
            timers.move(connection, row.id, due)
        elif of(row) is Rung.CLOSED:
            timers.settle(connection, row.id, TimerState.CANCELLED, "never closed now")


def said_key(timer: AnyRow) -> str:
    """Return the key of what is said on a rung: once, but for what comes again."""
    rung = of(timer)
    if rung not in REPEATED:
        return str(timer.key)
    when = int(timer.due_at.timestamp())
    return f"{UNANSWERED}:{timer.conversation_id}:{when}:{rung}"


def of(timer: AnyRow) -> Rung:
    """Return the rung that a timer stands for; the first once had no name."""
    return Rung(timer.payload.get("rung", Rung.TOLD))


def _wait(row: AnyRow, payload: dict[str, Any], told: datetime) -> Wait:
    """Return how far somebody's wait has come; they were *told* last, if need be."""
    if "told" in payload:
        told = datetime.fromisoformat(payload["told"])
    return Wait(
        since=row.waiting_since,
        heard=row.last_heard_at or row.waiting_since,
        told=told,
        times=payload.get("times", 0),
    )


def _waiting(connection: Connection, conversation_id: int) -> AnyRow | None:
    return connection.execute(
        select(
            Conversation.waiting_since,
            Conversation.last_heard_at,
            Conversation.epoch,
            Customer.zone,
        )
        .join(Customer, Customer.id == Conversation.customer_id)
        .where(Conversation.id == conversation_id)
        .where(Conversation.status == Status.WAITING)
    ).first()


def _set_last(connection: Connection, conversation_id: int, now: datetime) -> None:
    """Set the timer of the last word, by when the customer was heard."""
    row = _waiting(connection, conversation_id)
    if row is not None and row.last_heard_at is not None:
        due = max(row.last_heard_at + LOOK, now)
        _set(connection, conversation_id, row.epoch, Rung.LAST, due)


def _set(
    connection: Connection,
    conversation_id: int,
    epoch: int,
    rung: Rung,
    due: datetime,
    told: datetime | None = None,
) -> None:
    about = {"told": told.isoformat()} if told else {}
    timers.set_timer(
        connection,
        kind=UNANSWERED,
        # Each rung once a wait, and a wait has an epoch of its own.
        key=f"{UNANSWERED}:{conversation_id}:{epoch}:{rung}",
        conversation_id=conversation_id,
        due_at=due,
        payload={"rung": rung.value, **about},
    )
