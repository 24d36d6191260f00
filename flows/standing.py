"""How an order stands, part by part: what may be news to its customer later."""

from collections.abc import Iterable, Iterator

from flows.ports import Order

#: The part that is the order itself.
WHOLE = ""
#: Longer names of parcels are cut.
LONGEST = 80
#: Of these nothing more is to come.
OVER = frozenset(["delivered", "cancelled", "refunded"])
#: Whatever else a parcel stands at, it is not coming nearer.
_ON_ITS_WAY = frozenset(["pending", "info_received", "in_transit", "out_for_delivery"])


def summed_up(status: str, parcels: Iterable[str], *, is_late: bool = False) -> str:
    """Return the response that tells an order's state, before those of its *parcels*.

    That it has been sent is good news only while all of them are on their way, and in
    time: nobody rejoices over a delay.
    """
    if status == "shipped" and (is_late or not _ON_ITS_WAY.issuperset(parcels)):
        return "utter_order_sent"
    return f"utter_order_{status}"


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
