"""A shop that a developer made after docs/orders.md."""

import time
from typing import Any
from urllib.parse import unquote

from tests.shops.server import Asked, Shop

TOKEN = "a-token-of-tests"


class Rest(Shop):
    def answer(self, asked: Asked) -> tuple[int, Any]:
        if asked.headers["Authorization"] != f"Bearer {TOKEN}":
            return 401, {"error": "unauthorized"}
        _, place, number = asked.path.split("/", 2)
        order = self.by_number().get(unquote(number)) if place == "orders" else None
        if order is None:
            return 404, {"error": "unknown_order"}
        time.sleep(self.found_pause)
        return 200, {
            "number": order.number,
            "email": order.email,
            "postcode": order.postcode,
            "status": "processing",
            "parcels": [],
            **order.about,
        }
