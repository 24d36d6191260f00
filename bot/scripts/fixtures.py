"""The orders, events and products that stand in a script's file."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.shop.contents import how_many, money
from flows.contents import Contents, Item, Money
from flows.files import line_of, nearest
from flows.ports import (
    CalendarEvent,
    EventStatus,
    Order,
    OrderStatus,
    Parcel,
    ParcelStatus,
    RefundStatus,
    ReturnStatus,
)
from flows.products import BEST, Product, Stock, Variant

BACK = ("refund", "refunded", "return")
ORDER = ("proofs", "status", "placed", *BACK, "parcels", "items", "total")
PARCEL = ("status", "courier", "tracking_number", "tracking_url", "expected")
SHOWN = ("price", "url", "image")
PRODUCT = ("name", "stock", *SHOWN, "variants")
EVENT = ("email", "name", "starts", "zone", "venue", "status")


class FixtureError(ValueError):
    """An order or an event can't be understood; the text says where, and the cure."""


def orders(section: Any) -> dict[str, tuple[Order, tuple[str, ...]]]:
    """Return the orders of a file, each with its proofs, by number."""
    rows = _rows(section, ORDER)
    return {number: _order(number, row, at) for number, row, at in rows}


def contents(section: Any) -> dict[str, Contents]:
    """Return what is in the orders of a file, and what they came to, by number."""
    rows = _rows(section, ORDER)
    return {
        number: Contents(number=number, items=_items(row, at), total=_total(row, at))
        for number, row, at in rows
    }


def tickets(section: Any) -> dict[str, tuple[CalendarEvent, str]]:
    """Return the events of a file, each with its e-mail address, by ticket."""
    return {ticket: _event(row, at) for ticket, row, at in _rows(section, EVENT)}


def products(section: Any) -> dict[str, Product]:
    """Return the products of a file, by their keys."""
    return {key: _product(key, row, at) for key, row, at in _rows(section, PRODUCT)}


def stand_ins(section: Any) -> dict[str, dict[str, Any]]:
    """Return what stands in for actions of a server: the slots that each sets."""
    if not isinstance(section, Mapping) or not all(
        isinstance(sets, Mapping) for sets in section.values()
    ):
        raise FixtureError(
            "'actions': write names of actions, each with the slots it sets: "
            "{action_find: {found: true}}, or {} for none"
        )
    return {str(name): dict(sets) for name, sets in section.items()}


def moment(value: Any) -> datetime:
    """Return a moment; one without a zone is of UTC."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        raise FixtureError("'now': write a moment: 2026-11-24 10:00") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _rows(section: Any, known: tuple[str, ...]) -> list[tuple[str, Any, str]]:
    """Return the rows of a section, with what tells where each stands."""
    if not isinstance(section, Mapping):
        raise FixtureError("write numbers, each with its fields below it")
    found = []
    for number, row in section.items():
        at = f"line {line_of(section, str(number))}, '{number}'"
        if not isinstance(number, str):
            raise FixtureError(f'{at}: put the number in quotes: "{number}"')
        _check(row, known, at)
        found.append((number, row, at))
    return found


def _check(row: Any, known: tuple[str, ...], at: str) -> None:
    if not isinstance(row, Mapping):
        raise FixtureError(f"{at}: write fields below it: {', '.join(known)}")
    for name in row:
        if name not in known:
            raise FixtureError(f"{at}: '{name}' is no field{nearest(name, known)}")


def _order(
    number: str, row: Mapping[str, Any], at: str
) -> tuple[Order, tuple[str, ...]]:
    order = Order(
        number=number,
        status=_status(row, OrderStatus, at),
        parcels=tuple(_parcel(one, at) for one in row.get("parcels") or ()),
        placed=_day(row, "placed", at),
        refund=_word(row, "refund", RefundStatus, at),
        refunded=_day(row, "refunded", at),
        returned=_word(row, "return", ReturnStatus, at),
    )
    return order, tuple(map(str, row.get("proofs") or ()))


def _items(row: Mapping[str, Any], at: str) -> tuple[Item, ...]:
    items = row.get("items") or {}
    if not isinstance(items, Mapping) or not all(map(how_many, items.values())):
        raise FixtureError(f"{at}: 'items' are names, each with how many: Mug: 2")
    return tuple(Item(name=str(n), quantity=int(i)) for n, i in items.items())


def _total(row: Mapping[str, Any], at: str) -> Money | None:
    amount, _, currency = str(row.get("total", "")).partition(" ")
    total = money(amount, currency)
    if "total" in row and total is None:
        raise FixtureError(f"{at}: 'total' is an amount and a currency: 59.80 GBP")
    return total


def _parcel(row: Any, at: str) -> Parcel:
    _check(row, PARCEL, at)
    names = ("courier", "tracking_number", "tracking_url")
    return Parcel(
        status=_status(row, ParcelStatus, at),
        expected=_day(row, "expected", at),
        **{name: str(row[name]) for name in names if name in row},
    )


def _product(key: str, row: Mapping[str, Any], at: str) -> Product:
    rows = row.get("variants") or {}
    if not isinstance(rows, Mapping):
        raise FixtureError(f"{at}: 'variants' are names, each with its stock: M: few")
    stocks = {name: _known(rows, name, Stock, at) for name in rows}
    variants = tuple(Variant(name=str(n), stock=s) for n, s in stocks.items())
    best = min((one.stock for one in variants), key=BEST.index, default=None)
    shown: dict[str, Any] = {n: str(row[n]) for n in SHOWN if n in row}
    return Product(
        key=key,
        name=str(row.get("name", key)),
        stock=best or _known(row, "stock", Stock, at),
        variants=variants,
        **shown,
    )


def _day(row: Mapping[str, Any], name: str, at: str) -> date | None:
    day = row.get(name)
    if day is not None and not isinstance(day, date):
        raise FixtureError(f"{at}: '{name}' is a day: 2026-11-27")
    return day


def _event(row: Mapping[str, Any], at: str) -> tuple[CalendarEvent, str]:
    name, zone = str(row.get("name", "")), str(row.get("zone", "UTC"))
    try:
        starts = datetime.fromisoformat(str(row.get("starts")))
        starts = starts.replace(tzinfo=ZoneInfo(zone), second=0, microsecond=0)
    except (ValueError, ZoneInfoNotFoundError):
        cure = "2026-12-05 19:30, and 'zone' Europe/London"
        raise FixtureError(f"{at}: 'starts' is a moment: {cure}") from None
    event = CalendarEvent(
        event_id=name,
        name=name,
        starts_at=starts,
        zone=zone,
        venue=str(row.get("venue", "")),
        status=_status(row, EventStatus, at) if "status" in row else "scheduled",
    )
    return event, str(row.get("email", ""))


def _status(row: Mapping[str, Any], kind: Any, at: str) -> Any:
    return _known(row, "status", kind, at)


def _word(row: Mapping[str, Any], name: str, kind: Any, at: str) -> Any:
    return _known(row, name, kind, at) if name in row else None


def _known(row: Mapping[str, Any], name: str, kind: Any, at: str) -> Any:
    value, known = row.get(name), get_args(kind)
    if value not in known:
        near = nearest(str(value), known)
        raise FixtureError(f"{_at_key(row, name, at)}: '{value}' is no {name}{near}")
    return str(value)


def _at_key(row: Mapping[str, Any], key: str, at: str) -> str:
    """Return where a field stands, if it does: not where its row begins."""
    if key not in row:
        return at
    _, _, number = at.partition(", ")
    return f"line {line_of(row, key)}, {number}"
