"""The demo: its sample shop, and the line that says where everything is."""

import json
import sys
import threading
import time
from datetime import date, timedelta
from urllib.error import URLError
from urllib.request import Request, urlopen

from sqlalchemy import Connection, func, select, update

from bot.calendar.csv_file import import_events
from bot.clock import monotonic
from bot.content import DATA
from bot.reminders import replan
from bot.settings import Settings
from bot.shop.csv_file import import_orders
from bot.store.shop import Shipment, ShopOrder
from bot.wiring import Parts

SAMPLES = DATA / "demo"
ANNOUNCED = "announced"
PATIENCE = 60.0  # seconds


def fill(parts: Parts) -> None:
    """Put the sample orders and events into the tables.

    The orders are made as fresh as they were when the file was written.
    """
    now = parts.clock()
    import_orders(SAMPLES / "orders.csv", parts.database)
    parts.database.write(lambda connection: _freshen(connection, now.date()))
    import_events(
        SAMPLES / "events.csv",
        parts.database,
        lambda connection, event_id, left: replan(connection, event_id, now, left),
    )


def _freshen(connection: Connection, today: date) -> None:
    """Move all days of the orders so that the newest was placed yesterday."""
    newest = connection.scalar(select(func.max(ShopOrder.placed_on)))
    if newest is None:
        return
    shift = today - timedelta(days=1) - newest
    for table, column in ((ShopOrder, "placed_on"), (Shipment, "expected_on")):
        day = getattr(table, column)
        query = select(table.id, day.label("day")).where(day.is_not(None))
        for row in connection.execute(query).all():
            changes = {column: row.day + shift}
            connection.execute(update(table).where(table.id == row.id).values(changes))


def announce(settings: Settings) -> None:
    """Print where everything is, once, as soon as the server answers."""
    if (settings.home / ANNOUNCED).exists():
        return
    threading.Thread(target=_announce, args=(settings,), name="announce").start()


def _announce(settings: Settings) -> None:
    app = f"http://{settings.host}:{settings.port}"
    links = _sign_in_links(app)
    if links is None:
        return
    facts = {
        "app": app,
        "emulator": settings.graph_url,
        "page_id": settings.page_id,
        "app_secret": settings.app_secrets[0],
        "sign_in": links,
    }
    (settings.home / ANNOUNCED).touch()
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()
    sys.stderr.write(f"\n  Frontdesk is ready: {app}/\n\n")


def _sign_in_links(app: str) -> object:
    """Ask our own server for two links, as soon as it listens."""
    until = monotonic() + PATIENCE
    while monotonic() < until and threading.main_thread().is_alive():
        asked = Request(f"{app}/demo/sign-in-links", method="POST")  # noqa: S310
        try:
            with urlopen(asked, timeout=5) as answer:  # noqa: S310 - our own server
                found: object = json.load(answer)
                return found
        except (URLError, OSError):
            time.sleep(0.05)
    return None
