"""How sure the assistant must be before it answers: what admins wanted, and when."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.store import knowledge
from bot.store.arrivals import insert
from bot.store.people import Staff
from bot.store.teaching import PrecisionVersion
from bot.store.types import AnyRow


def wanted(connection: Connection) -> float | None:
    """Return the precision that an admin wants, None if nobody has said."""
    return connection.scalar(
        select(PrecisionVersion.precision)
        .order_by(PrecisionVersion.number.desc())
        .limit(1)
    )


def newest(connection: Connection) -> int:
    """Return the number of the newest wish, 0 if there was none."""
    return connection.scalar(select(func.max(PrecisionVersion.number))) or 0


def want(
    connection: Connection, precision: float, *, number: int, now: datetime, who: int
) -> bool:
    """Want another precision, unless somebody did since wish *number* was read."""
    if newest(connection) != number:
        return False
    connection.execute(
        insert(connection, PrecisionVersion).values(
            number=number + 1, precision=precision, staff_id=who, at=now
        )
    )
    knowledge.changed(connection)
    return True


def history(connection: Connection) -> Sequence[AnyRow]:
    """Return every wish, the newest first."""
    return connection.execute(
        select(
            PrecisionVersion.number,
            PrecisionVersion.precision,
            PrecisionVersion.at,
            Staff.name.label("author"),
        )
        .outerjoin(Staff, Staff.id == PrecisionVersion.staff_id)
        .order_by(PrecisionVersion.number.desc())
    ).all()
