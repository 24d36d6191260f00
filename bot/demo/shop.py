"""The sample shop of the demo: its orders, products, events, and its past customers.

What somebody imported into the same home is theirs: it is neither moved nor replaced.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, select

from bot.calendar.csv_file import import_events
from bot.content import DATA
from bot.demo.past import filling
from bot.reminders import replan
from bot.shop import kept
from bot.shop.csv_file import read_orders
from bot.shop.kept import KeptOrder, KeptParcel
from bot.shop.products_csv import import_products
from bot.store.database import Database
from bot.store.shop import CalendarEvent, ShopOrder, ShopProduct
from bot.wiring import Parts

SAMPLES = DATA / "demo"
#: One of the sample events: where it is, they were put in before.
SAMPLE_EVENT = "harbour-sessions-dec"
#: Of parcels that came when they were expected.
ARRIVED = frozenset({"delivered", "returned"})


def fill(parts: Parts) -> None:
    """Put the sample orders, products and events, and a month of talk, into the tables.

    The orders are made as fresh as they were when the file was written.
    """
    now = parts.clock()
    _fill_orders(parts.database, now.date())
    if not _any(parts.database, select(ShopProduct.id)):
        import_products(SAMPLES / "products.csv", parts.database, now)
    known = CalendarEvent.event_id == SAMPLE_EVENT
    if not _any(parts.database, select(CalendarEvent.event_id).where(known)):
        import_events(
            SAMPLES / "events.csv",
            parts.database,
            lambda connection, event_id, left: replan(connection, event_id, now, left),
        )
    if parts.settings.demo_past:
        filling.fill(parts)


def _fill_orders(database: Database, today: date) -> None:
    """Put in the samples whose number nobody has, the newest of them placed lately."""
    samples = _fresh(read_orders(SAMPLES / "orders.csv")[0], today)
    with database.read() as connection:
        taken = {*connection.scalars(select(ShopOrder.number))}
    new = [one for one in samples if one.number not in taken]
    database.write(lambda connection: kept.keep(connection, new))


def _fresh(orders: Sequence[KeptOrder], today: date) -> Sequence[KeptOrder]:
    """Move all days so that the newest of what has happened was yesterday."""
    newest = max(day for one in orders for day in _happened(one))
    shift = today - timedelta(days=1) - newest
    return [_moved(one, shift) for one in orders]


def _happened(order: KeptOrder) -> Iterator[date]:
    """Yield the days of an order on which something has been, whatever today is."""
    days = [order.placed_on, order.refunded_on]
    days += [one.expected_on for one in order.parcels if one.status in ARRIVED]
    yield from filter(None, days)


def _moved(order: KeptOrder, shift: timedelta) -> KeptOrder:
    def moved(day: date | None) -> date | None:
        return day and day + shift

    def later(parcel: KeptParcel) -> KeptParcel:
        return replace(parcel, expected_on=moved(parcel.expected_on))

    return replace(
        order,
        placed_on=moved(order.placed_on),
        refunded_on=moved(order.refunded_on),
        parcels=tuple(map(later, order.parcels)),
    )


def _any(database: Database, query: Select[Any]) -> bool:
    with database.read() as connection:
        return connection.scalar(query.limit(1)) is not None
