"""What does the assistant begin by itself, after how much silence of the customer?

It puts an open question again, once. A durable timer counts; when it is due the
prompt takes its place among what the customer wrote (`bot/store/prompts.py`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias, get_args

import orjson
from sqlalchemy import Connection

from bot.messenger.send_policy import BOT_WINDOW
from bot.store import attendance, prompts, timers
from bot.store.attendance import OFF, Attendance
from bot.store.claims import Owed
from bot.store.models import TimerState
from bot.store.types import AnyRow
from flows.stack import State

Kind: TypeAlias = Literal["silence"]
KINDS: tuple[Kind, ...] = get_args(Kind)
#: A timer of each kind is set anew with what the customer does, under one key.
_OVER = "what it was for has passed"


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """What the assistant is to begin, and after which event of the customer."""

    kind: Kind
    after: datetime | None

    def is_overtaken(self, owed: Owed) -> bool:
        """Whether the customer has done something since."""
        return self.after != owed.handled_at


def read(owed: Owed) -> Prompt | None:
    """Return the prompt that an event is, None if it is Messenger's."""
    if owed.kind != prompts.KIND:
        return None
    content = orjson.loads(owed.raw)
    after = content["after"]
    return Prompt(
        kind=content["kind"], after=datetime.fromisoformat(after) if after else None
    )


def follow(
    connection: Connection,
    conversation_id: int,
    before: State,
    after: State,
    now: datetime,
    found: Attendance,
) -> None:
    """Set, or call off, what is begun after a turn that led from one state to another.

    While a customer waits for a person nothing is: `bot/changeover.py` calls it off.
    """
    if found.nudge_after == OFF:
        return
    if _asks(after):
        _set(connection, "silence", conversation_id, now + found.nudge_after)
    elif _asks(before):
        timers.cancel(connection, "silence", conversation_id, _OVER)


def fire(connection: Connection, timer: AnyRow, now: datetime) -> None:
    """Put the prompt of a timer that is due into the queue, if it still fits."""
    if not _is_on(timer.kind, attendance.current(connection)):
        timers.settle(connection, timer.id, TimerState.CANCELLED, "switched off")
        return
    whose = timer.conversation_id
    place = prompts.open_to(connection, whose, now - BOT_WINDOW)
    if place is None:
        timers.settle(connection, timer.id, TimerState.CANCELLED, _OVER)
    elif timers.take(connection, timer.id):
        after = place.handled_at and place.handled_at.isoformat()
        prompts.put(
            connection,
            whose,
            now,
            key=f"{timer.key}:{timer.due_at.isoformat()}",
            page_id=place.page_id,
            content={**timer.payload, "kind": timer.kind, "after": after},
        )


def _asks(state: State) -> bool:
    """Whether a goal waits for an answer."""
    return state.asked is not None and not state.top.flow.startswith("pattern_")


def _is_on(kind: str, found: Attendance) -> bool:
    return {"silence": found.nudge_after}[kind] != OFF


def _set(
    connection: Connection,
    kind: Kind,
    conversation_id: int,
    due: datetime,
    **about: Any,
) -> None:
    timers.reset(
        connection,
        kind=kind,
        key=f"{kind}:{conversation_id}",
        conversation_id=conversation_id,
        due_at=due,
        payload=about,
    )
