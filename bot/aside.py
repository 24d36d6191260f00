"""What an agent puts by: resolved, asleep until a moment, and how urgent the rest is.

What the assistant answers is resolved by a mark alone: who answers stays, and what is
owed goes out (`bot/handoff.py` has the resolve that ends a person's work).

A conversation that sleeps stays its agent's. It is before them again when its time
comes, or at once when the customer writes (`store/threads.py` sees to that).
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, update

from bot.changeover import SNOOZE
from bot.store import acts, reads, threads, timers
from bot.store.models import Conversation, Status
from bot.store.teamwork import ActKind
from bot.store.types import AnyRow


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
    """Let a conversation sleep; return False if it is not *staff_id*'s."""
    if not _change(connection, conversation_id, staff_id, snoozed_until=until):
        return False
    timers.cancel(connection, SNOOZE, conversation_id, "another time was chosen")
    timers.set_timer(
        connection,
        kind=SNOOZE,
        key=f"{SNOOZE}:{conversation_id}:{staff_id}:{until.timestamp()}",
        conversation_id=conversation_id,
        due_at=until,
    )
    details = {"until": until.astimezone(UTC).isoformat()}
    acts.add(
        connection,
        conversation_id,
        ActKind.SNOOZED,
        now,
        staff_id=staff_id,
        details=details,
    )
    return True


def wake(
    connection: Connection, conversation_id: int, staff_id: int, now: datetime
) -> bool:
    """End a sleep at once; return False if the conversation is not *staff_id*'s."""
    if not _change(connection, conversation_id, staff_id, snoozed_until=None):
        return False
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
