"""Shopify's Admin API as far as we use it, search syntax and all.

It searches as Shopify's documentation says: terms, OR, quotes, a star; what a name
is made of counts each, so that 1001 finds #1001-A as well.
"""

import re
import time
from fnmatch import fnmatch
from typing import Any

from tests.shops.server import Asked, Json, Shop, Sold, Stocked

TOKEN = "shpat_tests"
PATH = "/admin/api/2026-10/graphql.json"
#: What every order comes to.
GBP = {"amount": "59.8", "currencyCode": "GBP"}
FULFILLED = "displayFulfillmentStatus cancelledAt"
TERM = re.compile(r"(?:(\w+):)?(?:'([^']*)'|\"([^\"]*)\"|(\S+))")


class Shopify(Shop):
    def __init__(self, *sold: Sold) -> None:
        super().__init__(*sold)
        self.scopes = ["read_orders", "read_all_orders", "read_returns", "write_orders"]
        self.scopes += ["read_products"]
        #: What the app has subscribed to over the API: topics, and where they lead.
        self.subscriptions: list[tuple[str, str]] = []
        #: What somebody changes of an order just before it is written.
        self.meanwhile: Json = {}
        #: Names on a page of the list, whatever is asked for.
        self.a_page = 2

    def throttled(self) -> tuple[int, Any]:
        error = {"message": "Throttled", "extensions": {"code": "THROTTLED"}}
        return 200, {"errors": [error]}

    def answer(self, asked: Asked) -> tuple[int, Any]:
        if asked.headers["X-Shopify-Access-Token"] != TOKEN:
            said = "[API] Invalid API key or access token (unrecognized login)"
            return 401, {"errors": said}
        if (asked.method, asked.path) != ("POST", PATH):
            return 404, {"errors": "Not Found"}
        return self._answer(asked, asked.body["query"])

    def _answer(self, asked: Asked, query: str) -> tuple[int, Any]:
        if "accessScopes" in query:
            scopes = [{"handle": one} for one in self.scopes]
            return 200, {"data": {"currentAppInstallation": {"accessScopes": scopes}}}
        if "webhookSubscriptions" in query:
            return self._subscribed(asked.body["variables"]["topics"])
        others = {
            "onlineStoreUrl": self._products,
            "orderUpdate": self._readdress,
            "countryCodeV2": self._addressed,
            "orderCancel": self._cancel,
        }
        for word, does in others.items():
            if word in query:
                return does(asked.body["variables"])
        if not {"read_orders", "read_all_orders"} & set(self.scopes):
            error = {
                "message": "Access denied for orders field.",
                "extensions": {"code": "ACCESS_DENIED"},
                "path": ["orders"],
            }
            return 200, {"data": {"orders": None}, "errors": [error]}
        if "sortKey: CREATED_AT, reverse: true" not in query:
            raise AssertionError("the newest are wanted first")
        if "returnStatus" in query and "read_returns" not in self.scopes:
            error = {
                "message": "Access denied for returnStatus field.",
                "extensions": {"code": "ACCESS_DENIED"},
                "path": ["orders", "nodes", 0, "returnStatus"],
            }
            return 200, {"data": None, "errors": [error]}
        wanted = asked.body["variables"]["query"]
        clauses = _clauses(wanted)
        found = [
            order
            for order in self._within_reach()
            if any(all(_fits(order, *term) for term in terms) for terms in clauses)
        ]
        # Who holds a stopwatch to it sees whether there was something to fetch.
        time.sleep(self.found_pause if found else 0)
        nodes = [_node(one, query) for one in found[:10]]
        return 200, {"data": {"orders": {"nodes": nodes}}}

    def _cancel(self, variables: Json) -> tuple[int, Any]:
        gid = variables["id"]
        if "write_orders" not in self.scopes:
            error = {"message": "", "extensions": {"code": "ACCESS_DENIED"}}
            return 200, {"data": {"orderCancel": None}, "errors": [error]}
        order = next(one for one in self.sold if _gid(one) == gid)
        node = _node(order, "cancelledAt displayFulfillmentStatus holds")
        wrong = node["cancelledAt"] or order.about.get("holds")
        if not wrong:
            order.about["cancelledAt"] = "2026-11-24T12:00:00Z"
        errors = [{"code": "INVALID"}] if wrong else []
        job = None if wrong else {"id": "gid://shopify/Job/1"}
        answer = {"job": job, "orderCancelUserErrors": errors}
        return 200, {"data": {"orderCancel": answer}}

    def _by_gid(self, gid: str) -> Sold:
        return next(one for one in self.sold if _gid(one) == gid)

    def _subscribed(self, topics: list[str]) -> tuple[int, Any]:
        nodes = [
            {"topic": topic, "uri": uri}
            for topic, uri in self.subscriptions
            if topic in topics
        ]
        return 200, {"data": {"webhookSubscriptions": {"nodes": nodes}}}

    def _addressed(self, variables: Json) -> tuple[int, Any]:
        node = _node(self._by_gid(variables["id"]), FULFILLED)
        old = {"firstName": "Anna", "lastName": "Secret", "countryCodeV2": "GB"}
        return 200, {"data": {"order": {**node, "shippingAddress": old}}}

    def _readdress(self, variables: Json) -> tuple[int, Any]:
        given = variables["input"]
        if "write_orders" not in self.scopes:
            error = {"message": "", "extensions": {"code": "ACCESS_DENIED"}}
            return 200, {"data": {"orderUpdate": None}, "errors": [error]}
        order, to = self._by_gid(given["id"]), given["shippingAddress"]
        wrong = order.about.get("holds") or to.get("provinceCode") == "XX"
        said = [{"field": ["shippingAddress"], "message": "Province is not valid"}]
        if not wrong:
            order.to = to
            order.about.update(self.meanwhile)
        kept = {name: to.get(name) for name in ("address1", "city", "zip")}
        node = {**_node(order, FULFILLED), "shippingAddress": kept}
        answer = {"order": None if wrong else node, "userErrors": said if wrong else []}
        return 200, {"data": {"orderUpdate": answer}}

    def _products(self, variables: Json) -> tuple[int, Any]:
        field = "product" if "id" in variables else "products"
        if "read_products" not in self.scopes:
            error = {"message": "", "extensions": {"code": "ACCESS_DENIED"}}
            return 200, {"data": {field: None}, "errors": [error]}
        if field == "product":
            ours = (one for one in self.stocked if _pid(one) == variables["id"])
            found = next(ours, None)
            return 200, {"data": {"product": found and _product(found)}}
        clauses = _clauses(variables["query"])
        fits = [o for o in self.stocked if any(_is_found(o, c) for c in clauses)]
        start = int(variables["after"] or 0)
        end = start + min(self.a_page, variables["first"])
        page = {"hasNextPage": end < len(fits), "endCursor": str(end)}
        nodes = [_product(one) for one in fits[start:end]]
        return 200, {"data": {"products": {"nodes": nodes, "pageInfo": page}}}

    def _within_reach(self) -> list[Sold]:
        everything = "read_all_orders" in self.scopes
        found = [one for one in self.sold if everything or not one.old]
        return sorted(found, key=lambda one: one.placed, reverse=True)


