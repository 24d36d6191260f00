"""One installation of Frontdesk: a home, a database, a port, its settings."""

import os
import secrets
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kombu import Connection as Broker
from sqlalchemy import Engine, create_engine

from benchmarks import databases
from benchmarks.databases import driven, postgresql
from benchmarks.kill.messenger import (
    APP_ID,
    APP_SECRET,
    PAGE_ID,
    TOKEN,
    VERIFY_TOKEN,
    Messenger,
)
from bot.calendar.csv_file import import_events
from bot.shop.csv_file import import_orders
from bot.store import migrate
from bot.store.database import open_database
from bot.worker import queue_name

ROOT = Path(__file__).parents[2]
ORDERS = ROOT / "data" / "demo" / "orders.csv"
SERVER = os.environ.get("KILL_POSTGRESQL", databases.SERVER)
BROKER = os.environ.get("KILL_BROKER", "amqp://guest:guest@127.0.0.1:5672//")
EVENTS, TICKETS = 240, 4  # calendar events, and tickets to each
HEADER = "event_id,name,starts_at,zone,venue,status,ticket,holder_email"


@dataclass(frozen=True)
class Site:
    """Where one Frontdesk lives, as all its processes see it."""

    folder: Path
    database: str
    port: int
    messenger: Messenger
    tickets: tuple[str, ...]
    environment: str

    @property
    def url(self) -> str:
        """Return the address of its web server."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_sqlite(self) -> bool:
        """Whether one process does everything."""
        return self.database.startswith("sqlite")

    @property
    def settings(self) -> dict[str, str]:
        """Return the environment of its processes."""
        known = ("FACEBOOK_", "FRONTDESK_", "GRAPH_", "DATABASE_", "CRASH")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(known)}
        return kept | {
            "FRONTDESK_HOME": str(self.folder / "home"),
            "DATABASE_URL": self.database,
            "BROKER_URL": BROKER,
            "SECRET_KEY": "of-the-kill-harness",
            "FACEBOOK_APP_ID": APP_ID,
            "FACEBOOK_PAGE_ID": PAGE_ID,
            "FACEBOOK_APP_SECRET": APP_SECRET,
            "FACEBOOK_PAGE_ACCESS_TOKEN": TOKEN,
            "FACEBOOK_VERIFY_TOKEN": VERIFY_TOKEN,
            "GRAPH_URL": self.messenger.url,
            "FRONTDESK_CLOCK_URL": self.messenger.url,
            "FRONTDESK_PORT": str(self.port),
            "FRONTDESK_ENVIRONMENT": self.environment,
            "FRONTDESK_DEMO": "yes",
            "FRONTDESK_DEMO_PAST": "no",
            "FRONTDESK_HUMAN_AGENT": "yes",
            "PYTHONPATH": str(ROOT),
        }

    def engine(self) -> Engine:
        """Return a way into its tables that is not the product's."""
        return create_engine(driven(self.database))


@contextmanager
def site(kind: str, models: Path) -> Iterator[Site]:
    """Yield a fresh installation on *kind* of database; nothing of it is left after.

    *models* is where trained models are kept from one installation to the next.
    """
    name = f"kill_{os.getpid()}_{secrets.token_hex(3)}"
    folder = Path(tempfile.mkdtemp(prefix=f"frontdesk-{name}-"))
    (folder / "home").mkdir()
    (folder / "home" / "models").symlink_to(models, target_is_directory=True)
    port = _free_port()
    messenger = Messenger(f"http://127.0.0.1:{port}/webhook")
    try:
        with _database(kind, folder, name) as database:
            tickets = _fill(database, folder, messenger.now())
            yield Site(folder, database, port, messenger, tickets, name)
    finally:
        messenger.close()
        shutil.rmtree(folder)


@contextmanager
def _database(kind: str, folder: Path, name: str) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'home' / 'frontdesk.sqlite'}"
        return
    try:
        with postgresql(SERVER, f"fd_{name}") as url:
            yield url
    finally:
        _drop_queue(name)


def _drop_queue(environment: str) -> None:
    """Leave no queue behind: nobody would ever empty it."""
    with Broker(BROKER) as broker:
        broker.default_channel.queue_delete(queue_name(environment))


def _fill(url: str, folder: Path, now: datetime) -> tuple[str, ...]:
    """Make the tables, and put orders, events and tickets into them."""
    tickets = [f"HR-{number:05}K" for number in range(EVENTS * TICKETS)]
    file = folder / "events.csv"
    file.write_text("\n".join([HEADER, *_events(tickets, now)]))
    database = open_database(url)
    try:
        migrate.migrate(database)
        import_orders(ORDERS, database)
        report = import_events(file, database, lambda *change: None)
    finally:
        database.close()
    if report.refused:
        raise ValueError(report.refused)
    return tuple(tickets)


def _events(tickets: list[str], now: datetime) -> Iterator[str]:
    """Yield events whose reminders come due all through the days of a storm."""
    for number in range(EVENTS):
        ahead = timedelta(hours=2.5 if number % 2 else 24.5, minutes=15 * number)
        start = (now + ahead).astimezone(UTC).strftime("%Y-%m-%dT%H:%M")
        for ticket in tickets[number * TICKETS : (number + 1) * TICKETS]:
            name, holder = f"e{number},Evening {number}", f"{ticket},a@b.example"
            yield f"{name},{start},UTC,Hall,scheduled,{holder}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number
