"""What WooCommerce sends: an order as its REST API v3 writes it.

https://developer.woocommerce.com/docs/apis/rest-api/v3/webhooks/
"""

from collections.abc import Sequence

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
from bot.shop.reading import text
from bot.shop.woocommerce import DRAFT, WooCommerceOrders
from flows.ports import PortError
from webhooks.shops import Notice

#: One that was deleted is known by its id alone: nobody is told of it.
TOPICS = frozenset(["order.created", "order.updated", "order.restored"])


class WooCommerceNotices:
    """Reads what a WooCommerce shop sends, as *orders* reads what it is told."""

    def __init__(self, orders: WooCommerceOrders) -> None:
        self._orders = orders

    def look(self, notice: Notice) -> Looked:
        """Ignore what is no news of an order."""
        if notice.topic not in TOPICS:
            return Looked(ignored=f"nothing is done about {notice.topic or 'no topic'}")
        return Looked()

    def read(self, topic: str, body: bytes) -> Sequence[Told]:
        """Return the order that a notice is about; none while it is a cart."""
        content = content_of(body)
        number = plain(text(content, "number"))
        if text(content, "status") == DRAFT:
            return []
        at = moment(text(content, "date_modified_gmt"))
        if not number or at is None:
            raise UnreadableError("it has no number, or no date_modified_gmt")
        try:
            order = self._orders.record(content).tell()
        except PortError as error:
            raise UnreadableError(str(error)) from None
        return [Change(number=number, at=at, parts=parts_of(order))]
