"""Orders of a shop of any kind that answers as docs/orders.md says."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any, get_args

import structlog

from bot.guard import Record
from bot.shop import statuses
from bot.shop.couriers import parcel_page
from bot.shop.orders import Diagnosis, OrderRecord
from bot.shop.reading import Payload, at, day, objects, plain_number, text
from bot.shop.web import Answer, Web
from flows.ports import (
    Cancelled,
    Order,
    OrderStatus,
    Parcel,
    PortError,
    RefundStatus,
    ReturnStatus,
)

log = structlog.get_logger()

_REFUSALS: dict[str, Cancelled] = {"has_left": "left", "refused": "refused"}
#: No shop has it: its answer shows whether the shop says "unknown" as it should.
NOBODYS = "FRONTDESK-DOCTOR"


class RestOrders:
    """Looks orders up at GET {url}/orders/{number}, and POST {url}/orders/search."""

    def __init__(self, url: str, token: str, zone: tzinfo) -> None:
        self._url = url
        self._web = Web("orders", {"Authorization": f"Bearer {token}"})
        self._zone = zone

    def records(self, number: str) -> Sequence[OrderRecord]:
        """Return the order of that number, if the shop has it."""
        plain = plain_number(number)
        if plain is None:
            return []
        answer = self._web.get(f"{self._url}/orders/{plain}")
        if _says_unknown(answer):
            return []
        if answer.status != 200 or not isinstance(answer.content, dict):
            raise PortError(f"the shop: HTTP {answer.status}, no order")
        return [self._record(answer.content)]

    def records_of(self, email: str) -> Sequence[OrderRecord]:
        """Return the orders of an address; it stands in no line of a log."""
        answer = self._web.post(f"{self._url}/orders/search", {"email": email})
        if answer.status != 200 or not isinstance(at(answer.content, "orders"), list):
            raise PortError(f"the shop: HTTP {answer.status}, no list of orders")
        return [self._record(one) for one in objects(answer.content, "orders")]

    def cancel(self, number: str, email: str) -> Cancelled:
        """Ask the shop to cancel; it says what came of it in a word."""
        plain = plain_number(number)
        answer = self._web.post(f"{self._url}/orders/{plain}/cancel", {"email": email})
        if answer.status == 200 and at(answer.content, "status") == "cancelled":
            return "cancelled"
        refused = _REFUSALS.get(text(answer.content, "error"))
        if answer.status != 409 or refused is None:
            raise PortError(f"the shop: HTTP {answer.status}, not cancelled")
        return refused

    def _record(self, order: Payload) -> OrderRecord:
        return Record(
            number=text(order, "number"),
            email=text(order, "email"),
            postcode=text(order, "postcode"),
            tell=lambda: self._order(order),
        )

    def _order(self, order: Payload) -> Order:
        return Order(
            number=text(order, "number").lstrip("#"),
            status=_status(text(order, "status")),
            parcels=tuple(map(self._parcel, objects(order, "parcels"))),
            placed=day(text(order, "placed_on"), self._zone),
            refund=_word(text(order, "refund"), RefundStatus),
            refunded=day(text(order, "refunded_on"), self._zone),
            returned=_word(text(order, "return"), ReturnStatus),
        )

    def _parcel(self, parcel: Payload) -> Parcel:
        courier, number = text(parcel, "courier"), text(parcel, "tracking_number")
        return Parcel(
            status=statuses.of_courier(text(parcel, "status") or statuses.UNKNOWN),
            courier=courier or None,
            tracking_number=number or None,
            tracking_url=parcel_page(text(parcel, "tracking_url"), courier, number),
            expected=day(text(parcel, "expected_on"), self._zone),
        )

    def diagnosis(self) -> Diagnosis:
        """Ask for an order that there is not."""
        try:
            found = self.records(NOBODYS)
        except PortError as error:
            said = str(error)
        else:
            if not found:
                return Diagnosis(
                    well=True, said="the shop answers as docs/orders.md says"
                )
            said = f"orders: it has an order {NOBODYS}"
        cure = (
            "See ORDERS_URL and ORDERS_TOKEN, and docs/orders.md for what is answered."
        )
        return Diagnosis(well=False, said=said, cure=cure)


def _says_unknown(answer: Answer) -> bool:
    """Whether the shop has no such order: a page that is not there does not say so."""
    return answer.status == 404 and at(answer.content, "error") == "unknown_order"


def _word(word: str, known: Any) -> Any:
    """Return a word of ours; of another, and of none, a person has to tell."""
    if word and word not in get_args(known):
        log.warning("refund_or_return_unknown", word=word[:40])
    return word if word in get_args(known) else None


def _status(word: str) -> OrderStatus:
    known = next((one for one in get_args(OrderStatus) if one == word), None)
    if known is None:
        log.warning("order_status_unknown", word=word[:40])
        raise PortError("orders: an order has a status that is not in docs/orders.md")
    status: OrderStatus = known
    return status
