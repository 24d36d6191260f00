"""What a shop of one's own sends: orders as docs/orders.md describes them.

Where orders are kept in our own tables they are held to what a CSV file is held to,
while the sender waits: it hears which of its orders were refused, and why.
"""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import Any

from bot.shop import described, kept
from bot.shop.kept import KeptOrder, KeptParcel
from bot.shop.notices.told import (
    Change,
    Looked,
    Told,
    UnreadableError,
    content_of,
    moment,
    parts_of,
    plain,
)
from bot.shop.reading import Payload, at, text
from bot.store.tables import RowError
from flows.contents import Item
from flows.ports import PortError
from intents.entities import Pattern
from webhooks.shops import Notice

TEXTS = ("number", "email", "postcode", "status", "placed_on")
BACK = ("refund", "refunded_on", "return")
PARCEL = ("courier", "tracking_number", "tracking_url", "status", "expected_on")
MOST = 500  # orders in one notice
MOST_PARCELS = 50


class DescribedNotices:
    """Reads the orders that a shop sends; *keeps*: whether the tables keep them."""

    def __init__(
        self, zone: tzinfo, *, keeps: bool, patterns: Sequence[Pattern] = ()
    ) -> None:
        self._zone, self._keeps, self._patterns = zone, keeps, patterns

    def look(self, notice: Notice) -> Looked:
        """Read all of it, and say what is wrong with which order."""
        try:
            orders = _orders(notice.body)
        except UnreadableError as error:
            return Looked(refused=(str(error),), taken=0)
        refused = tuple(
            f"{where}: {one}"
            for where, one in self._each(orders)
            if isinstance(one, RowError)
        )
        return Looked(refused=refused, taken=len(orders) - len(refused))

    def read(self, topic: str, body: bytes) -> Sequence[Told]:
        """Return the orders that are as they must be."""
        orders = self._each(_orders(body))
        return [one for _, one in orders if isinstance(one, Change)]

    def _each(self, orders: Sequence[Any]) -> Iterator[tuple[str, Change | RowError]]:
        """Yield where each order stands, and what it tells or what is wrong with it."""
        for place, one in enumerate(orders):
            try:
                yield f"orders[{place}]", self._change(one)
            except RowError as error:
                yield f"orders[{place}]", error

    def _change(self, order: Any) -> Change:
        if not isinstance(order, dict):
            raise RowError("it is no object")
        at, number = moment(text(order, "updated_at")), plain(text(order, "number"))
        if at is None:
            raise RowError(
                "updated_at is no moment; write it as 2026-12-24T18:00:00+01:00"
            )
        if not number:
            raise RowError("number is empty, or too long")
        parts = self._parts(order)
        row = self._kept(order) if self._keeps else None
        return Change(number=number, at=at, parts=parts, order=row)

    def _parts(self, order: Payload) -> Any:
        try:
            return parts_of(described.record(order, self._zone).tell())
        except PortError:
            raise RowError(
                f"status is {text(order, 'status')[:40]!r}; docs/orders.md has those "
                "that count"
            ) from None

    def _kept(self, order: Payload) -> KeptOrder:
        row = {name: text(order, name) for name in (*TEXTS, *BACK)}
        row |= {"total": _amount(order), "currency": text(order, "total", "currency")}
        return kept.order(row, _parcels(order), _items(order), self._patterns)


def _parcels(order: Payload) -> Sequence[KeptParcel]:
    found = order.get("parcels") or []
    if not isinstance(found, list) or len(found) > MOST_PARCELS:
        raise RowError(f"parcels is no list of {MOST_PARCELS} at most")
    return [kept.parcel(*(text(one, name) for name in PARCEL)) for one in found]


def _items(order: Payload) -> Sequence[Item]:
    found = order.get("items") or []
    if not isinstance(found, list):
        raise RowError("items is no list")
    return [kept.item(text(one, "name"), text(one, "quantity")) for one in found]


def _amount(order: Payload) -> str:
    amount = at(order, "total", "amount")
    return "" if amount is None else str(amount)


def _orders(body: bytes) -> Sequence[Any]:
    """Return the orders of a body: a list of them, or one."""
    content = content_of(body)
    listed = content.get("orders", [content])
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST:
        raise UnreadableError(f"orders is no list of one to {MOST}")
    return listed
