"""What was deleted and can be brought back: replies, labels, pins, what was taught."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select

from bot.store.audit import Trace
from bot.store.people import Staff
from bot.store.teamwork import Trashed
from bot.store.types import AnyRow, Payload

LONGEST_NAME = 60


class Kind(StrEnum):
    """What a thing in the trash was."""

    CANNED = "canned"
    LABEL = "label"
    PIN = "pin"
    LESSON = "lesson"


def put(
    connection: Connection, kind: Kind, name: str, kept: Payload, trace: Trace
) -> int:
    """Keep what is deleted, under what it was called; return its number here.

    A long name begins like it: *kept* has all that it takes to have it back.
    """
    query = insert(Trashed).values(
        kind=kind.value,
        name=name[:LONGEST_NAME],
        kept=kept,
        staff_id=trace.staff_id,
        at=trace.at,
    )
    return connection.execute(query.returning(Trashed.id)).scalar_one()


def everything(connection: Connection, kind: Kind) -> Sequence[AnyRow]:
    """Return what lies here, what was deleted last first: with who did so, and when."""
    return connection.execute(
        select(
            Trashed.id, Trashed.name, Trashed.kept, Trashed.at, Staff.name.label("by")
        )
        .outerjoin(Staff, Staff.id == Trashed.staff_id)
        .where(Trashed.kind == kind.value)
        .order_by(Trashed.at.desc(), Trashed.id.desc())
    ).all()


def find(connection: Connection, kind: Kind, trashed_id: int) -> AnyRow | None:
    """Return one of them, locked until the transaction ends; None if it is gone."""
    return connection.execute(
        select(Trashed.id, Trashed.name, Trashed.kept)
        .where(Trashed.id == trashed_id, Trashed.kind == kind.value)
        .with_for_update()
    ).first()


def take_out(connection: Connection, trashed_id: int) -> None:
    """Forget what is in use again."""
    connection.execute(delete(Trashed).where(Trashed.id == trashed_id))
