"""Change where an order goes for its customer, and write down that it was asked.

Who may is not asked here: `bot/shop/orders.py` has looked. The address itself stands in
no log: whoever has to know it asks the shop.
"""

from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock, system_clock
from bot.shop.cancelling import OPEN
from bot.store import audit
from bot.store.audit import Action, Trace
from bot.store.database import Database
from flows.ports import Address, Order, PortError, Readdressed

#: Asks the shop, by the order's number and the e-mail address it is under.
Ask = Callable[[str, str, Address], Readdressed]


class Readdressing:
    """Asks a shop to send an order elsewhere."""

    def __init__(self, database: Database, clock: Clock = system_clock) -> None:
        self._database, self._clock = database, clock

    def ask(self, order: Order, email: str, address: Address, ask: Ask) -> Readdressed:
        """Return what came of it; where *ask* raises PortError nobody knows.

        *order* is as it was a moment ago: the shop looks once more, right before.
        """
        if order.status not in OPEN:
            return "left"
        self._note(Action.ADDRESS_CHANGE_ASKED, order.number)
        came = ask(order.number, email, address)
        done = came in ("changed", "marked")
        action = Action.ADDRESS_CHANGED if done else Action.ADDRESS_NOT_CHANGED
        self._note(action, order.number, came=came)
        return came

    def _note(self, action: Action, number: str, **details: str) -> None:
        trace = Trace(staff_id=None, at=self._clock())
        try:
            self._database.write(
                lambda connection: audit.note(
                    connection, trace, action, number, **details
                )
            )
        except SQLAlchemyError as error:
            raise PortError(f"addresses: {type(error).__name__}") from error
