"""Shopify's Admin API as far as we use it, search syntax and all.

It searches as Shopify's documentation says: terms, OR, quotes, a star; what a name
is made of counts each, so that 1001 finds #1001-A as well.
"""

import re
from fnmatch import fnmatch
from typing import Any

from tests.shops.server import Asked, Json, Shop, Sold

TOKEN = "shpat_tests"
PATH = "/admin/api/2026-10/graphql.json"
TERM = re.compile(r"(?:(\w+):)?(?:'([^']*)'|\"([^\"]*)\"|(\S+))")


class Shopify(Shop):
    def __init__(self, *sold: Sold) -> None:
        super().__init__(*sold)
        self.scopes = ["read_orders", "read_all_orders"]

    def throttled(self) -> tuple[int, Any]:
        error = {"message": "Throttled", "extensions": {"code": "THROTTLED"}}
        return 200, {"errors": [error]}

    def answer(self, asked: Asked) -> tuple[int, Any]:
        if asked.headers["X-Shopify-Access-Token"] != TOKEN:
            said = "[API] Invalid API key or access token (unrecognized login)"
            return 401, {"errors": said}
        if (asked.method, asked.path) != ("POST", PATH):
            return 404, {"errors": "Not Found"}
        query = asked.body["query"]
        if "accessScopes" in query:
            scopes = [{"handle": one} for one in self.scopes]
            return 200, {"data": {"currentAppInstallation": {"accessScopes": scopes}}}
        if not {"read_orders", "read_all_orders"} & set(self.scopes):
            error = {
                "message": "Access denied for orders field.",
                "extensions": {"code": "ACCESS_DENIED"},
                "path": ["orders"],
            }
            return 200, {"data": {"orders": None}, "errors": [error]}
        wanted = asked.body["variables"]["query"]
        found = [one for one in self._within_reach() if _matches(one, wanted)]
        nodes = [_node(one, query) for one in found[:10]]
        return 200, {"data": {"orders": {"nodes": nodes}}}

    def _within_reach(self) -> list[Sold]:
        everything = "read_all_orders" in self.scopes
        return [one for one in self.sold if everything or not one.old]


def _matches(order: Sold, wanted: str) -> bool:
    return any(
        all(_fits(order, *term) for term in TERM.findall(clause))
        for clause in re.split(r"\bOR\b", wanted)
    )


def _fits(order: Sold, name: str, *values: str) -> bool:
    value = next(filter(None, values), "").casefold().lstrip("#")
    held = {
        "name": [order.number.lstrip("#"), *order.number.lstrip("#").split("-")],
        "email": [order.email],
    }.get(name, [order.number, order.email, order.postcode])
    return any(fnmatch(one.casefold(), value) for one in held if one)


def _node(order: Sold, query: str) -> Json:
    node = {
        "name": order.number,
        "email": order.email or None,
        "cancelledAt": None,
        "displayFinancialStatus": "PAID",
        "displayFulfillmentStatus": "UNFULFILLED",
        "shippingAddress": {"zip": order.postcode} if order.postcode else None,
        "billingAddress": {"zip": "B1 1BB", "name": "Anna Secret"},
        "fulfillments": [],
        "customer": {"displayName": "Anna Secret"},
        **order.about,
    }
    return {name: held for name, held in node.items() if name in query}
