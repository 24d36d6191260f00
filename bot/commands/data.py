"""Put data in: tables, orders, products, events, people."""

import csv
import sys
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import closing, contextmanager
from pathlib import Path

import click
from sqlalchemy import Connection

from bot import content, starting
from bot.calendar.csv_file import import_events
from bot.clock import system_clock
from bot.commands import environment, look_up
from bot.reminders import replan
from bot.shop import chosen
from bot.shop.csv_file import import_orders
from bot.shop.products_csv import import_products
from bot.shop.tables import marked, readdressed
from bot.shop_settings import TABLES
from bot.store import migrate as migrations
from bot.store.database import Database, open_database
from bot.store.tables import FileError, Report
from flows.ports import PortError
from intents.entities import Pattern

CSV_FILE = click.argument("path", type=click.Path(path_type=Path))


@click.command()
def migrate() -> None:
    """Make the tables, or bring them up to date."""
    with _database() as database:
        done = migrations.migrate(database)
    click.echo("migrated" if done else "nothing to migrate")


@click.group()
def orders() -> None:
    """The shop's orders."""


@orders.command("import")
@CSV_FILE
def orders_import(path: Path) -> None:
    """Put the orders of a CSV file into the tables, over those of the same number.

    Columns: number, email, postcode, status; and if you like placed_on, refund,
    refunded_on, return, courier, tracking_number, tracking_url, parcel_status,
    expected_on. See docs/imports.md.
    """
    _report(lambda database, patterns: import_orders(path, database, patterns))
    kind = environment.offline().shop.kind
    if kind != TABLES:
        click.echo(
            f"note: FRONTDESK_ORDERS={kind}: customers are not told of these orders, "
            "for the tables are not asked",
            err=True,
        )


@orders.command("show")
@click.argument("number")
@click.option("--proof", help="An e-mail address or postcode, to see whether it fits.")
def orders_show(number: str, proof: str | None) -> None:
    """Look an order up where the settings say, and tell what its customer would be.

    Nothing counts as a try, and no e-mail address or postcode is printed.
    """
    settings = environment.offline()
    with _database() as database:
        migrations.migrate(database)
        source = chosen.kept(settings, database).source
        mails = settings.shop.mail_url is not None
        click.echo(f"asked: {settings.shop.kind} (FRONTDESK_ORDERS)")
        try:
            lines = look_up.told(source, number, proof, mails=mails)
        except PortError as error:
            raise click.ClickException(look_up.where(error, settings.home)) from None
    click.echo("\n".join(lines))


@orders.command("cancelled")
def orders_cancelled() -> None:
    """Print the orders of the tables that customers had marked to be cancelled, as CSV.

    The oldest first: `number,asked_at`. One that has another state after an import is
    not printed any more. See docs/orders.md.
    """
    with _database() as database:
        migrations.migrate(database)
        with database.read() as connection:
            rows = marked(connection)
    click.echo("number,asked_at")
    for number, asked_at in rows:
        click.echo(f"{number},{asked_at.isoformat(timespec='seconds')}")


@orders.command("addresses")
def orders_addresses() -> None:
    """Print the orders of the tables that customers want sent elsewhere, as CSV.

    The oldest first: `number,asked_at,street,town,region,postcode`. One that has
    another state after an import is not printed any more. See docs/orders.md.
    """
    with _database() as database:
        migrations.migrate(database)
        with database.read() as connection:
            rows = readdressed(connection)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["number", "asked_at", "street", "town", "region", "postcode"])
    for number, at, to in rows:
        when = at.isoformat(timespec="seconds")
        out.writerow([number, when, to.street, to.town, to.region, to.postcode])


@click.group()
def products() -> None:
    """What the shop sells, for who asks whether it is in stock."""


@products.command("import")
@CSV_FILE
def products_import(path: Path) -> None:
    """Put the products of a CSV file into the tables, in the place of all there were.

    Columns: id, name, stock; and if you like variant, price, url, image. See
    docs/products.md.
    """
    now = system_clock()
    _report(lambda database, _: import_products(path, database, now))


@click.group()
def events() -> None:
    """What takes place, and who has tickets."""


@events.command("import")
@CSV_FILE
def events_import(path: Path) -> None:
    """Put the events and tickets of a CSV file into the tables.

    Columns: event_id, name, starts_at, zone, venue, status, ticket, holder_email. See
    docs/imports.md.

    Reminders follow events that were moved or called off, and tickets that went to
    another event or under another e-mail.
    """
    now = system_clock()

    def changed(connection: Connection, event_id: str, left: Set[int]) -> None:
        replan(connection, event_id, now, left)

    _report(lambda database, patterns: import_events(path, database, changed, patterns))


def _report(job: Callable[[Database, Sequence[Pattern]], Report]) -> None:
    """Print what came of a file; fail if any of its rows was refused."""
    with _database() as database:
        patterns = content.patterns_of(environment.offline().home)
        migrations.migrate(database)
        try:
            report = job(database, patterns)
        except FileError as error:
            raise click.ClickException(str(error)) from None
    for line in report.lines():
        click.echo(line)
    if report.refused:
        raise SystemExit(1)


@contextmanager
def _database() -> Iterator[Database]:
    """Yield the database; what keeps us from it is one line."""
    url = environment.offline().database_url
    with (
        environment.refusing(),
        starting.named(),
        closing(open_database(url)) as database,
    ):
        yield database
