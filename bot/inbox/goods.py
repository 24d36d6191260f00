"""Orders, events and tickets beside a conversation: those proved as theirs, in full.

Of others there is only what the customer said. An agent who sees an order of
somebody else might tell it. Of events that a customer called by their names there is
what anybody may know.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from bot.shop import kept
from bot.store import goods as store
from bot.store import turns
from bot.store.desk import Desk
from bot.store.turns import Named
from bot.store.types import AnyRow
from flows.contents import Item

MOST_ORDERS = 3
MOST_EVENTS = 3


@dataclass(frozen=True, kw_only=True)
class Order:
    """An order, what is in it, and its parcels."""

    row: Any
    items: Sequence[Item]
    parcels: Sequence[AnyRow]


@dataclass(frozen=True, kw_only=True)
class Event:
    """An event that a customer called by its name, or one that this may mean."""

    row: Any
    is_sure: bool


@dataclass(frozen=True, kw_only=True)
class Goods:
    """What a customer has bought, as far as it is proved; and what is not."""

    orders: Sequence[Order]
    #: Of all orders that the customer named, proved or not.
    numbers: Sequence[str]
    tickets: Sequence[Any]
    #: Without those to which a ticket of theirs admits.
    events: Sequence[Event]
    #: Numbers that the customer named and has not proved as theirs.
    unproved_order: str | None
    unproved_ticket: str | None

    def __bool__(self) -> bool:
        held = (self.orders, self.tickets, self.events)
        return any((*held, self.unproved_order, self.unproved_ticket))


def goods(connection: Connection, desk: Desk) -> Goods:
    """Return the orders, events and tickets of whoever talks in a conversation."""
    named = turns.named(connection, desk.id)
    tickets = store.tickets(connection, desk.customer_id, named.tickets)
    held = [row.number for row in tickets]
    return Goods(
        orders=_orders(connection, named.orders[:MOST_ORDERS]),
        numbers=named.all_orders,
        tickets=tickets,
        events=_events(connection, named, {row.event_id for row in tickets}),
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
        order_id: [*some]
        for order_id, some in groupby(by_order, lambda parcel: parcel.order_id)
    }
    return [
        Order(
            row=row,
            items=kept.items(row.items),
            parcels=parcels.get(row.id, ()),
        )
        for row in rows
    ]


def _events(connection: Connection, named: Named, held: Set[str]) -> list[Event]:
    sure = [one for one in named.events if one not in held][:MOST_EVENTS]
    maybe = [one for one in named.maybe_events if one not in held][:MOST_EVENTS]
    rows = {row.event_id: row for row in store.events(connection, [*sure, *maybe])}
    return [
        Event(row=rows[one], is_sure=one in sure)
        for one in (*sure, *maybe)
        if one in rows
    ]
