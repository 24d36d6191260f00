"""Orders from a CSV file: one row an order, its parcels side by side in a cell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

from sqlalchemy import Connection, delete, insert, select

from bot.shop.couriers import tracking_url
from bot.shop.orders import email, postcode
from bot.store.arrivals import insert as insert_or
from bot.store.database import Database
from bot.store.shop import Shipment, ShopOrder
from bot.store.tables import Report, Row, RowError, needed, one_of, read
from flows.ports import OrderStatus, ParcelStatus

COLUMNS = ("number", "email", "postcode", "status")
BETWEEN = "|"  # several parcels of one order
NUMBER = re.compile(r"[A-Za-z0-9-]{1,40}")


@dataclass(frozen=True)
class _Order:
    number: str
    email: str
    postcode: str
    status: str
    placed_on: date | None
    parcels: tuple["_Parcel", ...]


@dataclass(frozen=True)
class _Parcel:
    courier: str | None
    tracking_number: str | None
    tracking_url: str | None
    status: str
    expected_on: date | None


def import_orders(path: Path, database: Database) -> Report:
    """Put the orders of a file into our tables, over those of the same number.

    Columns: number, email, postcode, status; and where known placed_on, courier,
    tracking_number, tracking_url, parcel_status, expected_on (dates as
    2026-12-24). Several parcels stand in one cell, with | between them.
    """
    orders, report = read(path, COLUMNS, _order)
    database.write(lambda connection: _store(connection, orders))
    return report


def _order(row: Row) -> _Order:
    number = needed(row, "number").lstrip("#")
    if not NUMBER.fullmatch(number):
        raise RowError(f"number is {number!r}; letters, digits and - only")
    return _Order(
        number=number,
        email=email(needed(row, "email")),
        postcode=postcode(needed(row, "postcode")),
        status=one_of(row, "status", get_args(OrderStatus)),
        placed_on=_date(row.get("placed_on", "")),
        parcels=tuple(_parcels(row)),
    )


def _parcels(row: Row) -> Sequence[_Parcel]:
    names = ("courier", "tracking_number", "tracking_url", "parcel_status")
    cells = [row.get(name, "") for name in (*names, "expected_on")]
    if not any(cells):
        return ()
    split = [[part.strip() for part in cell.split(BETWEEN)] for cell in cells]
    count = max(map(len, split))
    filled = [(parts * count)[:count] if len(parts) == 1 else parts for parts in split]
    if any(len(parts) != count for parts in filled):
        raise RowError(f"the parcels' cells do not hold {count} values each")
    return [_parcel(*parts) for parts in zip(*filled, strict=True)]


def _parcel(courier: str, number: str, url: str, status: str, expected: str) -> _Parcel:
    word = one_of(
        {"parcel_status": status or "in_transit"},
        "parcel_status",
        get_args(ParcelStatus),
    )
    return _Parcel(
        courier=courier or None,
        tracking_number=number or None,
        tracking_url=url or tracking_url(courier, number),
        status=word,
        expected_on=_date(expected),
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RowError(f"{text!r} is not a date such as 2026-12-24") from None


def _store(connection: Connection, orders: Sequence[_Order]) -> None:
    for order in orders:
        row = {
            "email": order.email,
            "postcode": order.postcode,
            "status": order.status,
            "placed_on": order.placed_on,
        }
        connection.execute(
            insert_or(connection, ShopOrder)
            .values(number=order.number, **row)
            .on_conflict_do_update(index_elements=["number"], set_=row)
        )
        order_id = connection.scalars(
            select(ShopOrder.id).where(ShopOrder.number == order.number)
        ).one()
        connection.execute(delete(Shipment).where(Shipment.order_id == order_id))
        for parcel in order.parcels:
            connection.execute(
                insert(Shipment).values(order_id=order_id, **vars(parcel))
            )
