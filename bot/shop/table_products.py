"""Products in our own tables, which a CSV file fills."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from bot.shop import stocked
from bot.store.database import Database
from bot.store.shop import ShopProduct
from bot.store.types import AnyRow
from flows.ports import PortError
from flows.products import Product, ProductName, Variant


class TableProducts:
    """Looks products up in the tables."""

    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self._database, self._zone = database, zone

    def names(self) -> Sequence[ProductName]:
        """Return the names of all products, in the order of their file."""
        return [*dict.fromkeys(_named(row) for row in self._rows())]

    def search(self, words: Sequence[str]) -> Sequence[ProductName]:
        """Return nothing: all names are known."""
        return []

    def product(self, key: str) -> Product | None:
        """Return a product as its rows have it, and of which day they are."""
        rows = self._rows(key)
        if not rows:
            return None
        first = rows[0]
        variants = tuple(
            Variant(name=row.variant, stock=row.stock, price=row.price or None)
            for row in rows
            if row.variant
        )
        return Product(
            key=first.key,
            name=first.name,
            stock=stocked.best([row.stock for row in rows]),
            price=_prices(rows),
            url=next((row.url for row in rows if row.url), None),
            image=next((row.image for row in rows if row.image), None),
            variants=variants,
            as_of=first.imported_at.astimezone(self._zone).date(),
        )

    def _rows(self, key: str | None = None) -> Sequence[AnyRow]:
        try:
            with self._database.read() as connection:
                return _select(connection, key)
        except SQLAlchemyError as error:
            raise PortError(f"products: {type(error).__name__}") from error


def _select(connection: Connection, key: str | None) -> Sequence[AnyRow]:
    wanted = select(*ShopProduct.__table__.columns).order_by(ShopProduct.id)
    if key is not None:
        wanted = wanted.where(ShopProduct.key == key)
    return connection.execute(wanted).all()


def _named(row: AnyRow) -> ProductName:
    return ProductName(key=row.key, name=row.name)


def _prices(rows: Sequence[AnyRow]) -> str | None:
    """Return the price of all variants, or the prices, each once."""
    prices = dict.fromkeys(row.price for row in rows if row.price)
    return " / ".join(prices) or None
