"""What does the assistant begin by itself, after how much silence of the customer?

It puts an open question again, once; it asks how it was, once something was done. A
durable timer counts; when it is due the prompt takes its place among what the
customer wrote (`bot/store/prompts.py`). A customer who was given back is asked at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias, get_args

import orjson
from sqlalchemy import Connection

from bot import recalls
from bot.messenger.send_policy import BOT_WINDOW
from bot.store import attendance, prompts, satisfaction, timers
from bot.store.attendance import OFF, Attendance
from bot.store.claims import Owed
from bot.store.models import TimerState
from bot.store.types import AnyRow
from flows.run import asks_by_the_way
from flows.stack import State

Kind: TypeAlias = Literal["silence", "satisfaction", "recall", "recall_unless_heard"]
KINDS: tuple[Kind, ...] = get_args(Kind)
#: A timer of each kind is set anew with what the customer does, under one key.
_OVER = "what it was for has passed"


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """What the assistant is to begin, and after which event of the customer."""

    kind: Kind | Literal["given_back"]
    after: datetime | None
    #: Whose work is asked about: the `goal` of the assistant's, the `staff_id`.
    about: Mapping[str, Any] = field(default_factory=dict)

    def is_overtaken(self, owed: Owed) -> bool:
        """Whether the customer has done something since."""
        return self.kind not in recalls.KINDS and self.after != owed.handled_at


@dataclass(frozen=True, kw_only=True)
class Passage:
    """From which state a turn led to which, and the goal that came to its end."""

    before: State
    after: State
    resolved: str | None = None


def read(owed: Owed) -> Prompt | None:
    """Return the prompt that an event is, None if it is Messenger's."""
    if owed.kind != prompts.KIND:
        return None
    content = orjson.loads(owed.raw)
    after = content["after"]
    return Prompt(
        kind=content["kind"],
        after=datetime.fromisoformat(after) if after else None,
        about=content["about"],
    )


def follow(
    connection: Connection,
    conversation_id: int,
    passage: Passage,
    now: datetime,
    found: Attendance,
) -> None:
    """Set, or call off, what is begun should the customer fall silent after a turn.

    While a customer waits for a person nothing is: `bot/changeover.py` calls it off.
    """
    if found.nudge_after != OFF:
        if asks(passage.after):
            _set(connection, "silence", conversation_id, now + found.nudge_after)
        elif asks(passage.before):
            timers.cancel(connection, "silence", conversation_id, _OVER)
    if found.ask_after == OFF:
        return
    due = now + found.ask_after
    if passage.after.stack and not asks_by_the_way(passage.after):
        timers.cancel(connection, "satisfaction", conversation_id, _OVER)
    elif passage.resolved is not None:
        about = {"goal": passage.resolved}
        _set(connection, "satisfaction", conversation_id, due, **about)
    else:
        # A word of thanks is no reason to be asked about it less, or at once.
        timers.put_back(connection, _key("satisfaction", conversation_id), due)


def resolved(
    connection: Connection, conversation_id: int, staff_id: int, now: datetime
) -> None:
    """Let the customer be asked about a person's work that has come to its end."""
    found = attendance.current(connection)
    if found.ask_after != OFF:
        due, about = now + found.ask_after, {"staff_id": staff_id}
        _set(connection, "satisfaction", conversation_id, due, **about)


def given_back(connection: Connection, conversation_id: int, now: datetime) -> bool:
    """Let a question be put again at once; return whether that can be done."""
    place = prompts.open_to(connection, conversation_id, now - BOT_WINDOW)
    if place is None:
        return False
    key = f"given_back:{conversation_id}:{place.epoch}"
    content = {"kind": "given_back", "about": {}}
    _put(connection, conversation_id, now, place, key, content)
    return True


def fire(connection: Connection, timer: AnyRow, now: datetime) -> None:
    """Put the prompt of a timer that is due into the queue, if it still fits."""
    place = prompts.open_to(connection, timer.conversation_id, now - BOT_WINDOW)
    if place is None or not _is_wanted(connection, timer, place, now):
        timers.settle(connection, timer.id, TimerState.CANCELLED, _OVER)
    elif timers.take(connection, timer.id):
        key = f"{timer.key}:{timer.due_at.isoformat()}"
        content = {"kind": timer.kind, "about": timer.payload}
        _put(connection, timer.conversation_id, now, place, key, content)


def _put(
    connection: Connection,
    conversation_id: int,
    now: datetime,
    place: AnyRow,
    key: str,
    content: dict[str, Any],
) -> None:
    after = place.handled_at and place.handled_at.isoformat()
    prompts.put(
        connection,
        conversation_id,
        now,
        key=key,
        page_id=place.page_id,
        content={**content, "after": after},
    )


def _is_wanted(
    connection: Connection, timer: AnyRow, place: AnyRow, now: datetime
) -> bool:
    """Whether it is still switched on, and was not done a moment ago."""
    if timer.kind in recalls.KINDS:
        return True
    found = attendance.current(connection)
    if timer.kind == "silence":
        # An agent has marked it as done with: it is not for us to go on about it.
        return found.nudge_after != OFF and not place.resolved_at
    if found.ask_after == OFF:
        return False
    of_person = "staff_id" in timer.payload
    return of_person or not satisfaction.asked_lately(
        connection, timer.conversation_id, now
    )


def asks(state: State) -> bool:
    """Whether a goal waits for an answer."""
    return state.asked is not None and not state.top.flow.startswith("pattern_")


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
        key=_key(kind, conversation_id),
        conversation_id=conversation_id,
        due_at=due,
        payload=about,
    )


def _key(kind: Kind, conversation_id: int) -> str:
    return f"{kind}:{conversation_id}"
