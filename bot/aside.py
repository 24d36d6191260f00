"""What an agent puts by: resolved, asleep until a moment, and how urgent the rest is.

What the assistant answers is resolved by a mark alone: who answers stays, and what is
owed goes out (`bot/handoff.py` has the resolve that ends a person's work).

A conversation that sleeps stays its agent's; who snoozes what nobody has claimed is its
agent from then on. It is before them again when its time comes, or at once when the
customer writes (`store/threads.py` sees to that).

What the assistant answers can be put by as well: it goes on, whatever the customer
writes, and at its time the conversation is before whoever wanted to see it again.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from bot import changeover, handoff
from bot.changeover import SNOOZE
from bot.store import acts, reads, snoozes, threads, timers
from bot.store.models import Conversation, Status
from bot.store.teamwork import ActKind
from bot.store.types import AnyRow

#: The kind of timer that brings back what the assistant answers meanwhile.
SEE_AGAIN = "see_again"
#: For so long after a word of the customer's the assistant is not interrupted.
IN_TALK = timedelta(minutes=5)


def resolve(
    connection: Connection,
    conversation_id: int,
    staff_id: int,
    now: datetime,
    *,
    epoch: int,
) -> bool:
    """Mark as resolved what the assistant answers, until the customer writes.

    Return False if another was faster, or who answers has changed since *epoch*.
    """
    of_assistant = (Conversation.status == Status.BOT) & (Conversation.epoch == epoch)
    is_open = Conversation.resolved_at.is_(None)
    if not _mark(connection, conversation_id, of_assistant & is_open, now):
        return False
    acts.add(
        connection,
        conversation_id,
        ActKind.RESOLVED,
        now,
        staff_id=staff_id,
        details={"assistant": True},
    )
    return True


def reopen(
    connection: Connection, conversation_id: int, staff_id: int, now: datetime
) -> bool:
    """Take such a mark away; return False if there is none, or is none any more."""
    threads.lock(connection, [conversation_id])
    last = acts.resolve(connection, conversation_id)
    if last is None or not last.is_mark:
        return False
    if not _mark(connection, conversation_id, Conversation.resolved_at.is_not(None)):
        return False
    acts.add(connection, conversation_id, ActKind.REOPENED, now, staff_id=staff_id)
    return True


def snooze(
    connection: Connection,
    conversation_id: int,
    staff_id: int,
    now: datetime,
    until: datetime,
) -> bool:
    """Let a conversation sleep; return False if it is not *staff_id*'s, or nobody's.

    What waits for a person is claimed by it.
    """
    sleeps = {"snoozed_until": until}
    if not _change(connection, conversation_id, staff_id, **sleeps):
        if not handoff.claim(connection, conversation_id, staff_id, now):
            return False
        acts.add(connection, conversation_id, ActKind.CLAIMED, now, staff_id=staff_id)
        _change(connection, conversation_id, staff_id, **sleeps)
    timers.cancel(connection, SNOOZE, conversation_id, "another time was chosen")
    timers.set_timer(
        connection,
        kind=SNOOZE,
        key=f"{SNOOZE}:{conversation_id}:{staff_id}:{until.timestamp()}",
        conversation_id=conversation_id,
        due_at=until,
    )
    _tell_snoozed(connection, conversation_id, staff_id, now, until)
    return True


def put_by(
    connection: Connection,
    conversation_id: int,
    staff_id: int,
    now: datetime,
    until: datetime,
    *,
    epoch: int,
) -> bool:
    """Bring before somebody, at a moment, what the assistant answers meanwhile.

    The epoch stays: all that is owed goes out. Return False if who answers has changed
    since *epoch*.
    """
    threads.lock(connection, [conversation_id])
    of_assistant = (Conversation.status == Status.BOT) & (Conversation.epoch == epoch)
    if not _mark(connection, conversation_id, of_assistant):
        return False
    snoozes.keep(connection, conversation_id, staff_id, until)
    timers.reset(
        connection,
        kind=SEE_AGAIN,
        key=_key(conversation_id, staff_id),
        conversation_id=conversation_id,
        due_at=until,
        payload={"staff_id": staff_id},
    )
    _tell_snoozed(connection, conversation_id, staff_id, now, until)
    return True


def see_again(connection: Connection, timer: AnyRow, now: datetime) -> None:
    """Give somebody what they put by, once the assistant is not in the middle of it.

    Where a person answers by now, or is waited for, it stays where it is.
    """
    number, staff_id = timer.conversation_id, timer.payload["staff_id"]
    threads.lock(connection, [number])
    heard = connection.scalar(
        select(Conversation.last_heard_at)
        .where(Conversation.id == number, Conversation.status == Status.BOT)
        .where(Conversation.last_heard_at > now - IN_TALK)
    )
    if heard is not None:
        timers.move(connection, timer.id, heard + IN_TALK)
        return
    if not (timers.take(connection, timer.id) and _ends(connection, number, staff_id)):
        return
    of_assistant = Conversation.status == Status.BOT
    if changeover.to_person(
        connection, number, of_assistant, staff_id=staff_id, now=now
    ):
        bring_up(connection, number, staff_id, now)
    acts.add(connection, number, ActKind.RETURNED, now)


def wake(
    connection: Connection, conversation_id: int, staff_id: int, now: datetime
) -> bool:
    """End a sleep at once; return False if the conversation is not *staff_id*'s."""
    if _ends(connection, conversation_id, staff_id):
        key = _key(conversation_id, staff_id)
        timers.cancel_one(connection, key, "woken by whoever put it by")
    elif not _change(connection, conversation_id, staff_id, snoozed_until=None):
        return False
    else:
        timers.cancel(connection, SNOOZE, conversation_id, "woken by its agent")
    acts.add(connection, conversation_id, ActKind.WOKEN, now, staff_id=staff_id)
    return True


