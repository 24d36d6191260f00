"""By what one sees that a part of the inbox's page has changed."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import Connection

from bot import tongue
from bot.inbox import customer
from bot.inbox.look import Look
from bot.inbox.looking import Around, Reader, asleep_until
from bot.store import queue
from bot.store.desk import Desk
from bot.store.lists import View
from bot.store.people import Role
from bot.store.queue import Line
from bot.store.staff import may

PARTS = ("queue", "thread", "customer", "answer", "people", "viewers", "counts")
#: Numbers of what is somebody's own: with them comes who gave, took or called.
OWN = ("mine", "snoozed", "unanswered", "unread", "mentions", "called")


def of(
    connection: Connection,
    look: Look,
    found: Desk | None,
    reader: Reader,
    around: Around,
    listed: Sequence[Line] | None = None,
) -> dict[str, str]:
    """Return for each part of the page what stays the same as long as it does.

    *listed*: the lines of its list, if they were loaded.

    Revisions and ids, no clock of the database and no highest number: a change
    that is committed late is seen all the same. The minute is in it where a part
    says how long ago something was.
    """
    someone, now = reader.someone, reader.now
    minute = int(now.timestamp() // 60)
    counts, people = around.counts, around.people
    rows = _rows(connection, look, someone.id, listed)
    # A list that is empty says where there is something.
    own = [counts[name] for name in OWN]
    beside = counts if look.asked or not rows else own
    dots = people if look.view is View.COLLEAGUES else None
    called = queue.escalated(connection) if may(someone.role, Role.ADMIN) else 0
    lines = (look.view, rows, beside, called, minute, someone.role, dots)
    made = {
        "queue": _digest(*lines),
        "people": _digest(people, someone.id),
        "counts": of_counts(look, counts),
    }
    if found is not None:
        reach = customer.reach(found, now)
        asleep = asleep_until(connection, found, someone.id)
        aside = (found.snoozed_until, asleep, found.resolved_at)
        state = (found.epoch, reach.words, found.is_parked, aside)
        made["thread"] = of_thread(found, reader)
        tags = around.tags
        made["customer"] = _digest(found.id, found.revision, minute, tags)
        until = str(reach.until)
        made["answer"] = _digest(found.id, state, until, someone.role, look.writing)
        made["viewers"] = _digest(found.id, around.viewers)
    return made


def after(fresh: Mapping[str, str]) -> str:
    """Return how a page looks, as it says when it asks for news."""
    return ".".join(fresh.get(part, "") for part in PARTS)


def of_thread(found: Desk, reader: Reader) -> str:
    """Return what stays the same as long as a thread does; its days have names."""
    today = reader.now.astimezone(reader.zone).date().isoformat()
    return _digest(found.id, found.revision, today, reader.someone.role)


def of_counts(look: Look, counts: Mapping[str, int]) -> str:
    """Return what stays the same as long as the numbers beside a list do."""
    return _digest(look.view, counts)


def _rows(
    connection: Connection, look: Look, staff_id: int, listed: Sequence[Line] | None
) -> Any:
    """Return what tells how the list looks."""
    if look.asked:
        # What was found stays until the minute, or a count, changes.
        return look.asked
    if listed is not None:
        return [(line.id, line.revision, bool(line.is_unread)) for line in listed]
    most = look.lines + 1
    return queue.revisions(connection, look.view, staff_id, most, look.filter)


def _digest(*facts: Any) -> str:
    told = [tongue.spoken(), *facts]
    return hashlib.sha256(orjson.dumps(told)).hexdigest()[:12]
