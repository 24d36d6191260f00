"""Orders of a shop that says in Python where they are: FRONTDESK_HOME/orders.py.

The file has `order(number)`, which returns the order as docs/orders.md describes it, a
dict, or None; and, if it likes, `orders_of(email)`, `cancel(number, email)` and
`readdress(number, email, address)`.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import tzinfo
from pathlib import Path
from typing import Any, cast, get_args

from bot.shop import described
from bot.shop.orders import ContentsRecord, Diagnosis, OrderRecord
from bot.shop.own_file import OwnFile
from bot.shop.reading import Payload, plain_number
from flows.ports import Address, Cancelled, PortError, Readdressed


class OwnOrders:
    """Asks the functions of a shop's own file, none of them for more than 3 seconds."""

    def __init__(self, path: Path, zone: tzinfo) -> None:
        """Read the file; raise DataError if it is not there or can't be used."""
        self._file = OwnFile(path, "FRONTDESK_ORDERS", "order(number)")
        self._zone = zone

    def records(self, number: str) -> Sequence[OrderRecord]:
        """Return the order of that number, if the shop has it."""
        return [self._record(one) for one in self._found(number)]

    def contents(self, number: str) -> Sequence[ContentsRecord]:
        """Return what is in the order of that number, if the shop has it."""
        return [described.inside(_order(one)) for one in self._found(number)]

    def records_of(self, email: str) -> Sequence[OrderRecord]:
        """Return the orders of an address, none where the file has no such list."""
        found = self._file.ask("orders_of", email)
        return [self._record(one) for one in found or ()]

    def cancel(self, number: str, email: str) -> Cancelled:
        """Let the file cancel an order; without such a function it is refused."""
        came = self._file.ask("cancel", number, email) or "refused"
        if came not in get_args(Cancelled):
            raise PortError(
                f"orders.py: cancel() returned none of {get_args(Cancelled)}"
            )
        return cast(Cancelled, came)

    def readdress(self, number: str, email: str, address: Address) -> Readdressed:
        """Let the file send an order elsewhere, a dict of what its customer wrote."""
        came = self._file.ask("readdress", number, email, asdict(address)) or "refused"
        if came not in get_args(Readdressed):
            raise PortError(
                f"orders.py: readdress() returned none of {get_args(Readdressed)}"
            )
        return cast(Readdressed, came)

    def diagnosis(self) -> Diagnosis:
        """Ask for an order that there is not."""
        well = "orders.py answers"
        cure = (
            "See orders.py: of a number that there is not it returns None. At which "
            "line it fails `frontdesk orders show NUMBER` says."
        )
        return described.diagnosis(self, "orders.py", well, cure)

    def _found(self, number: str) -> Sequence[Any]:
        plain = plain_number(number)
        found = self._file.ask("order", plain) if plain else None
        return [] if found is None else [found]

    def _record(self, order: Any) -> OrderRecord:
        return described.record(_order(order), self._zone)


def _order(found: Any) -> Payload:
    if not isinstance(found, dict):
        raise PortError("orders.py: an order is a dict, as docs/orders.md has it")
    return found
