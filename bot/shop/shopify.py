"""Orders of a Shopify shop, over its Admin API (GraphQL).

An order older than 60 days is not found unless the app has `read_all_orders`:
Shopify then answers as if there were none. `frontdesk doctor` looks for it.
https://shopify.dev/docs/api/admin-graphql/latest/queries/orders
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, tzinfo
from functools import partial
from typing import Any, TypeVar

from bot.guard import Record, spelt
from bot.shop import shopify_address, shopify_contents, statuses
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
    text,
)
from bot.shop.shopify_admin import ShopifyAdmin
from flows.ports import (
    Address,
    Cancelled,
    Order,
    OrderStatus,
    Parcel,
    PortError,
    Readdressed,
    RefundStatus,
    ReturnStatus,
)

T = TypeVar("T")

NEEDED, ALL, RETURNING = "read_orders", "read_all_orders", "read_returns"
RETURNS, DENIED = "RETURNS", "ACCESS_DENIED"
#: Nothing that we would not tell: no name, no address, no price.
QUERY = """
query ($query: String!) {
  orders(first: 10, query: $query, sortKey: CREATED_AT, reverse: true) {
    nodes {
      id name email createdAt cancelledAt
      displayFinancialStatus displayFulfillmentStatus
      RETURNS refunds(first: 20) { createdAt }
      shippingAddress { zip } billingAddress { zip }
      fulfillments(first: 20) {
        displayStatus estimatedDeliveryAt trackingInfo(first: 10) { company number url }
      }
    }
  }
}
"""
#: https://shopify.dev/docs/api/admin-graphql/latest/mutations/orderCancel
CANCEL = """
mutation ($id: ID!) {
  orderCancel(
    orderId: $id, reason: CUSTOMER, restock: true, notifyCustomer: true,
    refundMethod: { originalPaymentMethodsRefund: true },
    staffNote: "Cancelled by the customer, with Frontdesk"
  ) {
    job { id }
    orderCancelUserErrors { code }
  }
}
"""
#: Where the query has it that also asks for returns, for which an app needs a scope.
ASKED_RETURNS = "returnStatus"
#: https://shopify.dev/docs/api/admin-graphql/latest/enums/OrderReturnStatus
_RETURNS: dict[str, ReturnStatus] = {
    "NO_RETURN": "none",
    "RETURN_REQUESTED": "requested",
    "IN_PROGRESS": "agreed",
    "INSPECTION_COMPLETE": "received",
    "RETURNED": "received",
    "RETURN_FAILED": "failed",
}
_REFUNDS: dict[str, RefundStatus] = {
    "PARTIALLY_REFUNDED": "partial",
    "REFUNDED": "full",
}
SCOPES = "query { currentAppInstallation { accessScopes { handle } } }"
#: Of an order that is not on its way; those that are not here are being prepared.
_FULFILLED: dict[str, OrderStatus] = {
    "FULFILLED": "shipped",
    "PARTIALLY_FULFILLED": "partially_shipped",
}


class ShopifyOrders:
    """Looks orders up in a Shopify shop."""

    def __init__(self, url: str, token: str, version: str, zone: tzinfo) -> None:
        self._ask = ShopifyAdmin(url, token, version).ask
        self._zone = zone
        #: Whether the app may see returns, as far as we know.
        self._sees_returns = True

    def records(self, number: str) -> Sequence[OrderRecord]:
        """Return the orders of that name: nothing keeps a shop from having two."""
        plain = plain_number(number)
        return self._search(_named(plain)) if plain else []

    def contents(self, number: str) -> Sequence[ContentsRecord]:
        """Return what is in the orders of that name, by a query of its own."""
        plain = plain_number(number)
        if plain is None:
            return []
        content = self._ask(shopify_contents.QUERY, {"query": _named(plain)})
        found = _orders(content)
        return [_record(one, partial(shopify_contents.read, one)) for one in found]

    def records_of(self, email: str) -> Sequence[OrderRecord]:
        """Return the newest orders of an address; older than 60 days as by number."""
        plain = plain_address(email)
        return self._search(f"email:'{plain}'") if plain else []

    def cancel(self, number: str, email: str) -> Cancelled:
        """Ask for the order to be cancelled, paid back and put into stock again.

        It is irreversible, and done a little later: what is refused is refused now.
        """
        gid = self._open(number, email)
        if gid is None:
            return "left"
        content = self._ask(CANCEL, {"id": gid})
        answer = at(content, "orderCancel")
        if not isinstance(answer, dict):
            raise PortError("shopify: no answer to a cancel")
        return "refused" if objects(answer, "orderCancelUserErrors") else "cancelled"

    def readdress(self, number: str, email: str, address: Address) -> Readdressed:
        """Put another address into an order that nobody has begun to pack."""
        gid = self._open(number, email)
        if gid is None:
            return "left"
        return shopify_address.change(self._ask, gid, address)

    def _open(self, number: str, email: str) -> str | None:
        """Return the id of the order of that number and address if it has not left."""
        plain = plain_number(number)
        nodes = self._nodes(_named(plain or ""))
        same = [
            one
            for one in nodes
            if spelt(text(one, "name")) == spelt(number)
            and text(one, "email").casefold() == email.casefold()
        ]
        if not same or self._order(same[0]).status not in OPEN:
            return None
        return text(same[0], "id")

    def _search(self, query: str) -> Sequence[OrderRecord]:
        return [_record(one, partial(self._order, one)) for one in self._nodes(query)]

    def _nodes(self, query: str) -> Sequence[Payload]:
        return _orders(self._asked({"query": query}))

    def _order(self, node: Payload) -> Order:
        sent = objects(node, "fulfillments")
        parcels = tuple(one for each in sent for one in self._parcels(each))
        return Order(
            number=text(node, "name").lstrip("#"),
            status=_status(node, parcels),
            parcels=parcels,
            placed=day(text(node, "createdAt"), self._zone),
            refund=_REFUNDS.get(text(node, "displayFinancialStatus"), "none"),
            refunded=self._refunded(node),
            returned=_RETURNS.get(text(node, "returnStatus")),
        )

    def _refunded(self, node: Payload) -> date | None:
        """Return the day of the newest refund, if money went back at all.

        A refund of nothing only takes an item out of an order.
        """
        moments = [text(one, "createdAt") for one in objects(node, "refunds")]
        went_back = text(node, "displayFinancialStatus") in _REFUNDS
        return day(max(moments), self._zone) if moments and went_back else None

    def _parcels(self, fulfillment: Payload) -> Iterator[Parcel]:
        status = statuses.of_shopify(text(fulfillment, "displayStatus") or None)
        expected = day(text(fulfillment, "estimatedDeliveryAt"), self._zone)
        for tracking in objects(fulfillment, "trackingInfo") or [{}]:
            courier, number = text(tracking, "company"), text(tracking, "number")
            yield Parcel(
                status=status,
                courier=courier or None,
                tracking_number=number or None,
                tracking_url=parcel_page(text(tracking, "url"), courier, number),
                expected=expected,
            )

    def _asked(self, variables: Payload) -> Any:
        """Ask for orders; once more without their returns if the app lacks the scope.

        Which scopes an app has is asked by the doctor alone: it would be a call more.
        """
        if self._sees_returns:
            try:
                return self._ask(QUERY.replace(RETURNS, ASKED_RETURNS), variables)
            except PortError as error:
                if DENIED not in str(error):
                    raise
        content = self._ask(QUERY.replace(RETURNS, ""), variables)
        self._sees_returns = False
        return content

    def diagnosis(self) -> Diagnosis:
        """Ask which orders the app may see."""
        try:
            content = self._ask(SCOPES, {})
        except PortError as error:
            return Diagnosis(well=False, said=str(error), cure=_cure(str(error)))
        scopes = objects(content, "currentAppInstallation", "accessScopes")
        handles = {text(one, "handle") for one in scopes}
        if not handles & {NEEDED, ALL}:
            return Diagnosis(
                well=False,
                said=f"shopify answers, but the app lacks the scope {NEEDED}",
                cure=f"Give the app {NEEDED}, install it again, and set its new token.",
            )
        limit = (
            f"orders older than 60 days are not found: the app lacks {ALL}, for which "
            "it has to ask Shopify"
        )
        unseen = f"how a return stands is not told: the app lacks {RETURNING}"
        lacking = {ALL: limit, RETURNING: unseen}
        notes = tuple(said for scope, said in lacking.items() if scope not in handles)
        return Diagnosis(well=True, said="shopify answers", notes=notes)


def _named(plain: str) -> str:
    """Return what searches for a number: in quotes, with nothing in it that is syntax.

    What the search finds beside it is sorted out where the proof is looked at.
    """
    return f"name:'#{plain}' OR name:'{plain}'"


def _orders(content: Any) -> Sequence[Payload]:
    if not isinstance(at(content, "orders", "nodes"), list):
        raise PortError("shopify: no orders in the answer")
    return objects(content, "orders", "nodes")


def _record(node: Payload, tell: Callable[[], T]) -> Record[T]:
    delivered_to = text(node, "shippingAddress", "zip")
    return Record(
        number=text(node, "name"),
        email=text(node, "email"),
        postcode=delivered_to or text(node, "billingAddress", "zip"),
        tell=tell,
    )


def _status(node: Payload, parcels: Sequence[Parcel]) -> OrderStatus:
    return statuses.shopify_order(
        cancelled=bool(text(node, "cancelledAt")),
        paid=text(node, "displayFinancialStatus"),
        sent=_FULFILLED.get(text(node, "displayFulfillmentStatus")),
        parcels=parcels,
    )


def _cure(said: str) -> str:
    if "401" in said or "403" in said:
        return "Set SHOPIFY_ACCESS_TOKEN to the Admin API token of the app."
    if "404" in said:
        return "Set SHOPIFY_URL to the myshopify.com address of the shop."
    return "Look whether the shop can be reached from here, and try again."
