"""A product as docs/products.md describes it, read into ours."""

from collections.abc import Iterator, Sequence
from typing import get_args

import structlog

from bot.shop.couriers import is_page
from bot.shop.reading import Payload, objects, text
from flows.ports import PortError
from flows.products import BEST, Product, ProductName, Stock, Variant

log = structlog.get_logger()

#: So many are only a few, or fewer.
FEW = 5


def of_count(count: int) -> Stock:
    """Return what so many on the shelf are."""
    return "out_of_stock" if count <= 0 else "few" if count <= FEW else "in_stock"


def best(stocks: Sequence[Stock]) -> Stock:
    """Return what a product is of which there are these."""
    return min(stocks, key=BEST.index, default="out_of_stock")


def page(url: str) -> str | None:
    """Return an address if it is one."""
    return url if is_page(url) else None


def names(content: object, *path: str) -> Iterator[ProductName]:
    """Yield the names in a list of products; what has none is passed over."""
    for one in objects(content, *path):
        key, name = text(one, "id"), text(one, "name")
        if key and name:
            yield ProductName(key=key, name=name)


def product(found: Payload) -> Product:
    """Return a product as described; raise PortError where its stock can't be read."""
    variants = tuple(
        Variant(name=text(one, "name"), stock=_stock(text(one, "stock")))
        for one in objects(found, "variants")
    )
    stock = text(found, "stock")
    given = best([one.stock for one in variants]) if variants and not stock else None
    return Product(
        key=text(found, "id"),
        name=text(found, "name"),
        stock=given or _stock(stock),
        price=text(found, "price") or None,
        url=page(text(found, "url")),
        image=page(text(found, "image")),
        variants=variants,
    )


def _stock(word: str) -> Stock:
    if word.isdecimal():
        return of_count(int(word))
    known: Sequence[Stock] = get_args(Stock)
    found = next((one for one in known if one == word), None)
    if found is None:
        log.warning("stock_unknown", word=word[:40])
        raise PortError("products: a stock that is not in docs/products.md")
    return found
