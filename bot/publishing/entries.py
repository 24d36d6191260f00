"""Make entries of the FAQ live: new ones, changed, restored, brought back, from a file.

What became otherwise since somebody wanted it is decided by a person: another saved
the entry, or deleted it, or one of its phrasings stands elsewhere by now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Connection

from bot.change import Change
from bot.content import PREFIX
from bot.publishing.overtaken import OvertakenError, clash
from bot.store import audit, faq, knowledge, lessons, undertaken
from bot.store.audit import Action, Detail, Trace
from bot.store.faq import Version
from bot.store.knowledge import Faq
from bot.store.types import Payload
from bot.store.undertaken import Kind, What
from bot.tongue import english, shape
from intents.text import as_said

#: The longer one first: a sentence is known by the first shape that it has.
RESTORED_DESPITE = shape("restored version {number}. {despite}")
RESTORED = shape("restored version {number}")
#: What a version keeps that an agent proposed and no editor has saved since.
PROPOSED = english("proposed from a conversation")
#: What a file's questions are carried on under: one file at a time is enough.
FILE = "import"


def new(entry: Faq, *, turn: int | None = None, is_proposed: bool = False) -> What:
    """Return what it is to add an entry, taught from the message of a turn.

    It *is proposed* by somebody who may not publish: then it is a draft.
    """
    return _publication(entry, edited_from=0, turn=turn, proposed=is_proposed)


def changed(
    entry: Faq,
    *,
    edited_from: int,
    is_deleted: bool = False,
    turn: int | None = None,
    restored: int | None = None,
) -> What:
    """Return what it is to save an entry over the version it was *edited from*.

    Whoever saves it knows whether it *is deleted*. What is *restored* is an older
    version, by its number.
    """
    how = {"deleted": is_deleted, "turn": turn, "restored": restored}
    return _publication(entry, edited_from=edited_from, **how)


def _publication(entry: Faq, **how: object) -> What:
    return What(
        kind=Kind.PUBLISH,
        name=entry.name,
        question=entry.question,
        change={"entry": undertaken.kept(entry), **how},
    )


def brought_back(entry: Faq) -> What:
    """Return what it is to put a deleted entry into use again."""
    change = {"entry": undertaken.kept(entry)}
    name, question = entry.name, entry.question
    return What(kind=Kind.BRING_BACK, name=name, question=question, change=change)


def several(entries: Iterable[Faq], versions: Mapping[str, int]) -> What:
    """Return what it is to save entries from a file, over *versions* by name."""
    kept = [{**undertaken.kept(one), "name": one.name} for one in entries]
    change = {"entries": kept, "versions": {**versions}}
    return What(kind=Kind.IMPORT, name=FILE, question="", change=change)


def change(what: What) -> Change:
    """Return what a publication changes."""
    return Change(entry=undertaken.entry_of(what))


def change_of_several(what: What) -> Change:
    """Return what it changes to save them all."""
    return Change(more=tuple(map(undertaken.entry_from, what.change["entries"])))


def named(connection: Connection, what: What) -> What:
    """Return a publication; of a new entry under a name that nobody has taken."""
    if what.kind is not Kind.PUBLISH or what.change["edited_from"]:
        return what
    return replace(what, name=_named(connection, undertaken.entry_of(what)).name)


def against(connection: Connection, what: What) -> Payload | None:
    """Return which phrasing stands elsewhere by now, None if none does.

    Nobody changes that until the transaction ends.
    """
    # Who saves has the entry first, and then what is taught: so have we.
    faq.is_deleted(connection, what.name)
    knowledge.hold(connection)
    new = undertaken.entry_of(named(connection, what))
    return clash(connection, new.phrasings, new.name)


def against_several(connection: Connection, what: What) -> Payload | None:
    """Return the same of any of them."""
    knowledge.hold(connection)
    for one in change_of_several(what).more:
        if (why := clash(connection, one.phrasings, one.name)) is not None:
            return why
    return None


def publish(
    connection: Connection, what: What, by: Trace, despite: str | None
) -> Payload:
    """Save an entry as its newest version, a new one under a name that is free."""
    if not what.change["edited_from"]:
        knowledge.hold(connection)
        if (same := _same(connection, undertaken.entry_of(what))) is not None:
            return {"name": same, "learns": True}
    known = _edited(connection, what)
    entry, number = _saved(connection, what, by, _note(what, despite))
    _log(connection, replace(what, name=entry.name), by, despite, number)
    _mark(connection, what, entry.name, by)
    learns = known is None or _learns(known, entry)
    return {"name": entry.name, "learns": learns, "number": number}


def _saved(
    connection: Connection, what: What, by: Trace, note: str | None
) -> tuple[Faq, int]:
    """Save an entry; of two new ones that chose the same name one gets another."""
    entry, edited_from = undertaken.entry_of(what), what.change["edited_from"]
    number = None
    while number is None:
        entry = entry if edited_from else _named(connection, entry)
        number = _save(connection, entry, by, note, edited_from)
        if number is None and edited_from:
            raise OvertakenError("saved")
    return entry, number


def _save(
    connection: Connection, entry: Faq, by: Trace, note: str | None, version: int
) -> int | None:
    """Save an entry over a version, 0 for none; None if there is another by now."""
    at, who = by.at, by.staff_id
    return knowledge.save(
        connection, entry, now=at, staff_id=who, note=note, version=version
    )


def _same(connection: Connection, entry: Faq) -> str | None:
    """Return the name of an entry that says this very same: it was pressed twice.

    Raise OvertakenError if its phrasings were added meanwhile by somebody else.
    """
    for one in knowledge.faq(connection):
        if replace(entry, name=one.name) == one:
            return one.name
    new = _named(connection, entry)
    if (why := clash(connection, new.phrasings, new.name)) is not None:
        raise OvertakenError(**why)
    return None


def _edited(connection: Connection, what: What) -> Version | None:
    """Return the version that is saved over, as it was opened; a new one has none."""
    edited_from = what.change["edited_from"]
    if not edited_from:
        return None
    is_gone = faq.is_deleted(connection, what.name)
    known = faq.entry(connection, what.name)
    if known is None or known.number != edited_from:
        raise OvertakenError("saved", by=known.author if known else None)
    if is_gone > what.change["deleted"]:
        raise OvertakenError("deleted")
    return known


def _learns(known: Version, entry: Faq) -> bool:
    """Return whether a model has to learn it first: not if only the answer is new."""
    return known.deleted_at is not None or is_learnt(known.phrasings, entry.phrasings)


def is_learnt(before: Iterable[str], after: Iterable[str]) -> bool:
    """Return whether a model has to learn phrasings: not if they read as before."""
    return {*map(as_said, before)} != {*map(as_said, after)}


def _note(what: What, despite: str | None) -> str | None:
    """Return what a version keeps of how it came to be."""
    number = what.change.get("restored")
    if what.change.get("proposed"):
        return PROPOSED
    if not number:
        return despite
    if despite is None:
        return RESTORED.format(number=number)
    return RESTORED_DESPITE.format(number=number, despite=despite)


def _log(
    connection: Connection, what: What, by: Trace, despite: str | None, number: int
) -> None:
    """Write down what was saved; what was looked at since it was deleted is over."""
    change = what.change
    told: dict[str, Detail] = {"live": change["entry"]["live"], **reason(despite)}
    if not change["edited_from"]:
        is_proposed = change.get("proposed")
        action = Action.FAQ_PROPOSED if is_proposed else Action.FAQ_ADDED
        audit.note(connection, by, action, what.name, **told)
        return
    undertaken.end(connection, what.name, Kind.DELETE)
    told["version"], restored = number, change.get("restored")
    if restored:
        told["restored"] = restored
    action = Action.FAQ_RESTORED if restored else Action.FAQ_CHANGED
    audit.note(connection, by, action, what.name, **told)


def _mark(connection: Connection, what: What, name: str, by: Trace) -> None:
    """Note at the message it was taught from that this was done."""
    turn, taught = what.change.get("turn"), lessons.Kind.TAUGHT
    if turn is None:
        return
    intent, who = PREFIX + name, by.staff_id
    lessons.mark(connection, turn, taught, now=by.at, staff_id=who, intent=intent)


def _named(connection: Connection, entry: Faq) -> Faq:
    """Return a new entry under its name, or one beside it that nobody has taken."""
    taken = set(faq.names(connection))
    names = [entry.name, *(f"{entry.name}_{n}" for n in range(2, len(taken) + 3))]
    return replace(entry, name=next(one for one in names if one not in taken))


def bring_back(
    connection: Connection, what: What, by: Trace, despite: str | None
) -> Payload:
    """Put a deleted entry into use again; who asks twice has it back already."""
    if faq.bring_back(connection, what.name):
        told = reason(despite)
        audit.note(connection, by, Action.FAQ_BROUGHT_BACK, what.name, **told)
        undertaken.end(connection, what.name, Kind.DELETE)
    return {"name": what.name, "learns": True}


def publish_several(
    connection: Connection, what: What, by: Trace, despite: str | None
) -> Payload:
    """Save them all, or none if somebody saved one of them meanwhile."""
    versions = what.change["versions"]
    for entry in change_of_several(what).more:
        number = _save(connection, entry, by, despite, versions.get(entry.name, 0))
        if number is None:
            raise OvertakenError("saved")
        is_new = entry.name not in versions
        action = Action.FAQ_ADDED if is_new else Action.FAQ_CHANGED
        told = {"live": entry.live, **reason(despite)}
        audit.note(connection, by, action, entry.name, **told)
    return {"learns": True}


def reason(despite: str | None) -> dict[str, Detail]:
    """Return what the audit log keeps of why something was done all the same."""
    return {"reason": despite} if despite else {}
