"""Which customers want to hear of which orders, and what they have heard."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    ForeignKey,
    Identity,
    String,
    UniqueConstraint,
    delete,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.arrivals import insert
from bot.store.models import Base, Conversation, Customer, Id
from bot.store.types import AnyRow

#: After which nobody waits for an order any more.
LONGEST = timedelta(days=90)


class OrderWatch(Base):
    """That a customer who has proved an order wants to be told when it moves.

    ``order_key`` is its number as order states are kept under it, ``told`` what the
    customer knows: parts and their states, as `flows.standing.key` writes them.
    """

    __tablename__ = "order_watch"
    __table_args__ = (UniqueConstraint("customer_id", "order_key"),)

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    order_key: Mapped[str] = mapped_column(String(40), index=True)
    number: Mapped[str] = mapped_column(String(40))
    told: Mapped[list[Any]]
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]


def begin(
    connection: Connection,
    customer_id: int,
    order: tuple[str, str],
    told: Sequence[str],
    now: datetime,
) -> int:
    """Let a customer hear of an order, by its key and number; return the watch."""
    key, number = order
    row = {"number": number, "told": [*told], "since": now, "ended_at": None}
    query = insert(connection, OrderWatch).values(
        customer_id=customer_id, order_key=key, **row
    )
    watch_id: int | None = connection.scalar(
        query.on_conflict_do_update(
            index_elements=["customer_id", "order_key"], set_=row
        ).returning(OrderWatch.id)
    )
    if watch_id is None:
        raise RuntimeError("a watch that was just begun is not there")
    return watch_id


def find(connection: Connection, watch_id: int) -> AnyRow | None:
    """Return a watch that has not ended, with who answers its customer."""
    return connection.execute(_OPEN.where(OrderWatch.id == watch_id)).first()


def number_of(connection: Connection, watch_id: int, customer_id: int) -> str | None:
    """Return the number of the order that a watch of this customer is of, or was."""
    return connection.scalar(
        select(OrderWatch.number).where(
            OrderWatch.id == watch_id, OrderWatch.customer_id == customer_id
        )
    )


def of_order(connection: Connection, key: str) -> Sequence[AnyRow]:
    """Return the watches of an order that have not ended."""
    query = _OPEN.where(OrderWatch.order_key == key).order_by(OrderWatch.id)
    return connection.execute(query).all()


def tell(connection: Connection, watch_id: int, told: Collection[str]) -> None:
    """Note what the customer knows by now."""
    connection.execute(
        update(OrderWatch).where(OrderWatch.id == watch_id).values(told=sorted(told))
    )


def end(connection: Connection, watch_id: int, now: datetime) -> None:
    """Let no more be told: nothing more is to come."""
    connection.execute(
        update(OrderWatch).where(OrderWatch.id == watch_id).values(ended_at=now)
    )


def end_all(connection: Connection, customer_id: int, now: datetime) -> None:
    """Let a customer hear of no order any more."""
    connection.execute(
        update(OrderWatch)
        .where(OrderWatch.customer_id == customer_id, OrderWatch.ended_at.is_(None))
        .values(ended_at=now)
    )


def remove(connection: Connection, keys: Collection[str] | None) -> None:
    """Forget who wanted to hear of these orders; of any, if None."""
    query = delete(OrderWatch)
    if keys is not None:
        query = query.where(OrderWatch.order_key.in_(keys))
    connection.execute(query)


def forget(connection: Connection, now: datetime) -> int:
    """Remove what has been there for too long; return how many rows."""
    old = delete(OrderWatch).where(OrderWatch.since < now - LONGEST)
    return connection.execute(old).rowcount


_OPEN = (
    select(
        OrderWatch.id,
        OrderWatch.order_key,
        OrderWatch.number,
        OrderWatch.told,
        Conversation.id.label("conversation_id"),
        Conversation.status,
        Customer.opted_out_at,
        Customer.zone,
    )
    .join(Customer, Customer.id == OrderWatch.customer_id)
    .join(Conversation, Conversation.customer_id == Customer.id)
    .where(OrderWatch.ended_at.is_(None))
)
