"""How customers found what was done for them: asked once, marked, counted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    ForeignKey,
    Identity,
    String,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.models import Base, Id

#: A customer who asks the assistant much is asked back no more than daily.
DAY = timedelta(days=1)
GOOD = "satisfied"


class Satisfaction(Base):
    """A customer who was asked, and the mark they gave.

    Of a person's work it names the ``staff_id``, of the assistant's the ``goal``: an
    intent. ``score`` is satisfied or unsatisfied, ``reason`` what a bad mark is for.
    """

    __tablename__ = "satisfaction"

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id"), index=True
    )
    goal: Mapped[str | None] = mapped_column(String(200))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime] = mapped_column(index=True)
    score: Mapped[str | None] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(String(32))
    answered_at: Mapped[datetime | None]


@dataclass(frozen=True, kw_only=True)
class Marks:
    """How many were asked in a stretch of time, how many answered, how many well."""

    asked: int = 0
    answered: int = 0
    good: int = 0

    @property
    def bad(self) -> int:
        """Return how many found it bad."""
        return self.answered - self.good

    @property
    def share(self) -> float | None:
        """Return the share of good marks; None where nobody gave one."""
        return self.good / self.answered if self.answered else None


def asked_lately(connection: Connection, conversation_id: int, now: datetime) -> bool:
    """Whether a customer was asked within a day."""
    query = select(func.count()).select_from(Satisfaction)
    mine = Satisfaction.conversation_id == conversation_id
    return bool(connection.scalar(query.where(mine, Satisfaction.asked_at > now - DAY)))


def is_open(connection: Connection, conversation_id: int, now: datetime) -> bool:
    """Whether a customer was asked within a day and has not answered."""
    newest = _newest(connection, conversation_id)
    return newest is not None and newest.score is None and newest.asked_at > now - DAY


def asked(
    connection: Connection,
    conversation_id: int,
    now: datetime,
    *,
    goal: str | None,
    staff_id: int | None,
) -> None:
    """Note that a customer is asked."""
    whose = {"conversation_id": conversation_id, "goal": goal, "staff_id": staff_id}
    connection.execute(insert(Satisfaction).values(**whose, asked_at=now))


def mark(
    connection: Connection,
    conversation_id: int,
    now: datetime,
    *,
    score: str,
    reason: str | None,
) -> None:
    """Keep the mark that a customer gave to what they were asked about last."""
    newest = _newest(connection, conversation_id)
    if newest is not None:
        values = {"score": score, "reason": reason, "answered_at": now}
        mine = Satisfaction.id == newest.id
        connection.execute(update(Satisfaction).where(mine).values(**values))


def marks(connection: Connection, since: datetime) -> Marks:
    """Return what was asked and answered from *since* on."""
    good = func.count().filter(Satisfaction.score == GOOD)
    query = select(func.count(), func.count(Satisfaction.score), good)
    row = connection.execute(query.where(Satisfaction.asked_at >= since)).one()
    return Marks(asked=row[0], answered=row[1], good=row[2])


def _newest(connection: Connection, conversation_id: int) -> Any:
    return connection.execute(
        select(Satisfaction.id, Satisfaction.score, Satisfaction.asked_at)
        .where(Satisfaction.conversation_id == conversation_id)
        .order_by(Satisfaction.id.desc())
        .limit(1)
    ).first()
