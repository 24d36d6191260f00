"""Let somebody else answer, by one UPDATE, with all that comes with it.

The UPDATE names the old state, so that of two who try at once one wins. It adds one
to the epoch, which stops every answer of the assistant that is still on its way, and
what was to happen later under the old state is called off.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, update

from bot import ladder, prompts, silence
from bot.store import outbox, staff, timers
from bot.store.models import Conversation, Status

SNOOZE = "snooze"


def to_assistant(
    connection: Connection,
    conversation_id: int,
    condition: Any,
    now: datetime,
    **changes: Any,
) -> bool:
    """Let the assistant answer, if *condition* holds; return whether it did."""
    changed = _change(
        connection,
        conversation_id,
        condition,
        status=Status.BOT,
        status_at=now,
        assignee_id=None,
        waiting_since=None,
        overdue_at=None,
        **changes,
    )
    if changed is not None:
        _cancel_timers(connection, conversation_id)
    return changed is not None


def to_queue(
    connection: Connection,
    conversation_id: int,
    condition: Any,
    now: datetime,
    answer_within: timedelta,
    **changes: Any,
) -> bool:
    """Let a conversation wait; should nobody come in time, the customer is told."""
    changed = _change(
        connection,
        conversation_id,
        condition,
        status=Status.WAITING,
        status_at=now,
        assignee_id=None,
        waiting_since=now,
        overdue_at=None,
        **changes,
    )
    if changed is None:
        return False
    _cancel_timers(connection, conversation_id)
    ladder.begin(connection, conversation_id, changed, now, answer_within)
    return True


def to_person(
    connection: Connection,
    conversation_id: int,
    condition: Any,
    *,
    staff_id: int | None,
    now: datetime,
) -> bool:
    """Let somebody answer; None is a person in another app."""
    # Somebody who is shut out at this moment would hold it for ever.
    if staff_id is not None and not staff.is_here(connection, staff_id):
        return False
    changed = _change(
        connection,
        conversation_id,
        condition,
        status=Status.AGENT,
        status_at=now,
        assignee_id=staff_id,
        waiting_since=None,
        overdue_at=None,
    )
    if changed is None:
        return False
    outbox.cancel(connection, conversation_id, "a person took over")
    _cancel_timers(connection, conversation_id)
    silence.begin(connection, conversation_id, changed, now)
    return True


def _cancel_timers(connection: Connection, conversation_id: int) -> None:
    kinds = (ladder.UNANSWERED, silence.RESUME, SNOOZE, *prompts.KINDS)
    timers.cancel_all(connection, kinds, [conversation_id], "who answers has changed")


def _change(
    connection: Connection, conversation_id: int, condition: Any, **changes: Any
) -> int | None:
    """Return the new epoch, or None if *condition* did not hold any more.

    Whoever answers now finds it neither resolved nor asleep, and a wait anew begins
    at the foot of the ladder.
    """
    awake = {"resolved_at": None, "snoozed_until": None, "rung": 0}
    epoch: int | None = connection.scalar(
        update(Conversation)
        .where(Conversation.id == conversation_id, condition)
        .values(
            epoch=Conversation.epoch + 1,
            revision=Conversation.revision + 1,
            **{**awake, **changes},
        )
        .returning(Conversation.epoch)
    )
    return epoch