def come_back(connection: Connection, timer: AnyRow, now: datetime) -> None:
    """Put a conversation whose sleep is over before its agent, unread and on top."""
    assignee = connection.scalar(
        update(Conversation)
        .where(Conversation.id == timer.conversation_id)
        .where(Conversation.snoozed_until <= now)
        .values(snoozed_until=None, raised_at=now, revision=Conversation.revision + 1)
        .returning(Conversation.assignee_id)
    )
    if timers.take(connection, timer.id) and assignee is not None:
        reads.forget(connection, timer.conversation_id, assignee)
        acts.add(connection, timer.conversation_id, ActKind.RETURNED, now)


def bring_up(
    connection: Connection, conversation_id: int, staff_id: int, now: datetime
) -> None:
    """Put a conversation before its agent: on top, and unread."""
    connection.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(raised_at=now)
    )
    reads.forget(connection, conversation_id, staff_id)


def prioritise(
    connection: Connection,
    conversation_id: int,
    staff_id: int,
    now: datetime,
    priority: int,
) -> bool:
    """Say how urgent a conversation is; return False if it was so before."""
    changed = connection.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id, Conversation.priority != priority)
        .values(priority=priority, revision=Conversation.revision + 1)
    )
    if changed.rowcount != 1:
        return False
    acts.add(
        connection,
        conversation_id,
        ActKind.PRIORITY,
        now,
        staff_id=staff_id,
        details={"priority": priority},
    )
    return True


def _ends(connection: Connection, conversation_id: int, staff_id: int) -> bool:
    """End that somebody has put by what is the assistant's; False if they had not."""
    if not snoozes.end(connection, conversation_id, staff_id):
        return False
    threads.stir(connection, conversation_id)
    return True


def _key(conversation_id: int, staff_id: int) -> str:
    return f"{SEE_AGAIN}:{conversation_id}:{staff_id}"


def _tell_snoozed(
    connection: Connection,
    conversation_id: int,
    staff_id: int,
    now: datetime,
    until: datetime,
) -> None:
    acts.add(
        connection,
        conversation_id,
        ActKind.SNOOZED,
        now,
        staff_id=staff_id,
        details={"until": until.astimezone(UTC).isoformat()},
    )


def _mark(
    connection: Connection,
    conversation_id: int,
    condition: Any,
    resolved_at: datetime | None = None,
) -> bool:
    done = connection.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id, condition)
        .values(resolved_at=resolved_at, revision=Conversation.revision + 1)
    )
    return done.rowcount == 1


def _change(
    connection: Connection,
    conversation_id: int,
    staff_id: int,
    *,
    snoozed_until: datetime | None,
) -> bool:
    done = connection.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .where(Conversation.status == Status.AGENT)
        .where(Conversation.assignee_id == staff_id)
        .values(snoozed_until=snoozed_until, revision=Conversation.revision + 1)
    )
    return done.rowcount == 1
