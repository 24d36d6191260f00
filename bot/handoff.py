"""Who answers: the assistant, nobody yet, or a person.

    BOT --request--> WAITING --claim--> AGENT --release, resolve--> BOT
                       ^--- give up, queue ---|

A person may also take over from BOT at any moment, here or in another app. Each
change is one UPDATE that names the old state, so that of two who try at once one
wins, and each adds one to the epoch, which stops every answer of the assistant
that is still on its way.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, or_, select, update

from bot import ladder, silence
from bot.store import outbox, staff, threads, timers
from bot.store.models import Conversation, Status

SNOOZE = "snooze"
AGENT_AWAY = "agent_away"
LEFT = "left"
_WAS = "Was with: "


def request(
    connection: Connection,
    conversation_id: int,
    now: datetime,
    *,
    reason: str,
    summary: str,
    answer_within: timedelta,
    turn_id: int | None = None,
) -> bool:
    """Ask for a person; return False if the assistant does not answer here.

    The trace of the turn that asks says what led to it.
    """
    return _to_queue(
        connection,
        conversation_id,
        Conversation.status == Status.BOT,
        now,
        answer_within,
        handoff_reason=reason,
        handoff_summary=summary,
        handoff_turn_id=turn_id,
    )


def give_up(
    connection: Connection,
    conversation_id: int,
    now: datetime,
    *,
    staff_id: int,
    name: str,
    answer_within: timedelta,
) -> bool:
    """Let a conversation wait for another person, because its own went away.

    What was known of the customer's wish stays; a line more says whose it was.
    """
    held = (Conversation.status == Status.AGENT) & (
        Conversation.assignee_id == staff_id
    )
    known = connection.scalar(
        select(Conversation.handoff_summary).where(Conversation.id == conversation_id)
    )
    rest = [line for line in (known or "").splitlines() if not line.startswith(_WAS)]
    return _to_queue(
        connection,
        conversation_id,
        held,
        now,
        answer_within,
        handoff_reason=AGENT_AWAY,
        handoff_summary="\n".join([f"{_WAS}{' '.join(name.split())}", *rest]),
    )


def claim(
    connection: Connection, conversation_id: int, staff_id: int, now: datetime
) -> bool:
    """Give a waiting conversation to somebody; return False if another was faster."""
    return _to_person(
        connection,
        conversation_id,
        Conversation.status == Status.WAITING,
        staff_id=staff_id,
        now=now,
    )


def take_over(
    connection: Connection, conversation_id: int, staff_id: int, now: datetime
) -> bool:
    """Give somebody a conversation that no other person holds."""
    return _to_person(
        connection,
        conversation_id,
        Conversation.assignee_id.is_(None),
        staff_id=staff_id,
        now=now,
    )


def answered_elsewhere(
    connection: Connection, conversation_id: int, at: datetime, now: datetime
) -> bool:
    """Silence the assistant because somebody answered in another app at *at*.

    An answer older than the last change here, which an echo can be, changes
    nothing.
    """
    theirs = Conversation.status.in_([Status.BOT, Status.WAITING]) & (
        Conversation.status_at <= at
    )
    return _to_person(connection, conversation_id, theirs, staff_id=None, now=now)


def assign(
    connection: Connection,
    conversation_id: int,
    staff_id: int,
    now: datetime,
    *,
    epoch: int,
) -> bool:
    """Give somebody a conversation, unless who answers has changed since *epoch*."""
    unchanged = Conversation.epoch == epoch
    return _to_person(
        connection, conversation_id, unchanged, staff_id=staff_id, now=now
    )


def queue(
    connection: Connection,
    conversation_id: int,
    now: datetime,
    *,
    epoch: int,
    answer_within: timedelta,
) -> bool:
    """Let a conversation wait for whoever is free, unless *epoch* has passed."""
    return _to_queue(
        connection,
        conversation_id,
        (Conversation.status == Status.AGENT) & (Conversation.epoch == epoch),
        now,
        answer_within,
        handoff_reason=func.coalesce(Conversation.handoff_reason, "returned"),
    )


def fall_silent(
    connection: Connection,
    conversation_id: int,
    now: datetime,
    answer_within: timedelta,
) -> bool:
    """Let a customer wait for somebody else whom nobody answers any more."""
    return _to_queue(
        connection,
        conversation_id,
        Conversation.status == Status.AGENT,
        now,
        answer_within,
        handoff_reason=AGENT_AWAY,
    )


def put_back(
    connection: Connection, staff_id: int, now: datetime, *, answer_within: timedelta
) -> int:
    """Let all that somebody held wait for another person; return how many."""
    mine = Conversation.assignee_id == staff_id
    held = connection.scalars(
        select(Conversation.id).where(mine).order_by(Conversation.id)
    ).all()
    threads.lock(connection, held)
    waiting = [
        _to_queue(connection, one, mine, now, answer_within, handoff_reason=LEFT)
        for one in held
    ]
    return sum(waiting)


def release(connection: Connection, conversation_id: int, now: datetime) -> bool:
    """Give the conversation back to the assistant."""
    return _to_assistant(
        connection, conversation_id, Conversation.status != Status.BOT, now
    )


def resolve(
    connection: Connection, conversation_id: int, staff_id: int, now: datetime
) -> bool:
    """End somebody's work; what the customer writes next the assistant answers.

    Return False if a colleague holds the conversation, or nobody needs to.
    """
    theirs = or_(
        Conversation.assignee_id.is_(None), Conversation.assignee_id == staff_id
    )
    return _to_assistant(
        connection,
        conversation_id,
        (Conversation.status != Status.BOT) & theirs,
        now,
        resolved_at=now,
        priority=0,
    )


def _to_assistant(
    connection: Connection,
    conversation_id: int,
    condition: Any,
    now: datetime,
    **changes: Any,
) -> bool:
    changed = _change(
        connection,
        conversation_id,
        condition,
        status=Status.BOT,
        status_at=now,
        assignee_id=None,
        **_NOT_WAITING,
        **changes,
    )
    if changed is not None:
        _cancel_timers(connection, conversation_id)
    return changed is not None


def _to_queue(
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


_NOT_WAITING = {
    "waiting_since": None,
    "handoff_reason": None,
    "handoff_summary": None,
    "handoff_turn_id": None,
    "overdue_at": None,
}


def _to_person(
    connection: Connection,
    conversation_id: int,
    condition: Any,
    *,
    staff_id: int | None,
    now: datetime,
) -> bool:
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
    for kind in (ladder.UNANSWERED, silence.RESUME, SNOOZE):
        timers.cancel(connection, kind, conversation_id, "who answers has changed")


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
