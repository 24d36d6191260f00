"""WooCommerce's REST API v3 as far as we use it: a search, and no filter by number."""

import base64
import time
from typing import Any

from tests.shops.server import Asked, Json, Shop, Sold, Stocked

KEYS = ("ck_tests", "cs_tests")
API = "/wp-json/wc/v3"
PATH = f"{API}/orders"
HOOKS = f"{API}/webhooks"
PRODUCTS, CURRENCY = f"{API}/products", f"{API}/data/currencies/current"


class WooCommerce(Shop):
    #: Whether numbers are those of a plug-in, and not the ids.
    numbered = True
    #: What somebody changes of an order just before it is written.
    meanwhile: Json = {}
    #: Its webhooks: topics, status, and where they lead.
    webhooks: tuple[tuple[str, str, str], ...] = ()
    #: Whether the key is of somebody who may manage the shop.
    manages = True
    #: Whether the key may write.
    writes = True

    def answer(self, asked: Asked) -> tuple[int, Any]:
        if asked.method == "PUT":
            return self._update(asked)
        places = (PATH, CURRENCY, HOOKS)
        if asked.path not in places and not asked.path.startswith(PRODUCTS):
            return 404, {"code": "rest_no_route", "data": {"status": 404}}
        given = asked.headers["Authorization"] or ""
        if given != "Basic " + base64.b64encode(":".join(KEYS).encode()).decode():
            code = "woocommerce_rest_cannot_view"
            return 401, {"code": code, "data": {"status": 401}}
        if asked.path == HOOKS:
            return self._hooks(int(asked.one("per_page", "10")))
        return self._listed(asked) if asked.path == PATH else self._shown(asked)

    def _hooks(self, per_page: int) -> tuple[int, Any]:
        if not self.manages:
            code = "woocommerce_rest_cannot_view"
            return 403, {"code": code, "data": {"status": 403}}
        found = [
            {"id": number, "topic": topic, "status": status, "delivery_url": url}
            for number, (topic, status, url) in enumerate(self.webhooks, start=1)
        ]
        return 200, found[:per_page]

    def _shown(self, asked: Asked) -> tuple[int, Any]:
        if asked.path == CURRENCY:
            return 200, {"code": "GBP", "name": "Pound sterling", "symbol": "&pound;"}
        return self._products(asked, int(asked.one("per_page", "10")))

    def _listed(self, asked: Asked) -> tuple[int, Any]:
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

    def _products(self, asked: Asked, per_page: int) -> tuple[int, Any]:
        if asked.path == PRODUCTS:
            words = asked.one("search").casefold().split()
            published = asked.one("status") == "publish"
            names = [
                {"id": int(o.key), "name": o.name}
                for o in self.stocked
                if o.public >= published
                and all(word in o.name.casefold() for word in words)
            ]
            start = (int(asked.one("page", "1")) - 1) * per_page
            return 200, names[start : start + per_page]
        key, _, more = asked.path.removeprefix(f"{PRODUCTS}/").partition("/")
        found = next((one for one in self.stocked if one.key == key), None)
        if found is None:
            code = "woocommerce_rest_product_invalid_id"
            return 404, {"code": code, "message": "Invalid ID.", "data": {}}
        whole = _variations(found) if more == "variations" else _product(found)
        return 200, whole

    def _update(self, asked: Asked) -> tuple[int, Any]:
        if not self.writes:
            code = "woocommerce_rest_cannot_edit"
            return 401, {"code": code, "data": {"status": 401}}
        index = int(asked.path.removeprefix(f"{PATH}/")) - 7001
        order = self.sold[index]
        body, kept = dict(asked.body), _order(index + 7001, order)["shipping"]
        if "shipping" in body:
            # Only what is given is another; the rest stays as it was.
            body["shipping"] = {**kept, **body["shipping"]}
        order.about.update({**body, **self.meanwhile})
        return 200, _order(index + 7001, order)


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
        "total": "59.80",
        "currency": "GBP",
        "customer_id": 0,
        "billing": {
            "email": order.email,
            "postcode": "B1 1BB",
            "first_name": "Anna",
            "last_name": "Secret",
        },
        "shipping": {
            "first_name": "Anna",
            "address_1": "1 Old Street",
            "address_2": "Flat 1",
            "city": "London",
            "state": "",
            "postcode": order.postcode,
            "country": "GB",
        },
        "line_items": [
            {"id": id_, "name": name, "quantity": quantity, "total": "9.00"}
            for id_, (name, quantity) in enumerate(order.items)
        ],
        "meta_data": [],
        "refunds": [],
        **order.about,
    }


def _product(product: Stocked) -> Json:
    return {
        "id": int(product.key),
        "name": product.name,
        "status": "publish" if product.public else "draft",
        "permalink": f"https://shop.example/{product.key}",
        "price": "59",
        "low_stock_amount": None,
        "images": [{"src": "https://shop.example/a.jpg"}],
        **_counted(sum(product.counts.values())),
        **product.about,
    }


def _variations(product: Stocked) -> list[Json]:
    """Return its sizes; of a product that has none WooCommerce says an empty list."""
    return [
        {
            "attributes": [{"id": 1, "name": "Size", "option": size}],
            "low_stock_amount": None,
            **_counted(count),
            **product.about,
        }
        for size, count in product.counts.items()
        if size
    ]


def _counted(count: int) -> Json:
    status = "instock" if count > 0 else "outofstock"
    return {"stock_status": status, "stock_quantity": count}
