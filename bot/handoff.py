"""Who answers: the assistant, nobody yet, or a person.

    BOT --request--> WAITING --claim--> AGENT --release, resolve--> BOT
                       ^--- give up, queue ---|

A person may also take over from BOT at any moment, here or in another app. Each
change is one UPDATE that names the old state, so that of two who try at once one
wins (see `bot/changeover.py`).
What the assistant answers is resolved by a mark alone (`bot/aside.py`).
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, case, func, or_, select

from bot import changeover, interrupting, prompts
from bot.store import acts, threads
from bot.store.models import Conversation, Status
from bot.store.teamwork import ActKind
from bot.urgency import NORMAL

AGENT_AWAY = "agent_away"
LEFT = "left"
_WAS = "Was with: "
#: Why a person had it is no matter any more.
_DONE_WITH = {"handoff_reason": None, "handoff_summary": None, "handoff_turn_id": None}


def request(
    connection: Connection,
    conversation_id: int,
    now: datetime,
    *,
    reason: str,
    summary: str,
    answer_within: timedelta,
    turn_id: int | None = None,
    priority: int = NORMAL,
) -> bool:
    """Ask for a person; return False if the assistant does not answer here.

    The trace of the turn that asks says what led to it. The conversation has at
    least this *priority* from now on.
    """
    return changeover.to_queue(
        connection,
        conversation_id,
        Conversation.status == Status.BOT,
        now,
        answer_within,
        handoff_reason=reason,
        handoff_summary=summary,
        handoff_turn_id=turn_id,
        priority=at_least(priority),
    )


def at_least(priority: int) -> ColumnElement[int]:
    """Return a conversation's priority, or *priority* where that is higher."""
    higher = Conversation.priority > priority
    return case((higher, Conversation.priority), else_=priority)


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
    return changeover.to_queue(
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
    return changeover.to_person(
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
    return changeover.to_person(
        connection,
        conversation_id,
        Conversation.assignee_id.is_(None),
        staff_id=staff_id,
        now=now,
    )


def take_from(
    connection: Connection,
    conversation_id: int,
    staff_id: int,
    now: datetime,
    *,
    epoch: int,
) -> int | None:
    """Give somebody what a colleague holds since *epoch*; return who that was.

    None if it is in other hands by now. Not released first: that would forget why a
    person is needed.
    """
    theirs = Conversation.assignee_id.is_not(None) & (
        Conversation.assignee_id != staff_id
    )
    held = (Conversation.id == conversation_id) & (Conversation.epoch == epoch) & theirs
    colleague = connection.scalar(select(Conversation.assignee_id).where(held))
    done = colleague is not None and changeover.to_person(
        connection, conversation_id, held, staff_id=staff_id, now=now
    )
    return colleague if done else None


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
    return changeover.to_person(
        connection, conversation_id, theirs, staff_id=None, now=now
    )


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
    return changeover.to_person(
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
    return changeover.to_queue(
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
    return changeover.to_queue(
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
        changeover.to_queue(
            connection, one, mine, now, answer_within, handoff_reason=LEFT
        )
        for one in held
    ]
    return sum(waiting)


def release(connection: Connection, conversation_id: int, now: datetime) -> bool:
    """Give the conversation back to the assistant."""
    return changeover.to_assistant(
        connection,
        conversation_id,
        Conversation.status != Status.BOT,
        now,
        **_DONE_WITH,
    )


def resolve(
    connection: Connection, conversation_id: int, staff_id: int, now: datetime
) -> bool:
    """End somebody's work; what the customer writes next the assistant answers.

    Return False if a colleague holds the conversation, or nobody needs to. What the
    assistant had asked before is asked no more; how it was the customer may be asked
    once they have been silent for a while. Why a person had it is kept until the
    customer writes, for who takes it back.
    """
    theirs = or_(
        Conversation.assignee_id.is_(None), Conversation.assignee_id == staff_id
    )
    done = changeover.to_assistant(
        connection,
        conversation_id,
        (Conversation.status != Status.BOT) & theirs,
        now,
        resolved_at=now,
        priority=0,
    )
    if done:
        interrupting.let_go(connection, conversation_id, now)
        prompts.resolved(connection, conversation_id, staff_id, now)
    return done


def reopen(
    connection: Connection, conversation_id: int, staff_id: int, now: datetime
) -> bool:
    """Take back a resolve: somebody has it, unless the customer wrote meanwhile."""
    resolved = Conversation.resolved_at.is_not(None)
    return changeover.to_person(
        connection,
        conversation_id,
        (Conversation.status == Status.BOT) & resolved,
        staff_id=staff_id,
        now=now,
    )


def open_again(connection: Connection, conversation_id: int, now: datetime) -> None:
    """Give a conversation back to who resolved it: their last answer was refused.

    Not what they only marked as resolved: the assistant has it all the time.
    """
    last = acts.resolve(connection, conversation_id)
    whose = None if last is None or last.is_mark else last.staff_id
    if whose is not None and reopen(connection, conversation_id, whose, now):
        acts.add(connection, conversation_id, ActKind.REOPENED, now)
