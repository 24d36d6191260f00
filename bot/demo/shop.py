"""The sample shop of the demo: its orders, products, events, and its past customers."""

from datetime import date, timedelta

from sqlalchemy import Connection, func, select, update

from bot.calendar.csv_file import import_events
from bot.content import DATA
from bot.demo.past import filling
from bot.reminders import replan
from bot.shop.csv_file import import_orders
from bot.shop.products_csv import import_products
from bot.store.shop import Shipment, ShopOrder
from bot.wiring import Parts

SAMPLES = DATA / "demo"


def fill(parts: Parts) -> None:
    """Put the sample orders, products and events, and a month of talk, into the tables.

    The orders are made as fresh as they were when the file was written.
    """
    now = parts.clock()
    import_orders(SAMPLES / "orders.csv", parts.database)
    parts.database.write(lambda connection: _freshen(connection, now.date()))
    import_products(SAMPLES / "products.csv", parts.database, now)
    import_events(
        SAMPLES / "events.csv",
        parts.database,
        lambda connection, event_id, left: replan(connection, event_id, now, left),
    )
    if parts.settings.demo_past:
        filling.fill(parts)


def _freshen(connection: Connection, today: date) -> None:
    """Move all days of the orders so that the newest was placed yesterday."""
    newest = connection.scalar(select(func.max(ShopOrder.placed_on)))
    if newest is None:
        return
    shift = today - timedelta(days=1) - newest
    for table, column in (
        (ShopOrder, "placed_on"),
        (ShopOrder, "refunded_on"),
        (Shipment, "expected_on"),
    ):
        day = getattr(table, column)
        query = select(table.id, day.label("day")).where(day.is_not(None))
        for row in connection.execute(query).all():
            changes = {column: row.day + shift}
            connection.execute(update(table).where(table.id == row.id).values(changes))
