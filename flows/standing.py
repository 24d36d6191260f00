"""How an order stands, part by part: what may be news to its customer later."""

from collections.abc import Iterator

from flows.ports import Order

#: The part that is the order itself.
WHOLE = ""
#: Longer names of parcels are cut.
LONGEST = 80
#: Of these nothing more is to come.
OVER = frozenset(["delivered", "cancelled", "refunded"])


def standing(order: Order) -> Iterator[tuple[str, str]]:
    """Yield each part of an order, and its state in a word; the order itself first.

    A parcel is called by its tracking number, or by its place.
    """
    yield WHOLE, order.status
    for place, parcel in enumerate(order.parcels, start=1):
        yield called(parcel.tracking_number, place), parcel.status


def called(tracking_number: str | None, place: int) -> str:
    """Return what a parcel is called."""
    return (tracking_number or f"#{place}")[:LONGEST]


def key(part: str, word: str) -> str:
    """Return a part and its state as one text, which is told once."""
    return f"{part}:{word}"
