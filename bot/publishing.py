"""Publish what its editor need not wait for: its check has ended, nothing stops it.

What became otherwise meanwhile is decided by a person: another saved the entry, or
deleted it, or one of its phrasings stands elsewhere by now.
"""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from bot.content import PREFIX
from bot.store import audit, faq, knowledge, lessons, staff, undertaken
from bot.store.audit import Action, Trace
from bot.store.knowledge import Faq
from bot.store.people import Role
from bot.store.types import AnyRow, Payload
from bot.store.undertaken import State
from bot.wiring import Parts
from intents.text import as_said


class OvertakenError(Exception):
    """Somebody saved the entry in this very moment: nothing was done."""


def publish(parts: Parts, row: AnyRow) -> bool:
    """Make what waited live, or have its editor decide; return whether it is live."""
    now = parts.clock()
    by = Trace(staff_id=row.staff_id, at=now, address=row.change.get("address"))

    def job(connection: Connection) -> bool:
        why = against(connection, row)
        if why is not None:
            undertaken.close(connection, row.id, State.HELD, why)
            return False
        if not undertaken.close(connection, row.id, State.DONE, {}):
            return False  # called off meanwhile
        learns = _is_learnt(connection, row)
        name = _saved(connection, row, by)
        undertaken.published(connection, row.id, name, learns=learns)
        return True

    try:
        return parts.database.write(job)
    except OvertakenError:
        return False  # it is looked at again


def against(connection: Connection, row: AnyRow) -> Payload | None:
    """Return what became otherwise since it was set going, None if nothing did.

    Of what is published anew nobody changes anything until the transaction ends.
    """
    if not _may_publish(connection, row):
        return {"why": "left"}
    change, is_gone = row.change, faq.is_deleted(connection, row.name)
    known = faq.entry(connection, row.name)
    if change["edited_from"] and known is not None:
        if known.number != change["edited_from"]:
            return {"why": "saved", "by": known.author}
        if is_gone > change["deleted"]:
            return {"why": "deleted"}
    knowledge.hold(connection)
    return clash(connection, entry_of(connection, row))


def _may_publish(connection: Connection, row: AnyRow) -> bool:
    """Return whether who set it going is still here, and may still publish."""
    person = staff.by_id(connection, row.staff_id)
    return person is not None and staff.may(person.role, Role.EDITOR)


def clash(connection: Connection, entry: Faq) -> Payload | None:
    """Return which phrasing stands under another question by now."""
    said = {*map(as_said, entry.phrasings)}
    for other in knowledge.faq(connection):
        if other.name != entry.name:
            for phrase in other.phrasings:
                if as_said(phrase) in said:
                    return {"why": "clash", "phrase": phrase, "title": other.question}
    return None


def entry_of(connection: Connection, row: AnyRow) -> Faq:
    """Return what waited; if it is new, under a name that nobody has taken."""
    entry = undertaken.entry_of(row)
    return entry if row.change["edited_from"] else _named(connection, entry)


def is_learnt(before: Iterable[str], after: Iterable[str]) -> bool:
    """Return whether a model has to learn phrasings: not if only the answer is new."""
    return {*map(as_said, before)} != {*map(as_said, after)}


def _is_learnt(connection: Connection, row: AnyRow) -> bool:
    """Return whether a model has to learn what waited first."""
    known = faq.entry(connection, row.name) if row.change["edited_from"] else None
    if known is None or known.deleted_at is not None:
        return True
    return is_learnt(known.phrasings, undertaken.entry_of(row).phrasings)


def _saved(connection: Connection, row: AnyRow, by: Trace) -> str:
    """Save what waited as the newest version.

    Who else saves waits for us: nobody has since `against` was asked.
    """
    entry, edited_from = entry_of(connection, row), row.change["edited_from"]
    number = knowledge.save(
        connection, entry, now=by.at, staff_id=by.staff_id, version=edited_from
    )
    if number is None:
        raise OvertakenError
    if edited_from:
        undertaken.end(connection, entry.name, undertaken.Kind.DELETE)
        told: dict[str, audit.Detail] = {"version": number, "live": entry.live}
        audit.note(connection, by, Action.FAQ_CHANGED, entry.name, **told)
    else:
        audit.note(connection, by, Action.FAQ_ADDED, entry.name, live=entry.live)
    if row.change.get("turn") is not None:
        lessons.mark(
            connection,
            row.change["turn"],
            lessons.Kind.TAUGHT,
            now=by.at,
            staff_id=by.staff_id,
            intent=PREFIX + entry.name,
        )
    return entry.name


def _named(connection: Connection, entry: Faq) -> Faq:
    """Return a new entry under its name, or one beside it that nobody has taken."""
    taken = set(faq.names(connection))
    names = [entry.name, *(f"{entry.name}_{n}" for n in range(2, len(taken) + 3))]
    return replace(entry, name=next(one for one in names if one not in taken))
