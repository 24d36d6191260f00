"""Products from a CSV file: one row a product, or a row for each of its variants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import get_args

from sqlalchemy import Connection, delete, insert

from bot.shop import stocked
from bot.shop.couriers import is_page
from bot.shop.reading import plain_key
from bot.shop.shelf import MOST_NAMES
from bot.store.database import Database
from bot.store.shop import ShopProduct
from bot.store.tables import Columns, Report, Row, RowError, needed, one_of, read
from flows.products import Stock

COLUMNS = Columns(("id", "name", "stock"), ("variant", "price", "url", "image"))
#: Longer ones are no names.
LONGEST = 200


@dataclass(frozen=True)
class _Row:
    key: str
    name: str
    variant: str
    stock: Stock
    price: str | None
    url: str | None
    image: str | None


def import_products(path: Path, database: Database, now: datetime) -> Report:
    """Put the products of a file in the place of all there were.

    Columns: id, name, stock; and if you like variant, price, url, image. What a row
    holds that can't be read is told, and the row left out. A file without one good row
    changes nothing.
    """
    named: dict[str, str] = {}

    def read_row(row: Row) -> _Row:
        return _row(row, named)

    rows, report = read(path, COLUMNS, read_row, _twice)
    if rows:
        database.write(lambda connection: _store(connection, rows, now))
    return report


def _row(row: Row, named: dict[str, str]) -> _Row:
    if any("\0" in value for value in row.values()):
        raise RowError("it holds a character that is none")
    key, name = needed(row, "id"), needed(row, "name")
    if plain_key(key) is None:
        raise RowError(f"id is {key!r}; letters, digits and . _ - only, 64 at most")
    if len(name) > LONGEST:
        raise RowError(f"name has {len(name)} signs; {LONGEST} at most")
    if named.get(key, name) != name:
        raise RowError(f"{key} is called {named[key]!r} above, and {name!r} here")
    if key not in named and len(named) >= MOST_NAMES:
        raise RowError(f"there are {MOST_NAMES} products already, and no more are kept")
    found = _Row(
        key=key,
        name=name,
        variant=row.get("variant", ""),
        stock=_stock(row),
        price=row.get("price") or None,
        url=_page(row, "url"),
        image=_page(row, "image"),
    )
    named[key] = name
    return found


def _twice(row: _Row) -> str:
    return f"{row.key}, {row.variant}" if row.variant else row.key


def _stock(row: Row) -> Stock:
    """Return a word of ours, or what so many on the shelf are."""
    written = needed(row, "stock")
    if written.lstrip("-").isdecimal():
        return stocked.of_count(int(written))
    words: Sequence[Stock] = get_args(Stock)
    word = one_of(row, "stock", words)
    return next(one for one in words if one == word)


def _page(row: Row, name: str) -> str | None:
    written = row.get(name, "")
    if written and not is_page(written):
        raise RowError(f"{name} is {written!r}; write an address with https://")
    return written or None


def _store(connection: Connection, rows: Sequence[_Row], now: datetime) -> None:
    connection.execute(delete(ShopProduct))
    connection.execute(
        insert(ShopProduct), [{**vars(row), "imported_at": now} for row in rows]
    )
