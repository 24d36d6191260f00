"""Orders in our own tables, which a CSV file fills."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TypeVar

import orjson
from sqlalchemy import Connection, select, update
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import system_clock
from bot.guard import Record
from bot.shop import contents, kept
from bot.shop.cancelling import OPEN
from bot.shop.orders import MOST_OF_ONE, ContentsRecord, OrderRecord
from bot.store.database import Database
from bot.store.shop import Shipment, ShopOrder
from bot.store.types import AnyRow
from flows.contents import Contents
from flows.ports import Address, Cancelled, Order, Parcel, PortError, Readdressed

T = TypeVar("T")


class TableOrders:
    """Looks orders up in the tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def records(self, number: str) -> Sequence[OrderRecord]:
        """Return the order of this number, if there is one."""
        try:
            with self._database.read() as connection:
                return _records(connection, number)
        except SQLAlchemyError as error:
            raise PortError(f"orders: {type(error).__name__}") from error

    def records_of(self, email: str) -> Sequence[OrderRecord]:
        """Return the newest orders of an address, as the tables spell it."""
        try:
            with self._database.read() as connection:
                return _records_of(connection, email)
        except SQLAlchemyError as error:
            raise PortError(f"orders: {type(error).__name__}") from error

    def contents(self, number: str) -> Sequence[ContentsRecord]:
        """Return what is in the order of this number, if there is one."""
        query = select(*ShopOrder.__table__.columns).where(ShopOrder.number == number)
        try:
            with self._database.read() as connection:
                return [_inside(one) for one in connection.execute(query)]
        except SQLAlchemyError as error:
            raise PortError(f"orders: {type(error).__name__}") from error

    def cancel(self, number: str, email: str) -> Cancelled:
        """Mark an order to be cancelled: `frontdesk orders cancelled` lists them."""

        def mark(connection: Connection) -> Cancelled:
            marked = connection.execute(
                update(ShopOrder)
                .where(ShopOrder.number == number, ShopOrder.email == email)
                .where(ShopOrder.status.in_(OPEN))
                .values(cancel_asked_at=system_clock())
            )
            return "marked" if marked.rowcount == 1 else "left"

        return self._written(mark)

    def readdress(self, number: str, email: str, address: Address) -> Readdressed:
        """Mark where an order is to go: `frontdesk orders addresses` lists them."""
        written = orjson.dumps(asdict(address)).decode()

        def mark(connection: Connection) -> Readdressed:
            marked = connection.execute(
                update(ShopOrder)
                .where(ShopOrder.number == number, ShopOrder.email == email)
                .where(ShopOrder.status.in_(OPEN))
                .values(new_address=written, address_asked_at=system_clock())
            )
            return "marked" if marked.rowcount == 1 else "left"

        return self._written(mark)

    def _written(self, mark: Callable[[Connection], T]) -> T:
        try:
            return self._database.write(mark)
        except SQLAlchemyError as error:
            raise PortError(f"orders: {type(error).__name__}") from error


def marked(connection: Connection) -> Sequence[tuple[str, datetime]]:
    """Return the orders that customers had marked to be cancelled, and when."""
    rows = connection.execute(
        select(ShopOrder.number, ShopOrder.cancel_asked_at)
        .where(ShopOrder.cancel_asked_at.is_not(None), ShopOrder.status.in_(OPEN))
        .order_by(ShopOrder.cancel_asked_at, ShopOrder.id)
    )
    return [(row.number, row.cancel_asked_at) for row in rows]


def readdressed(connection: Connection) -> Sequence[tuple[str, datetime, Address]]:
    """Return the orders that are to go elsewhere, when that was asked, and where."""
    rows = connection.execute(
        select(ShopOrder.number, ShopOrder.address_asked_at, ShopOrder.new_address)
        .where(ShopOrder.new_address.is_not(None), ShopOrder.status.in_(OPEN))
        .order_by(ShopOrder.address_asked_at, ShopOrder.id)
    )
    return [
        (row.number, row.address_asked_at, Address(**orjson.loads(row.new_address)))
        for row in rows
    ]


def _records(connection: Connection, number: str) -> Sequence[OrderRecord]:
    """Read the parcels of an unknown order too: it takes as long as of a known one."""
    orders = connection.execute(
        select(*ShopOrder.__table__.columns).where(ShopOrder.number == number)
    ).all()
    order_id = orders[0].id if orders else -1
    parcels = connection.execute(
        select(*Shipment.__table__.columns)
        .where(Shipment.order_id == order_id)
        .order_by(Shipment.id)
    ).all()
    return [_record(order, parcels) for order in orders]


def _records_of(connection: Connection, email: str) -> Sequence[OrderRecord]:
    newest = (ShopOrder.placed_on.desc().nulls_last(), ShopOrder.id.desc())
    orders = connection.execute(
        select(*ShopOrder.__table__.columns)
        .where(ShopOrder.email == email)
        .order_by(*newest)
        .limit(MOST_OF_ONE)
    ).all()
    # Of a list nobody asks where its parcels are.
    return [_record(order, ()) for order in orders]


def _record(order: AnyRow, parcels: Sequence[AnyRow]) -> OrderRecord:
    def tell() -> Order:
        return Order(
            number=order.number,
            status=order.status,
            parcels=tuple(map(_parcel, parcels)),
            placed=order.placed_on,
            refund="full" if order.status == "refunded" else order.refund,
            refunded=order.refunded_on,
            returned=order.returned,
        )

    return Record(
        number=order.number, email=order.email, postcode=order.postcode, tell=tell
    )


def _inside(order: AnyRow) -> ContentsRecord:
    return Record(
        number=order.number,
        email=order.email,
        postcode=order.postcode,
        tell=lambda: _contents(order),
    )


def _contents(order: AnyRow) -> Contents:
    return Contents(
        number=order.number,
        items=kept.items(order.items),
        total=contents.money(order.total, order.currency),
    )


def _parcel(row: AnyRow) -> Parcel:
    return Parcel(
        status=row.status,
        courier=row.courier,
        tracking_number=row.tracking_number,
        tracking_url=row.tracking_url,
        expected=row.expected_on,
    )
