"""Orders from a CSV file: one row an order, its parcels side by side in a cell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, get_args

from sqlalchemy import Connection, delete, insert, select

from bot.guard import email, postcode
from bot.shop.couriers import tracking_url
from bot.store.arrivals import insert as insert_or
from bot.store.database import Database
from bot.store.shop import Shipment, ShopOrder
from bot.store.tables import (
    Columns,
    Report,
    Row,
    RowError,
    address,
    as_customers_give,
    needed,
    one_of,
    read,
)
from flows.ports import OrderStatus, ParcelStatus, RefundStatus, ReturnStatus
from intents.entities import Pattern

PARCELS = (
    "courier",
    "tracking_number",
    "tracking_url",
    "parcel_status",
    "expected_on",
)
BACK = ("refund", "refunded_on", "return")
COLUMNS = Columns(
    ("number", "email", "postcode", "status"), ("placed_on", *BACK, *PARCELS)
)
#: What no two parcels share.
OWN = frozenset({"tracking_number", "tracking_url"})
BETWEEN = "|"  # several parcels of one order
NUMBER = re.compile(r"[A-Za-z0-9-]{1,40}")


@dataclass(frozen=True)
class _Order:
    number: str
    email: str
    postcode: str
    status: str
    placed_on: date | None
    refund: str | None
    refunded_on: date | None
    returned: str | None
    parcels: tuple["_Parcel", ...]


@dataclass(frozen=True)
class _Parcel:
    courier: str | None
    tracking_number: str | None
    tracking_url: str | None
    status: str
    expected_on: date | None


def import_orders(
    path: Path, database: Database, patterns: Sequence[Pattern] = ()
) -> Report:
    """Put the orders of a file into our tables, over those of the same number there.

    Columns: number, email, postcode, status; and where known placed_on, refund,
    refunded_on, return, courier, tracking_number, tracking_url, parcel_status,
    expected_on (dates as 2026-12-24). Several parcels stand in one cell, with |
    between them. By the *patterns* customers' messages are read: a number that none
    of them finds could never be asked for.
    """
    read_order = partial(_order, patterns)
    orders, report = read(path, COLUMNS, read_order, lambda order: order.number)
    database.write(lambda connection: _store(connection, orders))
    return report


def _order(patterns: Sequence[Pattern], row: Row) -> _Order:
    return _Order(
        number=_number(row, patterns),
        email=email(address(row, "email")),
        postcode=postcode(needed(row, "postcode")),
        status=one_of(row, "status", get_args(OrderStatus)),
        placed_on=_date(row.get("placed_on", "")),
        refund=_one_of(row, "refund", RefundStatus),
        refunded_on=_date(row.get("refunded_on", "")),
        returned=_one_of(row, "return", ReturnStatus),
        parcels=tuple(_parcels(row)),
    )


def _one_of(row: Row, name: str, words: Any) -> str | None:
    return one_of(row, name, get_args(words)) if row.get(name) else None


def _number(row: Row, patterns: Sequence[Pattern]) -> str:
    number = needed(row, "number").lstrip("#")
    if not NUMBER.fullmatch(number):
        raise RowError(f"number is {number!r}; letters, digits and - only")
    return as_customers_give(number, "order_number", patterns) or number


def _parcels(row: Row) -> Sequence[_Parcel]:
    cells = {name: row.get(name, "").split(BETWEEN) for name in PARCELS}
    if not any(map(any, cells.values())):
        return ()
    count = max(map(len, cells.values()))
    filled = [_filled(name, parts, count) for name, parts in cells.items()]
    return [_parcel(*parts) for parts in zip(*filled, strict=True)]


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
        kept = vars(order).items()
        row = {name: it for name, it in kept if name not in ("number", "parcels")}
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
