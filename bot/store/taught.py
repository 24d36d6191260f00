"""What people taught from conversations, to be looked through and taken back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, or_, select

from bot.store.lessons import Kind
from bot.store.models import Turn
from bot.store.people import Staff
from bot.store.teaching import TaughtPhrasing, TurnMark
from bot.store.types import AnyRow

#: Marks that are looked at, the newest.
MOST_MARKS = 2000
#: Of a message that was taught: its mark says so.
OF_LESSONS = (Kind.TAUGHT.value, Kind.OUT_OF_SCOPE.value)


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What somebody said of one answer, and of which message."""

    turn_id: int
    kind: Kind
    text: str
    language: str
    #: What the assistant had made of it.
    intent: str | None
    conversation_id: int
    at: datetime
    author: str | None


def find(connection: Connection, lesson_id: int) -> AnyRow | None:
    """Return what was taught of one phrasing, locked until the transaction ends."""
    return connection.execute(
        select(*TaughtPhrasing.__table__.columns)
        .where(TaughtPhrasing.id == lesson_id)
        .with_for_update()
    ).first()


def marked(connection: Connection, turn_id: int | None = None) -> list[Mark]:
    """Return the marks by which nothing was learned, all or of one turn, newest first.

    An answer that was wrong, and what an agent found to be not for the assistant.
    """
    learned = (
        select(TaughtPhrasing.id)
        .where(TaughtPhrasing.at == TurnMark.at)
        .where(TaughtPhrasing.staff_id == TurnMark.staff_id)
    )
    of_agents = (TurnMark.kind == Kind.OUT_OF_SCOPE.value) & ~learned.exists()
    query = (
        select(
            TurnMark.turn_id,
            TurnMark.kind,
            Turn.trace["parse"]["text"].as_string().label("text"),
            Turn.trace["parse"]["language"].as_string().label("language"),
            Turn.intent,
            Turn.conversation_id,
            TurnMark.at,
            Staff.name.label("author"),
        )
        .join(Turn, Turn.id == TurnMark.turn_id)
        .outerjoin(Staff, Staff.id == TurnMark.staff_id)
        .where(or_(TurnMark.kind == Kind.WRONG.value, of_agents))
        .order_by(TurnMark.at.desc(), TurnMark.turn_id.desc())
        .limit(MOST_MARKS)
    )
    if turn_id is not None:
        query = query.where(TurnMark.turn_id == turn_id)
    return [
        Mark(
            **{
                **row._mapping,
                "kind": Kind(row.kind),
                "language": row.language or "",
            }
        )
        for row in connection.execute(query)
        if row.text
    ]


def turns_of(connection: Connection, lesson: AnyRow) -> Sequence[AnyRow]:
    """Return the turns that were marked as one phrasing was taught, and as what."""
    query = select(TurnMark.turn_id, TurnMark.kind).where(*_with(lesson))
    return connection.execute(query.order_by(TurnMark.turn_id)).all()


def unmark(
    connection: Connection, turns: Collection[int], kinds: Collection[str]
) -> bool:
    """Take marks of these kinds from turns; return whether there were any."""
    done = connection.execute(
        delete(TurnMark).where(TurnMark.turn_id.in_(turns), TurnMark.kind.in_(kinds))
    )
    return done.rowcount > 0


def _with(lesson: AnyRow) -> tuple[ColumnElement[bool], ...]:
    """Both are of one request: of the same moment, by the same person."""
    return (
        TurnMark.at == lesson.at,
        TurnMark.staff_id == lesson.staff_id,
        TurnMark.kind.in_(OF_LESSONS),
    )
