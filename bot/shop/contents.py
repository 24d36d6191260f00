"""Items and totals, read from what a shop says, without trust."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from babel import Locale

from bot.shop.reading import Payload, at, objects, text
from flows.contents import Item, Money

#: So many items of an order are read; nobody reads more in a chat.
MOST = 50
LONGEST = 200  # signs of a name
#: What is more is a slip, or no order of a customer's.
DEAREST, MOST_OF_ONE = Decimal(10**9), 10**5
CURRENCIES = frozenset(Locale("en").currencies)


def items(
    lines: Sequence[Payload], name: str = "name", quantity: str = "quantity"
) -> tuple[Item, ...]:
    """Return the items of an order; what has no name, or is none, is passed over."""
    found = [
        Item(name=called[:LONGEST], quantity=count)
        for line in lines
        if (called := text(line, name)) and (count := how_many(at(line, quantity)))
    ]
    return tuple(found[:MOST])


def of_list(content: Any, *path: str) -> tuple[Item, ...]:
    """Return the items of the list that lies at the end of a path."""
    return items(objects(content, *path))


def how_many(value: Any) -> int:
    """Return a count of items, one where none is said and none where it is odd."""
    if value is None:
        return 1
    count = amount(value)
    whole = count is not None and count == count.to_integral_value()
    return int(count) if whole and count and 0 < count <= MOST_OF_ONE else 0


def money(value: Any, currency: Any) -> Money | None:
    """Return an amount in a currency, None where either is not said or odd."""
    found, code = amount(value), str(currency or "").strip().upper()
    if found is None or code not in CURRENCIES:
        return None
    return Money(amount=found, currency=code)


def amount(value: Any) -> Decimal | None:
    """Return the number that a shop writes as one or as text; a price is no less."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        found = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    # NaN is compared with nothing, and no amount.
    return found if found.is_finite() and 0 <= found < DEAREST else None
