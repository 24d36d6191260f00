"""A shop that a developer made after docs/orders.md."""

import time
from typing import Any
from urllib.parse import unquote

from tests.shops.server import Asked, Json, Shop, Sold, Stocked

TOKEN = "a-token-of-tests"


class Rest(Shop):
    #: Names on a page of the list.
    a_page = 2
    #: Whether it serves the list of a customer's orders.
    searches = True

    def answer(self, asked: Asked) -> tuple[int, Any]:
        if asked.headers["Authorization"] != f"Bearer {TOKEN}":
            return 401, {"error": "unauthorized"}
        if asked.path.startswith("/products"):
            return self._products(asked)
        if (asked.method, asked.path) == ("POST", "/orders/search"):
            return self._search(asked.body["email"])
        does = {"cancel": self._cancel, "address": self._readdress}
        if (todo := asked.path.rpartition("/")[2]) in does:
            return does[todo](asked.path.split("/")[2], asked.body)
        _, place, number = asked.path.split("/", 2)
        order = self.by_number().get(unquote(number)) if place == "orders" else None
        if order is None:
            return 404, {"error": "unknown_order"}
        time.sleep(self.found_pause)
        return 200, _order(order)

    def _products(self, asked: Asked) -> tuple[int, Any]:
        public = [one for one in self.stocked if one.public]
        if asked.path != "/products":
            key = asked.path.removeprefix("/products/")
            found = next((one for one in public if one.key == key), None)
            if found is None:
                return 404, {"error": "unknown_product"}
            return 200, _product(found)
        if "search" in asked.query:
            words = asked.one("search").casefold().split()
            fits = [o for o in public if all(w in o.name.casefold() for w in words)]
            return 200, {"products": [{"id": o.key, "name": o.name} for o in fits]}
        end = int(asked.one("page")) * self.a_page
        names = [{"id": o.key, "name": o.name} for o in public]
        more = str(end // self.a_page + 1) if end < len(names) else None
        return 200, {"products": names[end - self.a_page : end], "next_page": more}

    def _cancel(self, number: str, body: Json) -> tuple[int, Any]:
        order = self.by_number().get(number)
        if order is None or order.email.casefold() != body["email"].casefold():
            return 404, {"error": "unknown_order"}
        if "holds" in order.about:
            return 409, {"error": "refused"}
        if _order(order)["status"] not in ("unpaid", "processing"):
            return 409, {"error": "has_left"}
        order.about["status"] = "cancelled"
        return 200, {"status": "cancelled"}

    def _readdress(self, number: str, body: Json) -> tuple[int, Any]:
        order = self.by_number().get(number)
        if order is None or order.email.casefold() != body["email"].casefold():
            return 404, {"error": "unknown_order"}
        if "holds" in order.about:
            return 409, {"error": "refused"}
        if _order(order)["status"] not in ("unpaid", "processing"):
            return 409, {"error": "has_left"}
        order.to = body["address"]
        return 200, {"status": "changed"}

    def _search(self, email: str) -> tuple[int, Any]:
        if not self.searches:
            return 404, {"error": "not_found"}
        found = [one for one in self.sold if one.email.casefold() == email]
        return 200, {"orders": [_order(one) for one in found]}


def _order(order: Sold) -> Json:
    return {
        "number": order.number,
        "email": order.email,
        "postcode": order.postcode,
        "status": "processing",
        "placed_on": order.placed,
        "parcels": [],
        "items": [{"name": name, "quantity": count} for name, count in order.items],
        "total": {"amount": "59.80", "currency": "GBP"},
        **order.about,
    }


def _product(product: Stocked) -> Json:
    sizes = [{"name": n, "stock": c} for n, c in product.counts.items() if n]
    only = {} if sizes else {"stock": product.counts[""]}
    return {
        "id": product.key,
        "name": product.name,
        "price": "£59.00",
        "url": f"https://shop.example/{product.key}",
        "variants": sizes,
        **only,
        **product.about,
    }
