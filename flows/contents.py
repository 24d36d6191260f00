"""What is in an order, and what it came to: for whoever reads the mail of its owner.

It is apart from `ports.Order`, so that nothing that is told of an order's state can
hold an item or a price.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class Item:
    """A product as the order names it, and how many of it."""

    name: str
    quantity: int = 1


@dataclass(frozen=True, kw_only=True)
class Money:
    """An amount, and the code of its currency: 59.80, GBP."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, kw_only=True)
class Contents:
    """The items of an order and its total, as far as the shop says."""

    number: str
    items: tuple[Item, ...] = ()
    #: With delivery and taxes.
    total: Money | None = None
