"""What a shop has under a number, and what its customer would be told: `orders show`.

For whoever sets up where orders are looked up. No proof is printed, and none counts:
the limits of customers are not touched.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot import guard, own_code
from bot.shop.orders import OrderRecord, Source
from flows.contents import Contents
from flows.ports import Order, Parcel, PortError


def told(source: Source, number: str, proof: str | None, *, mails: bool) -> list[str]:
    """Return what is found, and what is told at each level of proof.

    Raise PortError if the shop does not answer, or answers what nobody can read.
    """
    asked = guard.spelt(number)
    found = source.records(number)
    same = [one for one in found if guard.spelt(one.number) == asked]
    lines = [f"found: {len(same) or 'no order'} of the number {number}"]
    if len(found) > len(same):
        lines.append(f"left out: {len(found) - len(same)} of another number")
    for record in same:
        lines += _of(source, record, mails=mails)
    if proof is not None:
        lines.append(_tried(same, number, proof))
    return lines


def where(error: PortError, home: Path) -> str:
    """Return what went wrong, and at which line of a shop's own file, if at one."""
    path, cause = home / "orders.py", error.__cause__
    at = own_code.where(path, cause) if isinstance(cause, Exception) else str(path)
    return str(error) if at == str(path) else f"{error} ({at})"


def _tried(same: Sequence[OrderRecord], number: str, proof: str) -> str:
    if guard.proved(same, number, proof) is None:
        return "the proof does not fit: it is answered like a number that there is not"
    return "the proof fits"


def _of(source: Source, record: OrderRecord, *, mails: bool) -> Iterator[str]:
    proofs = {"an e-mail address": record.email, "a postcode": record.postcode}
    kept = [name for name, value in proofs.items() if value]
    if not kept:
        yield "it has no e-mail address and no postcode: it is shown to nobody"
        return
    yield f"it is proved by its number and {' or '.join(kept)}; then it is told:"
    yield from (f"  {line}" for line in _order(record.tell()))
    if not record.email or not mails:
        why = "MAIL_URL is not set" if record.email else "it has no e-mail address"
        yield f"what is in it is told to nobody: {why}"
        return
    yield "and to who proves that e-mail address by a mailed code:"
    me = guard.identity(record)
    inside = (one for one in source.contents(record.number))
    mine = (one.tell() for one in inside if guard.identity(one) == me)
    yield from (f"  {line}" for one in mine for line in _contents(one))


def _order(order: Order) -> Iterator[str]:
    facts = {
        "state": order.status,
        "placed": order.placed,
        "refund": order.refund,
        "refunded": order.refunded,
        "return": order.returned,
    }
    yield from (f"{name}: {value}" for name, value in facts.items() if value)
    for number, parcel in enumerate(order.parcels, 1):
        yield f"parcel {number}: {', '.join(_parcel(parcel))}"


def _parcel(parcel: Parcel) -> Iterator[str]:
    yield parcel.status
    yield from filter(
        None, (parcel.courier, parcel.tracking_number, parcel.tracking_url)
    )
    if parcel.expected:
        yield f"expected {parcel.expected}"


def _contents(inside: Contents) -> Iterator[str]:
    for item in inside.items:
        yield f"{item.quantity} × {item.name}"
    if inside.total:
        yield f"total: {inside.total.amount} {inside.total.currency}"
    if not inside.items and not inside.total:
        yield "nothing: the shop does not say what is in it"
