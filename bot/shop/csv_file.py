"""Orders from a CSV file: one row an order, its parcels side by side in a cell."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bot.shop import kept
from bot.shop.kept import KeptOrder, KeptParcel
from bot.store.database import Database
from bot.store.tables import Columns, Report, Row, RowError, read
from flows.contents import Item
from intents.entities import Pattern

PARCELS = (
    "courier",
    "tracking_number",
    "tracking_url",
    "parcel_status",
    "expected_on",
)
ITEMS, TOTAL = ("item", "quantity"), ("total", "currency")
BACK = ("refund", "refunded_on", "return")
COLUMNS = Columns(
    ("number", "email", "postcode", "status"),
    ("placed_on", *BACK, *PARCELS, *ITEMS, *TOTAL),
)
#: What no two parcels share.
OWN = frozenset({"tracking_number", "tracking_url"})
BETWEEN = "|"  # several parcels, or items, of one order


def import_orders(
    path: Path, database: Database, patterns: Sequence[Pattern] = ()
) -> Report:
    """Put the orders of a file into our tables, over those of the same number there.

    Columns: number, email, postcode, status; and where known placed_on, refund,
    refunded_on, return, courier, tracking_number, tracking_url, parcel_status,
    expected_on (dates as 2026-12-24), item, quantity, total, currency. Several
    parcels, or items, stand in one cell, with | between them. By the *patterns*
    customers' messages are read: a number that none of them finds could never be
    asked for.
    """
    orders, report = read_orders(path, patterns)
    database.write(lambda connection: kept.keep(connection, orders))
    return report


def read_orders(
    path: Path, patterns: Sequence[Pattern] = ()
) -> tuple[Sequence[KeptOrder], Report]:
    """Return the orders of a file, and how it could be read."""
    return read(path, COLUMNS, partial(_order, patterns), lambda order: order.number)


def _order(patterns: Sequence[Pattern], row: Row) -> KeptOrder:
    return kept.order(row, _parcels(row), _items(row), patterns)


def _items(row: Row) -> Sequence[Item]:
    names = [part.strip() for part in row.get("item", "").split(BETWEEN)]
    counts = [part.strip() for part in row.get("quantity", "").split(BETWEEN)]
    if not any(names):
        return ()
    if counts == [""]:
        counts *= len(names)
    if len(counts) != len(names):
        raise RowError(
            f"item holds {len(names)} values and quantity {len(counts)}; write one for "
            "each item, with | between them"
        )
    return [kept.item(*pair) for pair in zip(names, counts, strict=True)]


def _parcels(row: Row) -> Sequence[KeptParcel]:
    cells = {name: row.get(name, "").split(BETWEEN) for name in PARCELS}
    if not any(map(any, cells.values())):
        return ()
    count = max(map(len, cells.values()))
    filled = [_filled(name, parts, count) for name, parts in cells.items()]
    return [kept.parcel(*parts) for parts in zip(*filled, strict=True)]


def _filled(name: str, parts: Sequence[str], count: int) -> Sequence[str]:
    """Return a value for each parcel; one that all may share need stand only once."""
    values = [part.strip() for part in parts]
    shared = values == [""] or (len(values) == 1 and name not in OWN)
    if shared:
        return values * count
    if len(values) != count:
        raise RowError(
            f"the parcels' cells do not hold {count} values each: {name} holds "
            f"{len(values)}; write one for each parcel, with | between them"
        )
    return values
