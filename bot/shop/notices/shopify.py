"""What Shopify sends: orders and fulfilments as its REST API writes them.

https://shopify.dev/docs/api/webhooks/latest
A notice of an order holds all of it; one of a fulfilment names its order by the name
of the fulfilment alone (`#1001.1`).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from urllib.parse import urlsplit

from bot.shop import statuses
from bot.shop.couriers import parcel_page
from bot.shop.notices.told import (
    Change,
    Disclosure,
    Erasure,
    Looked,
    Told,
    UnreadableError,
    content_of,
    moment,
    parts_of,
    plain,
    shop_id,
)
from bot.shop.reading import Payload, at, day, objects, plain_text, text
from bot.store.order_states import Part
from flows.ports import Order, OrderStatus, Parcel
from flows.standing import called
from webhooks.shops import Notice

#: A refund is told by `orders/updated` as well, with the whole order.
ORDERS = frozenset(
    f"orders/{what}"
    for what in (
        "cancelled",
        "create",
        "fulfilled",
        "paid",
        "partially_fulfilled",
        "updated",
    )
)
FULFILLMENTS = frozenset(["fulfillments/create", "fulfillments/update"])
#: What every app of the App Store has to take.
#: https://shopify.dev/docs/apps/build/privacy-law-compliance
REDACT, REDACT_SHOP = "customers/redact", "shop/redact"
REQUEST = "customers/data_request"
TOPICS = ORDERS | FULFILLMENTS | {REDACT, REDACT_SHOP, REQUEST}

_SENT: dict[str, OrderStatus] = {
    "fulfilled": "shipped",
    "partial": "partially_shipped",
}
#: Of a fulfilment that was called off, or failed, no parcel goes anywhere.
_VOID = frozenset(["cancelled", "error", "failure"])


class ShopifyNotices:
    """Reads what one Shopify shop sends."""

    def __init__(self, shop_url: str, zone: tzinfo) -> None:
        self._shop = (urlsplit(shop_url).hostname or "").casefold()
        self._zone = zone

    def look(self, notice: Notice) -> Looked:
        """Ignore what is of another shop: one secret is that of the whole app."""
        if notice.shop.casefold() != self._shop:
            return Looked(ignored="it is of another shop")
        if notice.topic not in TOPICS:
            return Looked(ignored=f"nothing is done about {notice.topic or 'no topic'}")
        return Looked()

    def read(self, topic: str, body: bytes) -> Sequence[Told]:
        """Return the order, or the one parcel, that a notice is about."""
        content = content_of(body)
        if topic in FULFILLMENTS:
            return [self._parcel(content)]
        if topic in ORDERS:
            return [self._order(content)]
        # Who could send a body of ours again, under another topic, must erase nothing.
        if text(content, "shop_domain").casefold() != self._shop:
            raise UnreadableError("it names no shop, or another")
        return [_by_law(topic, content)]

    def _order(self, content: Payload) -> Change:
        number, changed = plain(text(content, "name")), _changed(content)
        order = self._told(content)
        return Change(
            number=_there(number),
            at=changed,
            parts=parts_of(order),
            shop_id=shop_id(at(content, "id")),
        )

    def _told(self, content: Payload) -> Order:
        sent = [
            one
            for one in objects(content, "fulfillments")
            if text(one, "status") not in _VOID
        ]
        parcels = tuple(parcel for one in sent for parcel in self._parcels(one))
        return Order(
            number=text(content, "name").lstrip("#"),
            status=_status(content, parcels),
            parcels=parcels,
        )

    def _parcel(self, content: Payload) -> Change:
        if text(content, "status") in _VOID:
            raise UnreadableError("the fulfilment was called off")
        number, _, _ = text(content, "name").rpartition(".")
        parts = [
            Part(
                part=called(one.tracking_number, place),
                word=one.status,
                url=one.tracking_url,
            )
            for place, one in enumerate(self._parcels(content), start=1)
        ]
        return Change(
            number=_there(plain(number)),
            at=_changed(content),
            parts=tuple(parts),
            shop_id=shop_id(at(content, "order_id")),
        )

    def _parcels(self, sent: Payload) -> Iterator[Parcel]:
        word = text(sent, "shipment_status").upper()
        status = statuses.of_shopify(word or None)
        courier = text(sent, "tracking_company")
        expected = day(text(sent, "estimated_delivery_at"), self._zone)
        numbers, urls = _texts(sent, "tracking_number"), _texts(sent, "tracking_url")
        for place, number in enumerate(numbers or [""]):
            url = urls[place] if place < len(urls) else ""
            yield Parcel(
                status=status,
                courier=courier or None,
                tracking_number=number or None,
                tracking_url=parcel_page(url, courier, number),
                expected=expected,
            )


def _texts(sent: Payload, name: str) -> Sequence[str]:
    """Return what stands in a list, or alone beside it."""
    listed = at(sent, f"{name}s")
    found = listed if isinstance(listed, list) else []
    texts = [plain_text(one) for one in found if isinstance(one, str)]
    alone = text(sent, name)
    return [*filter(None, texts)] or ([alone] if alone else [])


def _status(content: Payload, parcels: Sequence[Parcel]) -> OrderStatus:
    return statuses.shopify_order(
        cancelled=bool(text(content, "cancelled_at")),
        paid=text(content, "financial_status"),
        sent=_SENT.get(text(content, "fulfillment_status")),
        parcels=parcels,
    )


def _by_law(topic: str, content: Payload) -> Told:
    named = "orders_requested" if topic == REQUEST else "orders_to_redact"
    found = at(content, named)
    ids = tuple(map(shop_id, found)) if isinstance(found, list) else ()
    if topic == REQUEST:
        return Disclosure(shop_ids=ids)
    return Erasure(topic=topic, shop_ids=None if topic == REDACT_SHOP else ids)


def _changed(content: Payload) -> datetime:
    found = moment(text(content, "updated_at"))
    if found is None:
        raise UnreadableError("updated_at is no moment")
    return found


def _there(number: str) -> str:
    if not number:
        raise UnreadableError("it names no order")
    return number
