"""WooCommerce's REST API v3 as far as we use it: a search, and no filter by number."""

import base64
import time
from typing import Any

from tests.shops.server import Asked, Json, Shop, Sold

KEYS = ("ck_tests", "cs_tests")
PATH = "/wp-json/wc/v3/orders"


class WooCommerce(Shop):
    #: Whether numbers are those of a plug-in, and not the ids.
    numbered = True
    #: Whether the key may write.
    writes = True

    def answer(self, asked: Asked) -> tuple[int, Any]:
        if asked.method == "PUT":
            return self._update(asked)
        if asked.path != PATH:
            return 404, {"code": "rest_no_route", "data": {"status": 404}}
        given = asked.headers["Authorization"] or ""
        if given != "Basic " + base64.b64encode(":".join(KEYS).encode()).decode():
            code = "woocommerce_rest_cannot_view"
            return 401, {"code": code, "data": {"status": 401}}
        per_page = int(asked.one("per_page", "10"))
        if not 1 <= per_page <= 100:
            return 400, {"code": "rest_invalid_param", "data": {"status": 400}}
        # Any other parameter, such as `number`, is passed over in silence.
        search = asked.one("search").casefold()
        found = [
            _order(index, one)
            for index, one in enumerate(self.sold, start=7001)
            if _holds(index, one, search)
        ]
        if asked.one("orderby") == "date":
            backwards = asked.one("order", "desc") == "desc"
            found.sort(key=lambda one: one["date_created_gmt"], reverse=backwards)
        time.sleep(self.found_pause if found else 0)
        fields = asked.one("_fields").split(",")
        kept = found[:per_page]
        return 200, [{f: one[f] for f in fields if f in one} for one in kept]

    def _update(self, asked: Asked) -> tuple[int, Any]:
        if not self.writes:
            code = "woocommerce_rest_cannot_edit"
            return 401, {"code": code, "data": {"status": 401}}
        index = int(asked.path.removeprefix(f"{PATH}/")) - 7001
        self.sold[index].about.update(asked.body)
        return 200, _order(index + 7001, self.sold[index])


def _holds(index: int, order: Sold, search: str) -> bool:
    """Whether a LIKE finds it anywhere: in a number, a phone number, an address."""
    held = [order.number, order.email, order.postcode, order.about.get("phone", "")]
    by_id = search.isdecimal() and int(search) == index
    return by_id or any(search in one.casefold() for one in held)


def _order(index: int, order: Sold) -> Json:
    return {
        "id": index,
        "number": order.number,
        "status": "processing",
        "date_created_gmt": f"{order.placed}T23:30:00",
        "total": "23.00",
        "customer_id": 0,
        "billing": {
            "email": order.email,
            "postcode": "B1 1BB",
            "first_name": "Anna",
            "last_name": "Secret",
        },
        "shipping": {"postcode": order.postcode, "country": "GB"},
        "line_items": [{"name": "Blue Train", "quantity": 1}],
        "meta_data": [],
        "refunds": [],
        **order.about,
    }
