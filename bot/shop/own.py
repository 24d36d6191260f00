"""Orders of a shop that says in Python where they are: FRONTDESK_HOME/orders.py.

The file has `order(number)`, which returns the order as docs/orders.md describes it, a
dict, or None; and, if it likes, `orders_of(email)` and `cancel(number, email)`.
"""

import importlib.util
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import tzinfo
from pathlib import Path
from types import ModuleType
from typing import Any, cast, get_args

from bot import own_code
from bot.shop import described
from bot.shop.orders import Diagnosis, OrderRecord
from bot.shop.reading import plain_number
from flows.files import DataError
from flows.ports import Cancelled, PortError

#: A port waits so long, in seconds; so many may wait at once.
PATIENCE, MOST = 3.0, 16


class OwnOrders:
    """Asks the functions of a shop's own file, none of them for more than 3 seconds."""

    def __init__(self, path: Path, zone: tzinfo) -> None:
        """Read the file; raise DataError if it is not there or can't be used."""
        self._shop, self._zone = _read(path), zone
        self._threads = ThreadPoolExecutor(MOST, thread_name_prefix="own-orders")

    def records(self, number: str) -> Sequence[OrderRecord]:
        """Return the order of that number, if the shop has it."""
        plain = plain_number(number)
        found = self._ask("order", plain) if plain else None
        return [] if found is None else [self._record(found)]

    def records_of(self, email: str) -> Sequence[OrderRecord]:
        """Return the orders of an address, none where the file has no such list."""
        found = self._ask("orders_of", email)
        return [self._record(one) for one in found or ()]

    def cancel(self, number: str, email: str) -> Cancelled:
        """Let the file cancel an order; without such a function it is refused."""
        came = self._ask("cancel", number, email) or "refused"
        if came not in get_args(Cancelled):
            raise PortError(
                f"orders.py: cancel() returned none of {get_args(Cancelled)}"
            )
        return cast(Cancelled, came)

    def diagnosis(self) -> Diagnosis:
        """Ask for an order that there is not."""
        well = "orders.py answers"
        return described.diagnosis(self, "orders.py", well, "See orders.py.")

    def _record(self, order: Any) -> OrderRecord:
        if not isinstance(order, dict):
            raise PortError("orders.py: an order is a dict, as docs/orders.md has it")
        return described.record(order, self._zone)

    def _ask(self, name: str, *given: str) -> Any:
        does: Callable[..., Any] | None = getattr(self._shop, name, None)
        if does is None:
            return None
        try:
            return self._threads.submit(does, *given).result(PATIENCE)
        except Exception as error:
            # Nobody's words: an error may quote the customer.
            raise PortError(f"orders.py: {name}: {type(error).__name__}") from error


def _read(path: Path) -> ModuleType:
    if not path.is_file():
        raise DataError([f"{path} is not there: FRONTDESK_ORDERS=own needs it"])
    spec = importlib.util.spec_from_file_location("own_orders", path)
    if spec is None or spec.loader is None:
        raise DataError([f"{path} can't be read as Python"])
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # noqa: BLE001 - it is anybody's code
        at, said = own_code.where(path, error), own_code.told(error)
        raise DataError([f"{at}: can't be used: {said}"]) from None
    if not callable(getattr(module, "order", None)):
        raise DataError([f"{path} has no function 'order(number)': docs/orders.md"])
    return module
