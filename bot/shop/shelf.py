"""The shop's products behind the port: names are kept, what is told is looked up.

A shop on the network is asked for its names beside the turns, every ten minutes; they
stay as they were while it does not answer. What is in stock is a minute old at most.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Protocol

import structlog

from bot.clock import monotonic
from bot.product_names import MOST, ProductNames, telling
from bot.shop.orders import Diagnosis
from flows.ports import PortError
from flows.products import Meant, Product, ProductName

log = structlog.get_logger()

#: How long what a shop said of a product is told, and how many are kept.
FRESH, KEPT = 60.0, 500
#: How long names count, and how soon a shop is asked again that did not answer.
OF_TABLES, OF_A_SHOP, AGAIN = 2.0, 600.0, 60.0
#: More names are not kept: others are found by the shop's own search.
MOST_NAMES = 5_000
#: As many words as a search is handed.
MOST_WORDS = 6


class Source(Protocol):
    """Where a shop keeps its products."""

    def names(self) -> Sequence[ProductName]:
        """Return what all that is sold is called; raise PortError as of orders."""

    def search(self, words: Sequence[str]) -> Sequence[ProductName]:
        """Return what the shop finds by words that customers wrote."""

    def product(self, key: str) -> Product | None:
        """Return a product, None if it is sold no more."""


class Remote(Source, Protocol):
    """A shop that is asked over the network."""

    def diagnosis(self) -> Diagnosis:
        """Ask the shop something harmless, and return what came of it."""


class Shelf:
    """The products of a source; safe to share between threads."""

    def __init__(
        self,
        source: Source,
        every: float = OF_A_SHOP,
        now: Callable[[], float] = monotonic,
    ) -> None:
        self._source, self._every, self._now = source, every, now
        self._names = ProductNames()
        self._due = float("-inf")
        self._looking = threading.Lock()
        self._told: dict[str, tuple[Product, float]] = {}

    def names(self) -> ProductNames:
        """Return the names as they are known; a shop is asked for them beside us.

        Our own tables are read at once.
        """
        if self._now() >= self._due and self._looking.acquire(blocking=False):
            if self._every == OF_TABLES:
                self._look()
            else:
                threading.Thread(target=self._look, name="shelf", daemon=True).start()
        return self._names

    def are_known(self) -> bool:
        """Whether there are any that can be looked up."""
        return bool(self.names().products)

    def meant(self, text: str) -> Meant:
        """Return the products that a text names, or else those that the shop finds."""
        names = self.names()
        found = names.of(text)
        found = found if found.products else names.meant(text)
        return found if found.products else self._searched(telling(text))

    def find(self, key: str) -> Product | None:
        """Return a product as it was a minute ago at most."""
        product, at = self._told.get(key, (None, 0.0))
        if product is not None and self._now() - at < FRESH:
            return product
        product = self._source.product(key)
        if product is not None:
            self._keep(product)
        return product

    def _keep(self, product: Product) -> None:
        if len(self._told) >= KEPT:
            self._told.clear()
        self._told[product.key] = product, self._now()

    def _searched(self, words: Sequence[str]) -> Meant:
        found = self._source.search(words[:MOST_WORDS]) if words else ()
        return Meant(products=tuple(found)) if len(found) <= MOST else Meant()

    def _look(self) -> None:
        try:
            names = ProductNames(tuple(self._source.names()[:MOST_NAMES]))
            if names != self._names:
                # A second for five thousand: here, and not in somebody's turn.
                names.find("ready")
                self._names = names
            self._due = self._now() + self._every
        except PortError as error:
            self._due = self._now() + min(AGAIN, self._every)
            log.warning("products_not_read", reason=str(error))
        finally:
            self._looking.release()
