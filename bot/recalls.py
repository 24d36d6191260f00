"""What an action wants to be taken up later: rasa-sdk's ReminderScheduled.

A durable timer of the one customer whose turn it was: another's reminder of the same
name is another. When it is due its intent begins as if it had been tapped.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
import structlog
from sqlalchemy import Connection, select

from bot.store import timers
from bot.store.models import Timer, TimerState
from bot.store.types import AnyRow

log = structlog.get_logger()

#: Of timers: one stays whatever the customer writes, the other ends with that.
STAYS, ENDS = "recall", "recall_unless_heard"
KINDS = (STAYS, ENDS)
LONGEST_NAME = 100


def schedule(
    connection: Connection,
    conversation_id: int,
    event: Mapping[str, Any],
    now: datetime,
) -> None:
    """Set the timer of a `reminder` event; one of its name is moved."""
    try:
        due = datetime.fromisoformat(str(event.get("date_time")))
    except ValueError:
        log.warning("reminder_refused", conversation=conversation_id)
        return
    intent = str(event.get("intent") or "")
    name = str(event.get("name") or intent)[:LONGEST_NAME]
    due = due if due.tzinfo else due.replace(tzinfo=UTC)
    timers.reset(
        connection,
        kind=ENDS if event.get("kill_on_user_msg", True) else STAYS,
        key=f"{STAYS}:{conversation_id}:{name}",
        conversation_id=conversation_id,
        due_at=max(due, now),
        payload={
            "intent": intent,
            "name": name,
            "entities": dict(_entities(event.get("entities"))),
        },
    )


def cancel(
    connection: Connection, conversation_id: int, event: Mapping[str, Any]
) -> None:
    """Cancel what a `cancel_reminder` event names: by name, by intent, or all."""
    wanted = {
        key: str(event[key])[:LONGEST_NAME]
        for key in ("name", "intent")
        if event.get(key)
    }
    for timer in _due(connection, conversation_id):
        if all(timer.payload.get(key) == value for key, value in wanted.items()):
            timers.settle(connection, timer.id, TimerState.CANCELLED, "by an action")


def heard(connection: Connection, conversation_ids: Collection[int]) -> None:
    """End what the next message of each of these customers ends."""
    timers.cancel_all(connection, [ENDS], conversation_ids, "the customer has written")


def short_cut(about: Mapping[str, Any]) -> str:
    """Return the payload of a tap that would begin the same."""
    return f"/{about['intent']}{orjson.dumps(about['entities']).decode()}"


def _due(connection: Connection, conversation_id: int) -> list[AnyRow]:
    query = select(Timer.id, Timer.payload).where(
        Timer.conversation_id == conversation_id,
        Timer.kind.in_(KINDS),
        Timer.state == TimerState.DUE,
    )
    return list(connection.execute(query).all())


def _entities(given: Any) -> Iterator[tuple[str, Any]]:
    """Yield names and values: of Rasa's list of entities, or of a mapping."""
    if isinstance(given, Mapping):
        yield from ((str(name), value) for name, value in given.items())
        return
    for one in given if isinstance(given, list) else ():
        if isinstance(one, Mapping) and "entity" in one:
            yield str(one["entity"]), one.get("value")
