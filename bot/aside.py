"""What an agent puts by: asleep until a moment, and how urgent the rest is.

A conversation that sleeps stays its agent's. It is before them again when its time
comes, or at once when the customer writes (`store/threads.py` sees to that).
"""

from datetime import UTC, datetime

from sqlalchemy import Connection, update

from bot.changeover import SNOOZE
from bot.store import acts, reads, timers
from bot.store.models import Conversation, Status
from bot.store.teamwork import ActKind
from bot.store.types import AnyRow


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
