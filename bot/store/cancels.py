"""Was a shop asked to cancel an order, and what came of it? Each is asked once.

What came of a call that was cut off nobody knows: such an order is left to people.
"""

from sqlalchemy import Connection, delete, select, update

from bot.store.arrivals import insert
from bot.store.shop import OrderCancel
from bot.store.types import DatabaseSeconds


def begin(connection: Connection, key: str) -> bool:
    """Note that the shop is asked now; return False if it was asked before."""
    row = {"key": key, "came": None, "at": DatabaseSeconds()}
    noted = connection.scalar(
        insert(connection, OrderCancel)
        .values(**row)
        .on_conflict_do_nothing()
        .returning(OrderCancel.key)
    )
    return noted is not None


def came(connection: Connection, key: str) -> str | None:
    """Return what came of it when it was asked before, None if nobody knows."""
    found: str | None = connection.scalar(
        select(OrderCancel.came).where(OrderCancel.key == key)
    )
    return found


def end(connection: Connection, key: str, came: str) -> None:
    """Note what came of it."""
    connection.execute(
        update(OrderCancel).where(OrderCancel.key == key).values(came=came)
    )


def undo(connection: Connection, key: str) -> None:
    """Take back that the shop was asked: it was not, or it has changed nothing."""
    connection.execute(delete(OrderCancel).where(OrderCancel.key == key))
