"""By what one sees that a part of the inbox's page has changed."""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy import Connection

from bot import tongue
from bot.inbox import customer, looking
from bot.inbox.looking import Look, Reader
from bot.store import labels, presence, queue
from bot.store.desk import Desk
from bot.store.lists import View

PARTS = ("queue", "thread", "customer", "answer", "people", "viewers")


def of(
    connection: Connection,
    look: Look,
    found: Desk | None,
    reader: Reader,
    counts: Mapping[str, int],
) -> dict[str, str]:
    """Return for each part of the page what stays the same as long as it does.

    Revisions and ids, no clock of the database and no highest number: a change
    that is committed late is seen all the same. The minute is in it where a part
    says how long ago something was.
    """
    someone, now, zone = reader.someone, reader.now, reader.zone
    minute = int(now.timestamp() // 60)
    most, wanted = look.lines + 1, look.filter
    # What was found stays until the minute, or a count, changes.
    rows = (
        look.asked
        if look.asked
        else queue.revisions(connection, look.view, someone.id, most, wanted)
    )
    people = presence.everybody(connection)
    dots = people if look.view is View.COLLEAGUES else None
    made = {
        "queue": _digest(look.view, rows, counts, minute, someone.role, dots),
        "people": _digest(people, someone.id),
    }
    if found is not None:
        reach = customer.reach(found, now)
        today = now.astimezone(zone).date().isoformat()
        state = (found.epoch, reach.words, found.is_parked, found.snoozed_until)
        made["thread"] = _digest(found.id, found.revision, today, someone.role)
        tags = labels.everything(connection)
        made["customer"] = _digest(found.id, found.revision, minute, tags)
        until = str(reach.until)
        made["answer"] = _digest(found.id, state, until, someone.role, look.writing)
        made["viewers"] = _digest(
            found.id, looking.others(connection, found.id, someone)
        )
    return made


def _digest(*facts: Any) -> str:
    told = [tongue.spoken(), *facts]
    return hashlib.sha256(orjson.dumps(told)).hexdigest()[:12]
