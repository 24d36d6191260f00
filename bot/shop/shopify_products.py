"""Products of a Shopify shop, over its Admin API: what its online store shows.

https://shopify.dev/docs/api/admin-graphql/latest/objects/Product
"""

import re
from collections.abc import Iterator, Sequence

from bot.shop import stocked
from bot.shop.orders import Diagnosis
from bot.shop.reading import Payload, at, objects, text
from bot.shop.shelf import MOST_NAMES
from bot.shop.shopify_admin import ShopifyAdmin
from flows.ports import PortError
from flows.products import Product, ProductName, Stock, Variant

NEEDED = "read_products"
NAMES = """
query ($query: String!, $first: Int!, $after: String) {
  products(first: $first, after: $after, query: $query) {
    nodes { id title onlineStoreUrl }
    pageInfo { hasNextPage endCursor }
  }
}
"""
PRODUCT = """
query ($id: ID!) {
  product(id: $id) {
    id title status onlineStoreUrl
    featuredMedia { preview { image { url } } }
    priceRangeV2 {
      minVariantPrice { amount currencyCode } maxVariantPrice { amount currencyCode }
    }
    variants(first: 100) {
      nodes { title availableForSale inventoryQuantity inventoryPolicy }
    }
  }
}
"""
A_PAGE, FOUND = 250, 10
#: What Shopify calls the one variant of a product that has none.
ONLY = "Default Title"
_GID = "gid://shopify/Product/"
#: Of a search all else is syntax: colons, quotes, stars, brackets, minus.
_WORD = re.compile(r"[^\W_]+")
_SYNTAX = frozenset(["and", "or", "not"])


class ShopifyProducts:
    """Looks products up in a Shopify shop."""

    def __init__(self, url: str, token: str, version: str) -> None:
        self._ask = ShopifyAdmin(url, token, version).ask

    def names(self) -> Sequence[ProductName]:
        """Return the names of what is sold on line, page by page."""
        found: list[ProductName] = []
        after: str | None = ""
        while after is not None and len(found) < MOST_NAMES:
            page = self._page("status:active", A_PAGE, after or None)
            found += _names(page)
            more = at(page, "pageInfo", "hasNextPage") is True
            after = text(page, "pageInfo", "endCursor") if more else None
        return found

    def search(self, words: Sequence[str]) -> Sequence[ProductName]:
        """Return the products of which the title has words that begin so."""
        terms = [f"title:{word}*" for one in words for word in _plain(one)]
        if not terms:
            return []
        return [*_names(self._page(" AND ".join([*terms, "status:active"]), FOUND))]

    def product(self, key: str) -> Product | None:
        """Return a product that the online store shows."""
        if not key.isdecimal():
            return None
        found = at(self._ask(PRODUCT, {"id": f"{_GID}{key}"}), "product")
        if not isinstance(found, dict) or text(found, "status") != "ACTIVE":
            return None
        return _product(found) if text(found, "onlineStoreUrl") else None

    def diagnosis(self) -> Diagnosis:
        """Ask for one name."""
        try:
            self._page("status:active", 1)
        except PortError as error:
            cure = f"Give the app {NEEDED}, install it again, and set its new token."
            return Diagnosis(well=False, said=str(error), cure=cure)
        return Diagnosis(well=True, said="shopify lists its products")

    def _page(self, query: str, first: int, after: str | None = None) -> Payload:
        asked = {"query": query, "first": first, "after": after}
        found = at(self._ask(NAMES, asked), "products")
        if not isinstance(at(found, "nodes"), list):
            raise PortError("shopify: no products in the answer")
        page: Payload = found
        return page


def _plain(word: str) -> Iterator[str]:
    return (one for one in _WORD.findall(word) if one.casefold() not in _SYNTAX)


def _names(page: Payload) -> Iterator[ProductName]:
    for node in objects(page, "nodes"):
        key, title = _key(node), text(node, "title")
        # Without an address it is not in the online store: nothing to be told of.
        if key and title and text(node, "onlineStoreUrl"):
            yield ProductName(key=key, name=title)


def _key(node: Payload) -> str:
    return text(node, "id").removeprefix(_GID)


def _product(node: Payload) -> Product:
    nodes = objects(node, "variants", "nodes")
    variants = [Variant(name=text(v, "title"), stock=_stock(v)) for v in nodes]
    return Product(
        key=_key(node),
        name=text(node, "title"),
        stock=stocked.best([one.stock for one in variants]),
        price=_price(node),
        url=stocked.page(text(node, "onlineStoreUrl")),
        image=stocked.page(text(node, "featuredMedia", "preview", "image", "url")),
        variants=tuple(one for one in variants if one.name != ONLY),
    )


def _stock(variant: Payload) -> Stock:
    """Return what there is of a variant.

    What is not counted is for sale with a count of nothing, or less.
    """
    if at(variant, "availableForSale") is not True:
        return "out_of_stock"
    count = at(variant, "inventoryQuantity")
    counted = isinstance(count, int) and count > 0
    if not counted:
        goes_on = text(variant, "inventoryPolicy") == "CONTINUE"
        return "backorder" if goes_on else "in_stock"
    return stocked.of_count(count)


def _price(node: Payload) -> str | None:
    """Return the price, or from which to which, as Shopify states it."""
    range_ = at(node, "priceRangeV2")
    ends = [at(range_, one) for one in ("minVariantPrice", "maxVariantPrice")]
    told = [f"{text(one, 'amount')} {text(one, 'currencyCode')}" for one in ends]
    amounts = [one.strip() for one in dict.fromkeys(told) if one.strip()]
    return " – ".join(amounts) or None
