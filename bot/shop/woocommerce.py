"""Orders of a WooCommerce shop, over its REST API v3.

There is no filter by number, and with a numbering plug-in the number is not the id:
so we search, and look for the very number in what comes. Where parcels are followed
is a matter of plug-ins: the setting WOOCOMMERCE_TRACKING names the place.
https://woocommerce.github.io/woocommerce-rest-api-docs/#list-all-orders
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, tzinfo
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any, TypeVar

import orjson
import structlog

from bot.guard import Record, spelt
from bot.shop import contents, statuses
from bot.shop.cancelling import OPEN
from bot.shop.couriers import parcel_page
from bot.shop.orders import ContentsRecord, Diagnosis, OrderRecord
from bot.shop.reading import (
    Payload,
    at,
    day,
    objects,
    plain_address,
    plain_number,
    same_words,
    text,
)
from bot.shop.web import Web
from flows.contents import Contents
from flows.ports import (
    Address,
    Cancelled,
    Order,
    OrderStatus,
    Parcel,
    ParcelStatus,
    PortError,
    Readdressed,
    RefundStatus,
)

log = structlog.get_logger()

T = TypeVar("T")

MOST = 100  # a page of WooCommerce holds no more
FIELDS = "number,status,date_created_gmt,total,refunds,billing,shipping,meta_data"
#: And those for what is in an order; its items are not fetched for anything else.
INSIDE = "number,billing,shipping,line_items,total,currency"
#: A cart that was left at the check-out: nobody has ordered anything.
DRAFT = "checkout-draft"
STATUSES: Mapping[str, OrderStatus] = {
    "pending": "unpaid",
    "on-hold": "unpaid",
    "failed": "unpaid",
    "checkout-draft": "unpaid",
    "processing": "processing",
    # The shop has done its part; whether the parcel is there, it does not know.
    "completed": "shipped",
    "cancelled": "cancelled",
    "trash": "cancelled",
    "refunded": "refunded",
}
#: What plug-ins call the parts of a parcel, the first that is filled counts.
NUMBERS = ("tracking_number", "tracking_no", "number")
COURIERS = ("custom_tracking_provider", "tracking_provider", "carrier", "courier")
PAGES = ("custom_tracking_link", "tracking_link", "tracking_url", "url")
WORDS = ("tracking_status", "shipment_status", "status")
DAYS = ("estimated_delivery_date", "expected_delivery_date", "expected_on")


class WooCommerceOrders:
    """Looks orders up in a WooCommerce shop."""

    def __init__(
        self, url: str, keys: tuple[str, str], tracking: Sequence[str], zone: tzinfo
    ) -> None:
        self._url = f"{url}/wp-json/wc/v3/orders"
        self._web = Web("woocommerce", {}, auth=keys)
        self._key, *self._path = tracking
        self._zone = zone

    def records(self, number: str) -> Sequence[OrderRecord]:
        """Return the orders of that number among all that the search finds."""
        return [self.record(one) for one in self._found(number, FIELDS)]

    def contents(self, number: str) -> Sequence[ContentsRecord]:
        """Return what is in the orders of that number; the total is before refunds."""
        found = self._found(number, INSIDE)
        return [_record(one, partial(_contents, one)) for one in found]

    def _found(self, number: str, fields: str) -> Sequence[Payload]:
        plain = plain_number(number)
        if plain is None:
            return []
        found = self._search(search=plain, per_page=MOST, status="any", _fields=fields)
        same = [one for one in found if spelt(text(one, "number")) == spelt(plain)]
        if not same and len(found) == MOST:
            # It may be on the next page: that is not to be called unknown.
            raise PortError("woocommerce: too many orders hold that number")
        return same

    def records_of(self, email: str) -> Sequence[OrderRecord]:
        """Return the newest orders of an address among all that the search finds."""
        plain = plain_address(email)
        if plain is None:
            return []
        newest = {"orderby": "date", "order": "desc"}
        found = self._search(
            search=plain, per_page=MOST, status="any", _fields=FIELDS, **newest
        )
        return [self.record(one) for one in found if text(one, "status") != DRAFT]

    def cancel(self, number: str, email: str) -> Cancelled:
        """Cancel the order by its id; WooCommerce pays nothing back by itself."""
        order = self._raw(number, email)
        if order is None or _status(text(order, "status")) not in OPEN:
            return "left"
        url = f"{self._url}/{text(order, 'id')}"
        answer = self._web.put(url, {"status": "cancelled"})
        if answer.status != 200 or not isinstance(answer.content, dict):
            raise PortError(f"woocommerce: HTTP {answer.status}, not cancelled")
        done = text(answer.content, "status") == "cancelled"
        return "cancelled" if done else "refused"

    def readdress(self, number: str, email: str, address: Address) -> Readdressed:
        """Write the address of the parcel into the order; its name and country stay.

        A state that is left out is emptied: that of the old address may be another.
        """
        order = self._raw(number, email)
        if order is None or _status(text(order, "status")) not in OPEN:
            return "left"
        shipping = {
            "address_1": address.street,
            "address_2": "",
            "city": address.town,
            "state": address.region,
            "postcode": address.postcode,
        }
        url = f"{self._url}/{text(order, 'id')}"
        answer = self._web.put(url, {"shipping": shipping})
        if answer.status != 200 or not isinstance(answer.content, dict):
            raise PortError(f"woocommerce: HTTP {answer.status}, no address changed")
        kept = at(answer.content, "shipping")
        if not all(same_words(text(kept, n), one) for n, one in shipping.items()):
            return "refused"
        # It may have been packed between our look and the call: a person has to see.
        is_open = _status(text(answer.content, "status")) in OPEN
        return "changed" if is_open else "refused"

    def _raw(self, number: str, email: str) -> Payload | None:
        plain, fields = plain_number(number), f"id,{FIELDS}"
        found = self._search(search=plain, per_page=MOST, status="any", _fields=fields)
        same = (
            one
            for one in found
            if spelt(text(one, "number")) == spelt(number)
            and text(one, "billing", "email").casefold() == email.casefold()
        )
        return next(same, None)

    def _search(self, **params: Any) -> Sequence[Payload]:
        answer = self._web.get(self._url, params)
        if answer.status != 200 or not isinstance(answer.content, list):
            raise PortError(f"woocommerce: HTTP {answer.status}, no orders")
        return [one for one in answer.content if isinstance(one, dict)]

    def record(self, order: Payload) -> OrderRecord:
        """Return the record of an order that the shop has told us."""
        return _record(order, partial(self._order, order))

    def _order(self, order: Payload) -> Order:
        status = _status(text(order, "status"))
        # Of a parcel that no courier speaks of: sent, or known to the courier alone.
        usual: ParcelStatus = "in_transit" if status == "shipped" else "info_received"
        parcels = tuple(self._parcels(order, usual))
        there = parcels and all(one.status == "delivered" for one in parcels)
        if status == "shipped" and there:
            status = "delivered"
        return Order(
            number=text(order, "number"),
            status=status,
            parcels=parcels,
            placed=self._placed(order),
            refund=_refund(order, status),
        )

    def _placed(self, order: Payload) -> date | None:
        # WooCommerce writes no zone behind what is Greenwich time.
        written = text(order, "date_created_gmt")
        return day(f"{written}+00:00", self._zone) if "T" in written else None

    def _parcels(self, order: Payload, usual: ParcelStatus) -> Iterator[Parcel]:
        for parcel in self._tracked(order):
            number, courier = _first(parcel, NUMBERS), _first(parcel, COURIERS)
            word = _first(parcel, WORDS)
            yield Parcel(
                status=statuses.of_courier(word) if word else usual,
                courier=courier or None,
                tracking_number=number or None,
                tracking_url=parcel_page(_first(parcel, PAGES), courier, number),
                expected=day(_first(parcel, DAYS), self._zone),
            )

    def _tracked(self, order: Payload) -> Iterator[Payload]:
        """Yield what a plug-in keeps of each parcel; a bare text is its number."""
        for meta in objects(order, "meta_data"):
            if text(meta, "key") != self._key:
                continue
            kept = at(_unpacked(meta.get("value")), *self._path)
            for one in kept if isinstance(kept, list) else [kept]:
                if isinstance(one, dict):
                    yield one
                elif isinstance(one, str) and one.strip():
                    yield {"tracking_number": one}

    def diagnosis(self) -> Diagnosis:
        """Ask for one order, whichever."""
        try:
            self._search(per_page=1, status="any", _fields="number")
        except PortError as error:
            return Diagnosis(well=False, said=str(error), cure=_cure(str(error)))
        return Diagnosis(well=True, said="woocommerce answers")


def _record(order: Payload, tell: Callable[[], T]) -> Record[T]:
    delivered_to = text(order, "shipping", "postcode")
    return Record(
        number=text(order, "number"),
        email=text(order, "billing", "email"),
        postcode=delivered_to or text(order, "billing", "postcode"),
        tell=tell,
    )


def _contents(order: Payload) -> Contents:
    return Contents(
        number=text(order, "number"),
        items=contents.of_list(order, "line_items"),
        total=contents.money(at(order, "total"), at(order, "currency")),
    )


def _refund(order: Payload, status: OrderStatus) -> RefundStatus:
    """Return how much went back; a refund of nothing only puts items into stock."""
    if status == "refunded":
        return "full"
    back = sum(abs(_money(one)) for one in objects(order, "refunds"))
    if not back:
        return "none"
    return "full" if back >= abs(_money(order)) else "partial"


def _money(content: Payload) -> Decimal:
    try:
        return Decimal(text(content, "total") or "0")
    except InvalidOperation:
        return Decimal(0)


def _status(word: str) -> OrderStatus:
    known = STATUSES.get(word)
    if known is None:
        # A plug-in's own. What it means, only the shop can say.
        log.warning("order_status_unknown", word=word[:40])
        raise PortError("woocommerce: an order has a status that we do not know")
    return known


def _unpacked(value: Any) -> Any:
    """Return what some plug-ins keep as JSON inside a text."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        with suppress(orjson.JSONDecodeError):
            return orjson.loads(value)
    return value


def _first(parcel: Payload, names: Sequence[str]) -> str:
    return next(filter(None, (text(parcel, name) for name in names)), "")


def _cure(said: str) -> str:
    if "401" in said or "403" in said:
        return (
            "Make a key that may read (WooCommerce, Settings, Advanced, REST API), and "
            "set WOOCOMMERCE_KEY and WOOCOMMERCE_SECRET to it."
        )
    if "HTTP" in said:
        return (
            "Open WOOCOMMERCE_URL/wp-json in a browser: it must be JSON, without being "
            "sent elsewhere; permalinks must not be plain."
        )
    return "Look whether the shop can be reached from here, and try again."
