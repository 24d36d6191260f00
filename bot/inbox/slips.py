"""What somebody has just put by beside a list, while it may be undone."""

from dataclasses import replace

from sqlalchemy import Connection

from bot.inbox.look import Look
from bot.store import acts, desk, snoozes
from bot.store.desk import Desk


def asleep(connection: Connection, wanted: Look, me: int) -> Desk | None:
    """Return what somebody has just put to sleep, while it is theirs and asleep."""
    found = desk.find(connection, wanted.snoozed) if wanted.snoozed else None
    if found is None:
        return None
    until = snoozes.until(connection, found.id, me)
    if until is not None:
        return replace(found, snoozed_until=until)
    return found if found.assignee_id == me and found.snoozed_until else None


def resolved(connection: Connection, wanted: Look, me: int) -> Desk | None:
    """Return what somebody has just resolved, while nothing came of it."""
    found = desk.find(connection, wanted.resolved) if wanted.resolved else None
    if found is None or not found.resolved_at:
        return None
    last = acts.resolve(connection, found.id)
    return found if last is not None and last.staff_id == me else None
