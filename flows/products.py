"""What may be told of the shop's products, and to anybody: is there any, and the price.

As of the ports of `flows/ports.py`: who implements one waits three seconds at most, and
then raises PortError.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, TypeAlias

#: `few` are left; `backorder` can be ordered, and is not there.
Stock: TypeAlias = Literal["in_stock", "few", "out_of_stock", "backorder"]
#: The best first: a product is as its best variant.
BEST: Sequence[Stock] = ("in_stock", "few", "backorder", "out_of_stock")
#: The slot of a product's name and, line by line below it, of what it is sold as.
VARIANTS = "item_variants"


@dataclass(frozen=True, kw_only=True)
class ProductName:
    """What a product is called; the key is the shop's own."""

    key: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Variant:
    """A size, a colour: what a product is sold as."""

    name: str
    stock: Stock
    #: Where it has one of its own.
    price: str | None = None


@dataclass(frozen=True, kw_only=True)
class Product:
    """A product as its shop shows it to everybody, a minute ago at most."""

    key: str
    name: str
    stock: Stock
    #: As the source states it.
    price: str | None = None
    url: str | None = None
    image: str | None = None
    variants: tuple[Variant, ...] = ()
    #: The day of what is told, where it may be another than today.
    as_of: date | None = None
    #: Its own name and those of all its variants, where it stands for one of them.
    sold_as: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Meant:
    """What a customer may mean by a text."""

    products: tuple[ProductName, ...] = ()
    #: Whether it can hardly be anything else than this one.
    sure: bool = False


class Products(Protocol):
    """The shop's products."""

    def are_known(self) -> bool:
        """Whether there are any that can be looked up."""

    def meant(self, text: str) -> Meant:
        """Return the products that a text names; a key names its own."""

    def find(self, key: str) -> Product | None:
        """Return a product as it is now, None if it is sold no more."""


class NoProducts:
    """Stands where a shop says nothing of its products."""

    def are_known(self) -> bool:
        """Return False: which product it is can be taken down, and no more."""
        return False

    def meant(self, text: str) -> Meant:
        """Return nothing."""
        return Meant()

    def find(self, key: str) -> Product | None:
        """Return None."""
        return None
