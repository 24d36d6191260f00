"""What somebody wants to see again at a moment, while the assistant answers it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, ForeignKey, bindparam, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.arrivals import insert
from bot.store.models import Base, Conversation


class Snooze(Base):
    """A conversation of the assistant's that comes before somebody at ``until``."""

    __tablename__ = "snooze"

    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id"), primary_key=True
    )
    staff_id: Mapped[int] = mapped_column(
        ForeignKey("staff.id"), primary_key=True, index=True
    )
    until: Mapped[datetime]


def keep(
    connection: Connection, conversation_id: int, staff_id: int, until: datetime
) -> None:
    """Note until when somebody wants it out of their sight, in place of another."""
    query = insert(connection, Snooze).values(
        conversation_id=conversation_id, staff_id=staff_id, until=until
    )
    connection.execute(
        query.on_conflict_do_update(
            index_elements=["conversation_id", "staff_id"],
            set_={"until": query.excluded.until},
        )
    )


def end(connection: Connection, conversation_id: int, staff_id: int) -> bool:
    """Forget it; return False if there was none."""
    done = connection.execute(
        delete(Snooze)
        .where(Snooze.conversation_id == conversation_id)
        .where(Snooze.staff_id == staff_id)
    )
    return done.rowcount == 1


def until(
    connection: Connection, conversation_id: int, staff_id: int
) -> datetime | None:
    """Return when a conversation comes before somebody; None: not by itself."""
    asked = {"conversation": conversation_id, "reader": staff_id}
    return connection.scalar(_UNTIL, asked)


_UNTIL = (
    select(Snooze.until)
    .where(Snooze.conversation_id == bindparam("conversation"))
    .where(Snooze.staff_id == bindparam("reader"))
)


def of(reader: Any) -> Any:
    """Return the ids of what somebody wants to see again."""
    # A short name: psycopg reads a long statement anew each time, see `queue._counts`.
    mine = Snooze.__table__.alias("z")
    return select(mine.c.conversation_id).where(mine.c.staff_id == reader)


def column(reader: Any) -> Any:
    """Return until when somebody put a conversation by; null if they have not."""
    mine = Snooze.__table__.alias("z")
    return (
        select(mine.c.until)
        .where(mine.c.conversation_id == Conversation.id, mine.c.staff_id == reader)
        .correlate(Conversation)
        .scalar_subquery()
    )
