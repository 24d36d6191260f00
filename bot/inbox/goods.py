"""Orders and tickets beside a conversation: those proved as theirs, in full.

Of others there is only what the customer said. An agent who sees an order of
somebody else might tell it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from bot.inbox.thread import safe_url
from bot.store import goods as store
from bot.store import turns
from bot.store.desk import Desk

MOST_ORDERS = 3


@dataclass(frozen=True, kw_only=True)
class Order:
    """An order, and its parcels with links that are safe to open."""

    row: Any
    parcels: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Goods:
    """What a customer has bought, as far as it is proved; and what is not."""

    orders: Sequence[Order]
    tickets: Sequence[Any]
    #: Numbers that the customer named and has not proved as theirs.
    unproved_order: str | None
    unproved_ticket: str | None

    def __bool__(self) -> bool:
        shown = (self.orders, self.tickets, self.unproved_order, self.unproved_ticket)
        return any(shown)


def goods(connection: Connection, desk: Desk) -> Goods:
    """Return the orders and tickets of whoever talks in a conversation."""
    named = turns.named(connection, desk.id)
    tickets = store.tickets(connection, desk.customer_id, named.tickets)
    held = [row.number for row in tickets]
    return Goods(
        orders=_orders(connection, named.orders[:MOST_ORDERS]),
        tickets=tickets,
        unproved_order=named.unproved_order,
        unproved_ticket=None
        if named.unproved_ticket in held
        else named.unproved_ticket,
    )


def _orders(connection: Connection, numbers: Sequence[str]) -> list[Order]:
    rows = store.orders(connection, numbers)
    found = store.parcels(connection, [row.id for row in rows])
    by_order = sorted(found, key=lambda parcel: parcel.order_id)
    parcels = {
        order_id: [_parcel(one) for one in some]
        for order_id, some in groupby(by_order, lambda parcel: parcel.order_id)
    }
    return [Order(row=row, parcels=parcels.get(row.id, ())) for row in rows]


def _parcel(row: Any) -> Mapping[str, Any]:
    return {**row._mapping, "tracking_url": safe_url(row.tracking_url)}
