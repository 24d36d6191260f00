"""What editors set going that outlasts their page: publishing, and what follows.

What is to be made live waits for its check; a deletion is done, and what follows from
it is looked at. All of it lies here, so that neither a closed page nor a restart loses
it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Connection,
    ForeignKey,
    Identity,
    Index,
    String,
    Text,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.store import variants
from bot.store.extras import Extras
from bot.store.knowledge import Faq
from bot.store.models import Base, Id
from bot.store.people import Staff
from bot.store.types import AnyRow, Name, Payload


class Kind(StrEnum):
    """What was set going."""

    PUBLISH = "publish"
    DELETE = "delete"
    BRING_BACK = "bring_back"
    IMPORT = "import"
    TEACH = "teach"
    TEACH_AGAIN = "teach_again"
    TAKE_BACK = "take_back"
    REWORD = "reword"
    SURENESS = "sureness"


class State(StrEnum):
    """How far it is."""

    CHECKING = "checking"
    HELD = "held"  # somebody has to decide
    NOTED = "noted"  # done; there is something to be told
    DONE = "done"


class Undertaken(Base):
    """Something that an editor set going, called by ``question`` where nothing fits.

    Of the same ``name`` and ``kind`` one editor has one. ``change`` is what it takes to
    do it, ``told`` what came of it: counted, without a word that a customer wrote.
    ``doing``, ``seen`` and ``total`` are of its check.
    """

    __tablename__ = "undertaken"
    __table_args__ = (Index("ix_undertaken_state", "state"),)

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    kind: Mapped[Kind] = mapped_column(Name(Kind))
    name: Mapped[str] = mapped_column(String(120))
    question: Mapped[str] = mapped_column(Text)
    change: Mapped[dict[str, Any]]
    state: Mapped[State] = mapped_column(Name(State))
    told: Mapped[dict[str, Any]]
    doing: Mapped[str] = mapped_column(String(16), default="waiting")
    seen: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]


@dataclass(frozen=True, kw_only=True)
class What:
    """What is set going: with what, what that is called, and all it takes."""

    kind: Kind
    name: str
    question: str
    change: Payload


_COLUMNS = (*Undertaken.__table__.columns, Staff.name.label("by"))


def begin(
    connection: Connection, what: What, *, staff_id: int | None, now: datetime
) -> int:
    """Keep what was set going in place of the same before it; return its number.

    What somebody else set going with the same entry is theirs, and stays. Of two
    presses at the same moment the second waits, and then takes the place of the first.
    """
    theirs = select(Staff.id).where(Staff.id == staff_id)
    connection.execute(theirs.with_for_update(key_share=True))
    end(connection, what.name, what.kind, staff_id)
    query = insert(Undertaken).values(
        **vars(what), state=State.CHECKING, told={}, staff_id=staff_id, at=now
    )
    return connection.execute(query.returning(Undertaken.id)).scalar_one()


def find(connection: Connection, undertaken_id: int) -> AnyRow | None:
    """Return one of them."""
    return connection.execute(_all().where(Undertaken.id == undertaken_id)).first()


def last(connection: Connection, name: str, kind: Kind) -> AnyRow | None:
    """Return the newest of a kind with an entry, also one that has ended."""
    query = _all().where(Undertaken.name == name, Undertaken.kind == kind)
    return connection.execute(query.order_by(Undertaken.id.desc())).first()


def running(connection: Connection) -> Sequence[AnyRow]:
    """Return those whose check has not ended, the oldest first."""
    query = _all().where(Undertaken.state == State.CHECKING)
    return connection.execute(query.order_by(Undertaken.id)).all()


def standing(connection: Connection) -> Sequence[AnyRow]:
    """Return all that somebody waits for or is to be told of, the newest first."""
    return connection.execute(
        _all().where(_is_open()).order_by(Undertaken.id.desc())
    ).all()


def reached(
    connection: Connection, undertaken_id: int, doing: str, seen: int, total: int
) -> None:
    """Note how far a check is."""
    connection.execute(
        update(Undertaken)
        .where(Undertaken.id == undertaken_id, Undertaken.state == State.CHECKING)
        .values(doing=doing, seen=seen, total=total)
    )


def close(
    connection: Connection, undertaken_id: int, state: State, told: Payload
) -> bool:
    """Note what came of it; False if somebody has ended or called it off meanwhile."""
    done = connection.execute(
        update(Undertaken)
        .where(Undertaken.id == undertaken_id, Undertaken.state == State.CHECKING)
        .values(state=state, told=told)
    )
    return done.rowcount == 1


def tell(connection: Connection, undertaken_id: int, told: Payload) -> None:
    """Note what came of it: under which name it is live, what it is held for."""
    query = update(Undertaken).where(Undertaken.id == undertaken_id)
    connection.execute(query.values(told=told))


def check_again(connection: Connection, undertaken_id: int) -> None:
    """Let one be checked again that waits for a decision: nobody knows why any more."""
    connection.execute(
        update(Undertaken)
        .where(Undertaken.id == undertaken_id, Undertaken.state == State.HELD)
        .values(state=State.CHECKING, told={}, doing="waiting", seen=0, total=0)
    )


def dismiss(connection: Connection, undertaken_id: int) -> bool:
    """Let one of them be, because somebody has seen it or wants it no more.

    False if it has ended already: then what came of it stays told.
    """
    done = connection.execute(
        update(Undertaken)
        .where(Undertaken.id == undertaken_id, _is_open())
        .values(state=State.DONE, told={})
    )
    return done.rowcount == 1


def end(
    connection: Connection, name: str, kind: Kind, staff_id: int | None = None
) -> None:
    """Let those of a kind with an entry be, or only somebody's: it is another now."""
    query = update(Undertaken).where(
        Undertaken.name == name, Undertaken.kind == kind, _is_open()
    )
    if staff_id is not None:
        query = query.where(Undertaken.staff_id == staff_id)
    connection.execute(query.values(state=State.DONE, told={}))


def kept(entry: Faq) -> Payload:
    """Return an entry as it is kept until it is published."""
    return {
        "question": entry.question,
        "phrasings": list(entry.phrasings),
        "answers": entry.answers,
        "titles": entry.titles,
        "live": entry.live,
        "extras": entry.extras.to_json(),
        "variants": variants.to_json(entry.variants),
    }


def what(row: AnyRow) -> What:
    """Return what a row was set going with."""
    return What(kind=row.kind, name=row.name, question=row.question, change=row.change)


def entry_of(what: What) -> Faq:
    """Return the entry that is to be published."""
    return entry_from({**what.change["entry"], "name": what.name})


def entry_from(found: Payload) -> Faq:
    """Return an entry that was kept with its name."""
    return Faq(
        name=found["name"],
        question=found["question"],
        phrasings=tuple(found["phrasings"]),
        answers=found["answers"],
        titles=found["titles"],
        live=found["live"],
        extras=Extras.from_json(found["extras"]),
        variants=variants.from_json(found["variants"]),
    )


def forget(connection: Connection, oldest: datetime) -> int:
    """Remove what was set going before a moment; return how many rows."""
    return connection.execute(delete(Undertaken).where(Undertaken.at < oldest)).rowcount


def _all() -> Any:
    return select(*_COLUMNS).outerjoin(Staff, Staff.id == Undertaken.staff_id)


def _is_open() -> Any:
    return Undertaken.state != State.DONE
