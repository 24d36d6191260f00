"""Products of a WooCommerce shop, over its REST API v3.

https://woocommerce.github.io/woocommerce-rest-api-docs/#products
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog

from bot.shop import stocked
from bot.shop.orders import Diagnosis
from bot.shop.reading import Payload, at, objects, text
from bot.shop.shelf import MOST_NAMES
from bot.shop.web import Answer, Web
from flows.ports import PortError
from flows.products import Product, ProductName, Stock, Variant

log = structlog.get_logger()

MOST, FOUND = 100, 10
FIELDS = (
    "id,name,status,permalink,price,stock_status,stock_quantity,low_stock_amount,images"
)
OF_VARIATIONS = "attributes,stock_status,stock_quantity,low_stock_amount"
PUBLISHED = "publish"
UNKNOWN = "woocommerce_rest_product_invalid_id"
_STOCKS: dict[str, Stock] = {"outofstock": "out_of_stock", "onbackorder": "backorder"}


class WooCommerceProducts:
    """Looks products up in a WooCommerce shop."""

    def __init__(self, url: str, keys: tuple[str, str]) -> None:
        self._api = f"{url}/wp-json/wc/v3"
        self._web = Web("woocommerce", {}, auth=keys)
        #: A product and its variations are asked for at once: three seconds for both.
        self._beside = ThreadPoolExecutor(8, thread_name_prefix="variations")
        #: Its price has none; asked for once, with the names.
        self._currency: str | None = None

    def names(self) -> Sequence[ProductName]:
        """Return the names of all that is published, page by page."""
        self._learn_currency()
        found: list[ProductName] = []
        for page in range(1, MOST_NAMES // MOST + 1):
            names = self._listed(page=page, per_page=MOST, orderby="id", order="asc")
            found += stocked.names({"all": names}, "all")
            if len(names) < MOST:
                break
        return found

    def search(self, words: Sequence[str]) -> Sequence[ProductName]:
        """Return what WooCommerce's own search finds."""
        found = self._listed(search=" ".join(words), per_page=FOUND)
        return [*stocked.names({"all": found}, "all")]

    def product(self, key: str) -> Product | None:
        """Return a product that is published, with its variations."""
        if not key.isdecimal():
            return None
        url = f"{self._api}/products/{key}"
        wanted = {"per_page": MOST, "_fields": OF_VARIATIONS}
        variations = self._beside.submit(self._web.get, f"{url}/variations", wanted)
        answer = self._web.get(url, {"_fields": FIELDS})
        beside = variations.result()
        if answer.status == 404 and text(answer.content, "code") == UNKNOWN:
            return None
        found = _content(answer, dict)
        if text(found, "status") != PUBLISHED:
            return None
        return self._product(found, _content(beside, list))

    def diagnosis(self) -> Diagnosis:
        """Ask for one name."""
        try:
            self._listed(per_page=1)
        except PortError as error:
            cure = "Make a key that may read, and see docs/products.md."
            return Diagnosis(well=False, said=str(error), cure=cure)
        return Diagnosis(well=True, said="woocommerce lists its products")

    def _listed(self, **params: Any) -> Sequence[Payload]:
        wanted = {"status": PUBLISHED, "_fields": "id,name", **params}
        answer = self._web.get(f"{self._api}/products", wanted)
        return objects({"all": _content(answer, list)}, "all")

    def _learn_currency(self) -> None:
        if self._currency is None:
            answer = self._web.get(f"{self._api}/data/currencies/current")
            self._currency = text(answer.content, "code") or None

    def _product(self, found: Payload, variations: Any) -> Product:
        rows = objects({"all": variations}, "all")
        variants = [Variant(name=_name(one), stock=_stock(one)) for one in rows]
        stocks = [one.stock for one in variants] or [_stock(found)]
        images = objects(found, "images")
        return Product(
            key=text(found, "id"),
            name=text(found, "name"),
            stock=stocked.best(stocks),
            price=self._price(found),
            url=stocked.page(text(found, "permalink")),
            image=stocked.page(text(images[0], "src")) if images else None,
            variants=tuple(one for one in variants if one.name),
        )

    def _price(self, found: Payload) -> str | None:
        """Return the price; of a currency that is not known, none."""
        price = text(found, "price")
        return f"{price} {self._currency}" if price and self._currency else None


def _content(answer: Answer, kind: type) -> Any:
    if answer.status != 200 or not isinstance(answer.content, kind):
        raise PortError(f"woocommerce: HTTP {answer.status}, no products")
    return answer.content


def _name(variation: Payload) -> str:
    """Return what a variation is chosen by; one for any choice has no name."""
    options = [text(one, "option") for one in objects(variation, "attributes")]
    return " / ".join(filter(None, options))


def _stock(found: Payload) -> Stock:
    """Return what there is; only a few, where the shop counts and says so."""
    word = text(found, "stock_status")
    if word in _STOCKS:
        return _STOCKS[word]
    if word != "instock":
        # A plug-in's own. What it means, only the shop can say.
        log.warning("stock_unknown", word=word[:40])
        raise PortError("woocommerce: a product has a stock that we do not know")
    count, low = at(found, "stock_quantity"), at(found, "low_stock_amount")
    few = low if isinstance(low, int) else stocked.FEW
    return "few" if isinstance(count, int) and 0 < count <= few else "in_stock"
