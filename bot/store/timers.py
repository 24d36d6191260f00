"""Things to do later: set once, done once."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.models import Timer, TimerState
from bot.store.types import AnyRow

AT_ONCE = 100  # timers taken in one look
PUT_OFF = timedelta(minutes=1)


def set_timer(connection: Connection, **timer: Any) -> bool:
    """Set a timer; return False when one with its key is set, or was done.

    One that was cancelled is set again.
    """
    row = {"state": TimerState.DUE, **timer}
    return connection.scalar(_SET[connection.dialect.name], row) is not None


def reset(connection: Connection, **timer: Any) -> None:
    """Set a timer, also if one with its key is set or was done: then for this time."""
    row = {"state": TimerState.DUE, **timer}
    connection.execute(_RESET[connection.dialect.name], row)


def cancel(
    connection: Connection, kind: str, conversation_id: int, reason: str
) -> None:
    """Cancel what is still to come of one kind in a conversation."""
    cancel_all(connection, [kind], [conversation_id], reason)


def cancel_all(
    connection: Connection,
    kinds: Collection[str],
    conversation_ids: Collection[int],
    reason: str,
) -> None:
    """Cancel what is still to come of these kinds in these conversations."""
    which = {"kinds": [*kinds], "conversations": [*conversation_ids], "why": reason}
    if conversation_ids:
        connection.execute(_CANCEL, which)


def cancel_one(connection: Connection, key: str, reason: str) -> None:
    """Cancel the timer of a key, if it is still to come."""
    connection.execute(
        update(Timer)
        .where(Timer.key == key, Timer.state == TimerState.DUE)
        .values(state=TimerState.CANCELLED, reason=reason)
    )


def _reset(query: Any, where: Any = None) -> Any:
    again = {name: query.excluded[name] for name in ("due_at", "payload", "state")}
    return query.on_conflict_do_update(
        index_elements=["key"], set_={**again, "reason": None}, where=where
    )


def _set(query: Any) -> Any:
    return _reset(query, Timer.state == TimerState.CANCELLED).returning(Timer.id)


# Built once: to build a statement costs more than to run it.
_SET = {
    "sqlite": _set(sqlite.insert(Timer)),
    "postgresql": _set(postgresql.insert(Timer)),
}
_RESET = {
    "sqlite": _reset(sqlite.insert(Timer)),
    "postgresql": _reset(postgresql.insert(Timer)),
}
_CANCEL = (
    update(Timer)
    .where(Timer.kind.in_(bindparam("kinds", expanding=True)))
    .where(Timer.conversation_id.in_(bindparam("conversations", expanding=True)))
    .where(Timer.state == TimerState.DUE)
    .values(state=TimerState.CANCELLED, reason=bindparam("why"))
)


def move(connection: Connection, timer_id: int, due: datetime) -> None:
    """Let a timer that is still to come be due at another moment."""
    connection.execute(
        update(Timer)
        .where(Timer.id == timer_id, Timer.state == TimerState.DUE)
        .values(due_at=due)
    )


def renew(
    connection: Connection, timer: AnyRow, due: datetime, payload: dict[str, Any]
) -> bool:
    """Let a timer that is due be done, and due once more; False: another did so."""
    done = connection.execute(
        update(Timer)
        .where(Timer.id == timer.id, Timer.state == TimerState.DUE)
        .where(Timer.due_at == timer.due_at)
        .values(due_at=due, payload=payload)
    )
    return done.rowcount == 1


def put_back(connection: Connection, key: str, due: datetime) -> None:
    """Let the timer of a key, if there is one to come, be due at another moment."""
    connection.execute(
        update(Timer)
        .where(Timer.key == key, Timer.state == TimerState.DUE)
        .values(due_at=due)
    )


def due(connection: Connection, now: datetime) -> Sequence[AnyRow]:
    """Return the timers that are due, the longest due first."""
    return connection.execute(
        select(*Timer.__table__.columns)
        .where(Timer.state == TimerState.DUE, Timer.due_at <= now)
        .order_by(Timer.due_at, Timer.id)
        .limit(AT_ONCE)
    ).all()


def take(connection: Connection, timer_id: int) -> bool:
    """Mark a timer done; return False if it is somebody else's, or cancelled."""
    return settle(connection, timer_id, TimerState.DONE)


def put_off(connection: Connection, timer: AnyRow, now: datetime) -> None:
    """Let a timer that failed be due again a little later."""
    connection.execute(
        update(Timer)
        .where(Timer.id == timer.id, Timer.state == TimerState.DUE)
        .values(due_at=now + PUT_OFF)
    )


def settle(
    connection: Connection, timer_id: int, state: TimerState, reason: str | None = None
) -> bool:
    """Move a timer that is still due to *state*; return whether it was."""
    done = connection.execute(
        update(Timer)
        .where(Timer.id == timer_id, Timer.state == TimerState.DUE)
        .values(state=state, reason=reason)
    )
    return done.rowcount == 1
