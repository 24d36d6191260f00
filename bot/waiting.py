"""What happens while a customer waits for a person and nobody comes; and after it.

The rungs themselves are in `bot/rungs.py`, their timers in `bot/ladder.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import Connection, select, update

from bot import closing, handoff, interrupting, ladder, silence
from bot.quiet import Quiet
from bot.replies import replies
from bot.rungs import ANSWER_WITHIN, SAYS, Rung
from bot.store import acts, attendance, outbox, queue, staff_mails, timers
from bot.store.attendance import Attendance
from bot.store.models import Conversation, Status
from bot.store.teamwork import ActKind
from bot.store.types import AnyRow
from bot.urgency import HIGH, URGENT
from flows.responses import Responses

GIVEN_BACK = "utter_given_back"


@dataclass(frozen=True, kw_only=True)
class House:
    """How a shop does it, beside its hours."""

    #: The first rung, until somebody has saved another.
    answer_within: timedelta = ANSWER_WITHIN
    #: Who is told again and again is let sleep in these hours.
    quiet: Quiet = ladder.ALWAYS_LOUD
    #: Whether people who work here can be mailed.
    has_mail: bool = False


AS_IT_COMES = House()


@dataclass(frozen=True, kw_only=True)
class Climb:
    """A rung that is reached, and what it needs."""

    connection: Connection
    timer: AnyRow
    responses: Responses
    now: datetime
    found: Attendance
    house: House


def tell(
    connection: Connection,
    timer: AnyRow,
    responses: Responses,
    now: datetime,
    house: House = AS_IT_COMES,
) -> None:
    """Do what a timer is for, if the customer still waits and time has not stood still.

    The hours may have changed since it was set.
    """
    found, rung = attendance.current(connection, house.answer_within), ladder.of(timer)
    if ladder.is_early(connection, timer, found, now, house.quiet):
        return
    if not ladder.take(connection, timer, found, now):
        return
    climb = Climb(
        connection=connection,
        timer=timer,
        responses=responses,
        now=now,
        found=found,
        house=house,
    )
    if _reach(climb, rung):
        _RUNGS[rung](climb)
        ladder.go_on(connection, timer, rung, found, now)


def resume(
    connection: Connection,
    timer: AnyRow,
    now: datetime,
    answer_within: timedelta = ANSWER_WITHIN,
) -> None:
    """Let the assistant answer again after a person has said nothing for long.

    Somebody who has the last word and no answer waits for another person instead.
    """
    found = attendance.current(connection)
    if silence.is_broken(connection, timer, found, now):
        return
    if timers.take(connection, timer.id) and _is_held(connection, timer):
        _end_silence(connection, timer.conversation_id, now, answer_within)


def replan(connection: Connection, found: Attendance, now: datetime) -> None:
    """Let what is due be due by what was just saved."""
    ladder.replan(connection, found, now)
    silence.replan(connection, found)


def _is_held(connection: Connection, timer: AnyRow) -> bool:
    whose = Conversation.id == timer.conversation_id
    return connection.scalar(select(Conversation.status).where(whose)) is Status.AGENT


def _end_silence(
    connection: Connection,
    conversation_id: int,
    now: datetime,
    answer_within: timedelta,
) -> None:
    if queue.owes_word(connection, conversation_id):
        handoff.fall_silent(connection, conversation_id, now, answer_within)
    elif handoff.release(connection, conversation_id, now):
        interrupting.let_go_of_answered(connection, conversation_id, now)
        acts.add(connection, conversation_id, ActKind.RESUMED, now)


def _reach(climb: Climb, rung: Rung) -> bool:
    """Note how far it has come; return False if nobody waits any more."""
    changes = _CHANGES.get(rung, {})
    overdue = {"overdue_at": climb.now} if rung is Rung.TOLD else {}
    done = climb.connection.execute(
        update(Conversation)
        .where(Conversation.id == climb.timer.conversation_id)
        .where(Conversation.status == Status.WAITING)
        .values(revision=Conversation.revision + 1, **changes, **overdue)
    )
    return done.rowcount == 1


_CHANGES: dict[Rung, dict[str, Any]] = {
    Rung.TOLD: {"rung": 1},
    Rung.RAISED: {"rung": 2, "priority": handoff.at_least(HIGH)},
    Rung.ESCALATED: {"rung": 3, "priority": handoff.at_least(URGENT)},
}


def tell_given_back(
    connection: Connection, conversation_id: int, responses: Responses, now: datetime
) -> None:
    """Tell a customer that the assistant answers them again.

    That says who it is: its next answer need not begin with it.
    """
    text = responses.fill(GIVEN_BACK, {}, {}, seed=conversation_id)["text"]
    planned = _planned(text, purpose="confirmation", key=None)
    outbox.plan(connection, conversation_id, now, [planned])
    whose = Conversation.id == conversation_id
    connection.execute(update(Conversation).where(whose).values(disclosed_at=now))


def _say(climb: Climb, text: str, **taps: Any) -> None:
    """Tell the customer; once, however often the timer is looked at."""
    key = ladder.said_key(climb.timer)
    planned = _planned(text, purpose="handoff_notice", key=key, **taps)
    outbox.plan(climb.connection, climb.timer.conversation_id, climb.now, [planned])


def _planned(
    text: str, *, purpose: str, key: str | None, **taps: Any
) -> outbox.Planned:
    reply = replies({"text": text, "metadata": {"class": "repeatable"}, **taps})[0]
    return outbox.Planned(
        message=reply.message,
        text=reply.text,
        author="system",
        purpose=purpose,
        send_class="repeatable",
        key=key,
    )


def _says(name: str) -> Callable[[Climb], None]:
    def say(climb: Climb) -> None:
        filled = climb.responses.fill(name, {}, {}, seed=climb.timer.id)
        _say(climb, filled["text"])

    return say


def _marks(kind: ActKind) -> Callable[[Climb], None]:
    def mark(climb: Climb) -> None:
        acts.add(climb.connection, climb.timer.conversation_id, kind, climb.now)

    return mark


def _escalates(climb: Climb) -> None:
    """Call the admins by a banner, and whoever wants it by mail."""
    _marks(ActKind.ESCALATED)(climb)
    if climb.house.has_mail:
        number = climb.timer.conversation_id
        staff_mails.plan(climb.connection, number, climb.now)


def _goes_home(climb: Climb) -> None:
    hours = climb.found.hours
    if not hours.is_open(climb.now):
        _say(climb, closing.words(climb.responses, hours, climb.now))


def _asks_to_wait_on(climb: Climb) -> None:
    """Ask whether to go on waiting; whoever answers can be spoken to for a day more."""
    said = closing.asked_to_wait(climb.responses, climb.found.hours, climb.now)
    _say(climb, said["text"], quick_replies=said["quick_replies"])


_Act: TypeAlias = Callable[[Climb], None]
_RUNGS: dict[Rung, _Act] = {
    Rung.CLOSED: _goes_home,
    Rung.TOLD: _says(SAYS[Rung.TOLD]),
    Rung.RAISED: _marks(ActKind.WAITS_LONG),
    Rung.ESCALATED: _escalates,
    Rung.AGAIN: _says(SAYS[Rung.AGAIN]),
    Rung.LAST: _asks_to_wait_on,
}
