"""Cancel an order for its customer, at most once, and write it down.

Who may is not asked here: `bot/shop/orders.py` has looked.
"""

import hmac
from collections.abc import Callable
from typing import TypeVar, get_args

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot import guard
from bot.clock import Clock, system_clock
from bot.store import audit, cancels
from bot.store.audit import Action, Trace
from bot.store.database import Database
from flows.ports import Cancelled, Order, OrderStatus, PortError

T = TypeVar("T")

#: What nobody has packed yet.
OPEN: frozenset[OrderStatus] = frozenset(["unpaid", "processing"])
#: Asks the shop, by the order's number and the address it is under.
Ask = Callable[[str, str], Cancelled]


class Cancelling:
    """Asks a shop to cancel an order, once."""

    def __init__(
        self, database: Database, secret: str, clock: Clock = system_clock
    ) -> None:
        self._database, self._clock = database, clock
        self._secret = b"frontdesk cancels" + secret.encode()

    def once(self, order: Order, email: str, ask: Ask) -> Cancelled:
        """Return what came of it: now, or when it was asked before.

        Where *ask* raises PortError nobody knows, and nobody asks again.
        """
        if order.status not in OPEN:
            return "left"
        key = self._key(order.number, email)
        before = self._written(lambda c: self._begin(c, key, order.number))
        if before is not None:
            return before
        came = ask(order.number, email)
        self._written(lambda c: self._end(c, key, order.number, came))
        return came

    def _begin(self, connection: Connection, key: str, number: str) -> Cancelled | None:
        if cancels.begin(connection, key):
            self._note(connection, Action.ORDER_CANCEL_ASKED, number)
            return None
        known = cancels.came(connection, key)
        return next((one for one in get_args(Cancelled) if one == known), "refused")

    def _end(
        self, connection: Connection, key: str, number: str, came: Cancelled
    ) -> None:
        if came == "left":
            cancels.undo(connection, key)
        else:
            cancels.end(connection, key, came)
        done = came in ("cancelled", "marked")
        action = Action.ORDER_CANCELLED if done else Action.ORDER_NOT_CANCELLED
        self._note(connection, action, number, came=came)

    def _note(
        self, connection: Connection, action: Action, number: str, **details: str
    ) -> None:
        trace = Trace(staff_id=None, at=self._clock())
        audit.note(connection, trace, action, number, **details)

    def _key(self, number: str, email: str) -> str:
        told = "\0".join([guard.spelt(number), guard.email(email)]).encode()
        return hmac.digest(self._secret, told, "sha256").hex()

    def _written(self, job: Callable[[Connection], T]) -> T:
        try:
            return self._database.write(job)
        except SQLAlchemyError as error:
            raise PortError(f"cancels: {type(error).__name__}") from error