def _clauses(wanted: str) -> list[list[tuple[str, str]]]:
    """Return the terms of each side of an OR, each a field, or none, and a value."""
    return [
        [
            (name, next(filter(None, values), "").casefold().lstrip("#"))
            for name, *values in TERM.findall(clause)
        ]
        for clause in re.split(r"\bOR\b", wanted)
    ]


def _fits(order: Sold, name: str, value: str) -> bool:
    number = order.number.lstrip("#")
    # An address is found by a part of it too, as by the name of its server.
    parts = [order.email, *order.email.split("@")]
    if name == "name":
        held = [number, *number.split("-")]
    else:
        held = parts if name == "email" else [number, *parts]
    exact = "*" not in value
    return any(
        one.casefold() == value if exact else fnmatch(one.casefold(), value)
        for one in held
    )


def _gid(order: Sold) -> str:
    return f"gid://shopify/Order/{abs(hash((order.number, order.email)))}"


def _node(order: Sold, query: str) -> Json:
    node = {
        "id": _gid(order),
        "name": order.number,
        "email": order.email or None,
        "createdAt": f"{order.placed}T23:30:00Z",
        "cancelledAt": None,
        "displayFinancialStatus": "PAID",
        "displayFulfillmentStatus": "UNFULFILLED",
        "shippingAddress": {"zip": order.postcode} if order.postcode else None,
        "billingAddress": {"zip": "B1 1BB", "name": "Anna Secret"},
        "fulfillments": [],
        "returnStatus": "NO_RETURN",
        "refunds": [],
        "currentTotalPriceSet": {"presentmentMoney": GBP},
        "totalPriceSet": {"presentmentMoney": GBP},
        "lineItems": {"nodes": [_line(*one) for one in order.items]},
        "customer": {"displayName": "Anna Secret"},
        **order.about,
    }
    return {name: held for name, held in node.items() if name in query}


def _line(name: str, quantity: int) -> Json:
    title, _, variant = name.partition(" - ")
    return {
        "title": title,
        "variantTitle": variant or None,
        "name": name,
        "quantity": quantity,
        "currentQuantity": quantity,
    }


def _is_found(product: Stocked, terms: list[tuple[str, str]]) -> bool:
    """Whether a product fits all terms: a title by any of its words."""
    words = product.name.casefold().split()
    titles = [value for name, value in terms if name in ("title", "")]
    return all(
        value == "and" or any(fnmatch(word, value) for word in words)
        for value in titles
    )


def _pid(product: Stocked) -> str:
    return f"gid://shopify/Product/{product.key}"


def _product(product: Stocked) -> Json:
    price = {"amount": "59.0", "currencyCode": "GBP"}
    return {
        "id": _pid(product),
        "title": product.name,
        "status": "ACTIVE",
        "onlineStoreUrl": f"https://shop.example/{product.key}"
        if product.public
        else None,
        "featuredMedia": {"preview": {"image": {"url": "https://cdn.example/a.jpg"}}},
        "priceRangeV2": {"minVariantPrice": price, "maxVariantPrice": price},
        "variants": {
            "nodes": [
                {
                    "title": size or "Default Title",
                    "availableForSale": count > 0,
                    "inventoryQuantity": count,
                    "inventoryPolicy": "DENY",
                    **product.about,
                }
                for size, count in product.counts.items()
            ]
        },
    }
