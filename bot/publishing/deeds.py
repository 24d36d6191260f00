"""What is checked and made live, whatever it is: one way for all kinds of it.

At once by a page that knows what its check says, later by the server that has waited
for that (bot/undertaking.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot.change import Change
from bot.publishing import entries, lessons, sureness, wordings
from bot.publishing.overtaken import OvertakenError
from bot.store import staff, undertaken
from bot.store.audit import Trace
from bot.store.people import Role
from bot.store.types import AnyRow, Payload
from bot.store.undertaken import Kind, State, What
from bot.wiring import Parts

#: Does it, although something breaks if there is a reason; returns what came of it.
Do: TypeAlias = Callable[[Connection, What, Trace, str | None], Payload]


def _nothing(connection: Connection, what: What) -> None:
    """Nothing else can have become otherwise than what is saved over."""


@dataclass(frozen=True, kw_only=True)
class Deed:
    """How one kind is made live."""

    #: What it changes, to be checked.
    change: Callable[[What], Change]
    do: Do
    #: What speaks against it beside its check where that took long, if anything.
    against: Callable[[Connection, What], Payload | None] = _nothing


DEEDS: Mapping[Kind, Deed] = {
    Kind.PUBLISH: Deed(
        change=entries.change, do=entries.publish, against=entries.against
    ),
    Kind.BRING_BACK: Deed(
        change=entries.change, do=entries.bring_back, against=entries.against
    ),
    Kind.IMPORT: Deed(
        change=entries.change_of_several,
        do=entries.publish_several,
        against=entries.against_several,
    ),
    Kind.TEACH: Deed(change=lessons.change, do=lessons.teach, against=lessons.against),
    Kind.TEACH_AGAIN: Deed(
        change=lessons.change, do=lessons.teach_again, against=lessons.against
    ),
    Kind.TAKE_BACK: Deed(change=lessons.change_back, do=lessons.take_back),
    Kind.REWORD: Deed(change=wordings.change, do=wordings.say),
    Kind.SURENESS: Deed(change=sureness.change, do=sureness.want),
}


def change(what: What) -> Change:
    """Return what it changes, to be checked."""
    return DEEDS[what.kind].change(what)


def change_of(parts: Parts, row: AnyRow) -> Change:
    """Return what it changes that was set going, as things stand now."""
    with parts.database.read() as connection:
        return change(entries.named(connection, undertaken.what(row)))


def do(parts: Parts, what: What, by: Trace, despite: str | None = None) -> Payload:
    """Do it now, and return what came of it; raise OvertakenError if nothing did."""
    deed = DEEDS[what.kind]
    told = _done(parts, lambda connection: deed.do(connection, what, by, despite))
    return _let_learn(parts, told)


def do_late(parts: Parts, what: What, by: Trace, despite: str | None) -> Payload:
    """Do what has waited: the same, unless something else became otherwise."""
    deed = DEEDS[what.kind]

    def job(connection: Connection) -> Payload:
        _refuse(deed.against(connection, what))
        return deed.do(connection, what, by, despite)

    return _let_learn(parts, _done(parts, job))


def _let_learn(parts: Parts, told: Payload) -> Payload:
    if told.get("learns"):
        parts.teaching.ask()
    return told


def carry_out(parts: Parts, row: AnyRow) -> bool:
    """Do what was set going, or have a person decide; return whether it is done."""
    what, deed = undertaken.what(row), DEEDS[row.kind]
    address = row.change.get("address")
    by = Trace(staff_id=row.staff_id, at=parts.clock(), address=address)

    def job(connection: Connection) -> Payload:
        if not undertaken.close(connection, row.id, State.DONE, {}):
            return {}  # called off meanwhile
        _refuse(None if _may(connection, row) else {"why": "left"})
        _refuse(deed.against(connection, what))
        told = deed.do(connection, what, by, None)
        told |= {"done": True}
        undertaken.tell(connection, row.id, told)
        return told

    try:
        return bool(_done(parts, job))
    except OvertakenError as error:
        why = error.told
        parts.database.write(
            lambda connection: undertaken.close(connection, row.id, State.HELD, why)
        )
        return False


def _may(connection: Connection, row: AnyRow) -> bool:
    """Return whether who set it going is still here, and may still do that."""
    person = staff.by_id(connection, row.staff_id)
    wanted = Role.ADMIN if row.kind is Kind.SURENESS else Role.EDITOR
    return person is not None and staff.may(person.role, wanted)


def _refuse(why: Payload | None) -> None:
    if why is not None:
        raise OvertakenError(**why)


def _done(parts: Parts, job: Callable[[Connection], Payload]) -> Payload:
    try:
        return parts.database.write(job)
    except IntegrityError:  # somebody saved the same number at the same moment
        raise OvertakenError("saved") from None
