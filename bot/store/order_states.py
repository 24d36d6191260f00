"""How orders stood when their shop last told us: what is older changes nothing.

A row is of an order, or of one of its parcels. Neither name, address nor price.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, String, Text, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.arrivals import insert
from bot.store.models import Base
from bot.store.types import AnyRow
from flows.standing import WHOLE


class OrderState(Base):
    """The state of an order, or of one parcel, as of a moment that its shop names."""

    __tablename__ = "order_state"

    number: Mapped[str] = mapped_column(String(40), primary_key=True)
    part: Mapped[str] = mapped_column(String(80), primary_key=True)
    word: Mapped[str] = mapped_column(String(32))
    url: Mapped[str | None] = mapped_column(Text)
    #: The shop's own id of the order, by which it asks to forget it.
    shop_id: Mapped[str] = mapped_column(String(40), index=True)
    changed_at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True, kw_only=True)
class Part:
    """How an order stands, or a parcel of it."""

    part: str
    word: str
    url: str | None = None


def of(connection: Connection, number: str) -> Sequence[AnyRow]:
    """Return how an order and its parcels stand, the order itself first."""
    return connection.execute(
        select(*OrderState.__table__.columns)
        .where(OrderState.number == number)
        .order_by(OrderState.part)
    ).all()


def note(
    connection: Connection,
    number: str,
    at: datetime,
    parts: Sequence[Part],
    shop_id: str,
) -> bool:
    """Note how an order stood at a moment; return False if all of it is old news.

    What is told of the whole is told of each parcel: one that was told of alone is
    not overwritten by what is older than it, nor the other way round.
    """
    known = {row.part: row.changed_at for row in of(connection, number)}
    newer = [
        one
        for one in parts
        if all(known.get(name, at) <= at for name in (WHOLE, one.part))
    ]
    for one in newer:
        row = {**vars(one), "changed_at": at, "shop_id": shop_id}
        connection.execute(
            insert(connection, OrderState)
            .values(number=number, **row)
            .on_conflict_do_update(index_elements=["number", "part"], set_=row)
        )
    return bool(newer)


def numbers_of(connection: Connection, shop_ids: Collection[str]) -> Sequence[str]:
    """Return the numbers of orders that the shop calls so."""
    return connection.scalars(
        select(OrderState.number).where(OrderState.shop_id.in_(shop_ids)).distinct()
    ).all()


def remove(connection: Connection, numbers: Collection[str]) -> None:
    """Forget how these orders stood."""
    connection.execute(delete(OrderState).where(OrderState.number.in_(numbers)))


def remove_all(connection: Connection) -> None:
    """Forget how any order stood."""
    connection.execute(delete(OrderState))


def forget(connection: Connection, oldest: datetime) -> int:
    """Remove what has not changed since a moment; return how many rows."""
    return connection.execute(
        delete(OrderState).where(OrderState.changed_at < oldest)
    ).rowcount
