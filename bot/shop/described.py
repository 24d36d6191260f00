"""An order as docs/orders.md describes it, read into ours."""

from datetime import tzinfo
from typing import Any, get_args

import structlog

from bot.guard import Record
from bot.shop import contents, statuses
from bot.shop.couriers import parcel_page
from bot.shop.orders import ContentsRecord, Diagnosis, OrderRecord, Source
from bot.shop.reading import Payload, at, day, objects, text
from flows.contents import Contents
from flows.ports import (
    Order,
    OrderStatus,
    Parcel,
    PortError,
    RefundStatus,
    ReturnStatus,
)

log = structlog.get_logger()


#: No shop has it: its answer shows whether the shop says "unknown" as it should.
NOBODYS = "FRONTDESK-DOCTOR"


def diagnosis(source: Source, name: str, well: str, cure: str) -> Diagnosis:
    """Ask a source, called *name*, for an order that there is not."""
    try:
        found = source.records(NOBODYS)
    except PortError as error:
        return Diagnosis(well=False, said=str(error), cure=cure)
    if found:
        said = f"{name}: it has an order {NOBODYS}"
        return Diagnosis(well=False, said=said, cure=cure)
    return Diagnosis(well=True, said=well)


def record(order: Payload, zone: tzinfo) -> OrderRecord:
    """Return the record of an order; what is odd in it shows once the proof fits."""
    return Record(
        number=text(order, "number"),
        email=text(order, "email"),
        postcode=text(order, "postcode"),
        tell=lambda: _order(order, zone),
    )


def inside(order: Payload) -> ContentsRecord:
    """Return the record of what is in an order."""
    return Record(
        number=text(order, "number"),
        email=text(order, "email"),
        postcode=text(order, "postcode"),
        tell=lambda: _contents(order),
    )


def _contents(order: Payload) -> Contents:
    return Contents(
        number=text(order, "number").lstrip("#"),
        items=contents.of_list(order, "items"),
        total=contents.money(
            at(order, "total", "amount"), at(order, "total", "currency")
        ),
    )


def _order(order: Payload, zone: tzinfo) -> Order:
    return Order(
        number=text(order, "number").lstrip("#"),
        status=_status(text(order, "status")),
        parcels=tuple(_parcel(one, zone) for one in objects(order, "parcels")),
        placed=day(text(order, "placed_on"), zone),
        refund=_word(text(order, "refund"), RefundStatus),
        refunded=day(text(order, "refunded_on"), zone),
        returned=_word(text(order, "return"), ReturnStatus),
    )


def _parcel(parcel: Payload, zone: tzinfo) -> Parcel:
    courier, number = text(parcel, "courier"), text(parcel, "tracking_number")
    return Parcel(
        status=statuses.of_courier(text(parcel, "status") or statuses.UNKNOWN),
        courier=courier or None,
        tracking_number=number or None,
        tracking_url=parcel_page(text(parcel, "tracking_url"), courier, number),
        expected=day(text(parcel, "expected_on"), zone),
    )


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
