"""Put another address into an order of a Shopify shop."""

from collections.abc import Callable
from typing import Any

from bot.guard import postcode
from bot.shop.reading import Payload, at, objects, same_words, text
from flows.ports import Address, PortError, Readdressed

#: https://shopify.dev/docs/api/admin-graphql/latest/mutations/orderUpdate
READDRESS = """
mutation ($input: OrderInput!) {
  orderUpdate(input: $input) {
    order { displayFulfillmentStatus cancelledAt shippingAddress { address1 city zip } }
    userErrors { field message }
  }
}
"""
#: Who and where: what stays of an address, and what is put in its place.
ADDRESSED = """
query ($id: ID!) {
  order(id: $id) {
    displayFulfillmentStatus cancelledAt
    shippingAddress { firstName lastName company phone countryCodeV2 }
  }
}
"""
#: Nobody has begun to pack it.
_UNTOUCHED = frozenset(["UNFULFILLED", "ON_HOLD", "SCHEDULED", "OPEN"])


def change(
    ask: Callable[[str, Payload], Any], gid: str, address: Address
) -> Readdressed:
    """Change the address of an order that nobody has begun to pack.

    Name, telephone number and country stay. What Shopify made of it is looked at: it
    may have been packed between our look and the call, and then a person has to see.
    """
    order = at(ask(ADDRESSED, {"id": gid}), "order")
    if not _is_untouched(order) or not at(order, "shippingAddress"):
        return "refused"
    given = {"id": gid, "shippingAddress": _mailing(order, address)}
    answer = at(ask(READDRESS, {"input": given}), "orderUpdate")
    if not isinstance(answer, dict):
        raise PortError("shopify: no answer to a change of address")
    if objects(answer, "userErrors"):
        return "refused"
    after = at(answer, "order")
    kept = at(after, "shippingAddress")
    is_kept = same_words(text(kept, "address1"), address.street)
    is_there = postcode(text(kept, "zip")) == postcode(address.postcode)
    return "changed" if is_kept and is_there and _is_untouched(after) else "refused"


def _is_untouched(order: Any) -> bool:
    stands = text(order, "displayFulfillmentStatus")
    return stands in _UNTOUCHED and not text(order, "cancelledAt")


def _mailing(order: Payload, address: Address) -> Payload:
    """Return the new address as Shopify takes it, with what stays of the old one."""
    old = at(order, "shippingAddress")
    stays = ("firstName", "lastName", "company", "phone")
    new = {
        "address1": address.street,
        "city": address.town,
        "zip": address.postcode,
        "countryCode": text(old, "countryCodeV2"),
        "provinceCode": address.region,
    }
    found = {**{name: text(old, name) for name in stays}, **new}
    filled = {name: value for name, value in found.items() if value}
    # Of the old address nothing else may stay.
    return {**filled, "address2": ""}
