"""An order as our own tables keep it: what it must hold, and how it is put in.

A CSV file and a shop that sends its orders are held to the same.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

import orjson
from sqlalchemy import Connection, delete, insert, select

from bot.guard import email, postcode
from bot.shop import contents
from bot.shop.cancelling import OPEN
from bot.shop.couriers import tracking_url
from bot.store.arrivals import insert as insert_or
from bot.store.shop import Shipment, ShopOrder
from bot.store.tables import Row, RowError, address, as_customers_give, needed, one_of
from flows.contents import Item
from flows.ports import OrderStatus, ParcelStatus, RefundStatus, ReturnStatus
from intents.entities import Pattern

NUMBER = re.compile(r"[A-Za-z0-9-]{1,40}")


@dataclass(frozen=True)
class KeptParcel:
    """One parcel of an order."""

    courier: str | None
    tracking_number: str | None
    tracking_url: str | None
    status: str
    expected_on: date | None


@dataclass(frozen=True)
class KeptOrder:
    """An order that may be put into the tables."""

    number: str
    email: str
    postcode: str
    status: str
    placed_on: date | None
    refund: str | None
    refunded_on: date | None
    returned: str | None
    parcels: tuple[KeptParcel, ...]
    #: As its columns hold them.
    items: str | None
    total: str | None
    currency: str | None


def order(
    row: Row,
    parcels: Sequence[KeptParcel],
    items: Sequence[Item],
    patterns: Sequence[Pattern],
) -> KeptOrder:
    """Return the order of a row, or raise RowError.

    A number that none of the *patterns* finds could never be asked for.
    """
    return KeptOrder(
        number=_number(row, patterns),
        email=_fitting("email", email(address(row, "email")), 254),
        postcode=_fitting("postcode", postcode(needed(row, "postcode")), 20),
        status=one_of(row, "status", get_args(OrderStatus)),
        placed_on=_date(row.get("placed_on", "")),
        refund=_one_of(row, "refund", RefundStatus),
        refunded_on=_date(row.get("refunded_on", "")),
        returned=_one_of(row, "return", ReturnStatus),
        parcels=tuple(parcels),
        items=_written(items),
        **_total(row),
    )


def parcel(
    courier: str, number: str, url: str, status: str, expected: str
) -> KeptParcel:
    """Return a parcel, or raise RowError."""
    word = one_of(
        {"parcel_status": status or "in_transit"},
        "parcel_status",
        get_args(ParcelStatus),
    )
    return KeptParcel(
        courier=_fitting("courier", courier, 80) or None,
        tracking_number=_fitting("tracking_number", number, 80) or None,
        tracking_url=url or tracking_url(courier, number),
        status=word,
        expected_on=_date(expected),
    )


def item(name: str, quantity: str) -> Item:
    """Return an item, or raise RowError."""
    count = contents.how_many(quantity or None)
    if not count:
        raise RowError(f"quantity is {quantity!r}; write a whole number, 1 or more")
    if not name:
        raise RowError("an item has no name")
    return Item(name=_fitting("item", name, contents.LONGEST), quantity=count)


def keep(connection: Connection, orders: Sequence[KeptOrder]) -> None:
    """Put orders into the tables, over those of the same number there."""
    for one in orders:
        kept = vars(one).items()
        row = {name: it for name, it in kept if name not in ("number", "parcels")}
        if one.status not in OPEN:
            # Nobody needs to know any more where it was to go.
            row |= {"new_address": None, "address_asked_at": None}
        connection.execute(
            insert_or(connection, ShopOrder)
            .values(number=one.number, **row)
            .on_conflict_do_update(index_elements=["number"], set_=row)
        )
        order_id = connection.scalars(
            select(ShopOrder.id).where(ShopOrder.number == one.number)
        ).one()
        connection.execute(delete(Shipment).where(Shipment.order_id == order_id))
        for parcel in one.parcels:
            connection.execute(
                insert(Shipment).values(order_id=order_id, **vars(parcel))
            )


def items(written: str | None) -> tuple[Item, ...]:
    """Return what is in an order, of how its column holds it."""
    pairs = orjson.loads(written or "[]")
    return tuple(Item(name=name, quantity=quantity) for name, quantity in pairs)


def _written(items: Sequence[Item]) -> str | None:
    if len(items) > contents.MOST:
        raise RowError(
            f"an order holds {len(items)} items; at most {contents.MOST} are kept"
        )
    pairs = [(one.name, one.quantity) for one in items]
    return orjson.dumps(pairs).decode() if pairs else None


def _total(row: Row) -> dict[str, str | None]:
    total, currency = row.get("total", ""), row.get("currency", "").upper()
    if not total:
        return {"total": None, "currency": None}
    if contents.amount(total) is None:
        raise RowError(f"total is {total!r}; write a number such as 59.80")
    if currency not in contents.CURRENCIES:
        raise RowError(f"currency is {currency!r}; write its code, such as GBP")
    return {"total": _fitting("total", total, 20), "currency": currency}


def _one_of(row: Row, name: str, words: Any) -> str | None:
    return one_of(row, name, get_args(words)) if row.get(name) else None


def _fitting(name: str, value: str, most: int) -> str:
    """Return a value that its column takes: too long, and PostgreSQL refuses all."""
    if len(value) > most:
        raise RowError(f"{name} has {len(value)} characters; at most {most} are kept")
    if "\0" in value:
        raise RowError(f"{name} holds a character that is none")
    return value


def _number(row: Row, patterns: Sequence[Pattern]) -> str:
    number = needed(row, "number").lstrip("#")
    if not NUMBER.fullmatch(number):
        raise RowError(f"number is {number!r}; letters, digits and - only")
    return as_customers_give(number, "order_number", patterns) or number


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RowError(f"{text!r} is not a date such as 2026-12-24") from None
