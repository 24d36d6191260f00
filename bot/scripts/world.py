"""The shop that a script is played in: its orders and its events, nobody else's.

Whoever plays it, wherever: the same numbers are found, and no port is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flows.ports import Admission, CalendarEvent, Order, PortError


@dataclass(frozen=True)
class World:
    """What a script says there is, by the numbers that customers know."""

    #: With what proves that an order is somebody's: e-mail address, postcode.
    orders: Mapping[str, tuple[Order, tuple[str, ...]]] = field(default_factory=dict)
    #: With the e-mail address of each ticket.
    tickets: Mapping[str, tuple[CalendarEvent, str]] = field(default_factory=dict)


class ScriptedOrders:
    """The orders of a script, behind the port."""

    def __init__(self, world: World) -> None:
        self._orders = world.orders
        self._known: set[str] = set()
        self.is_down = False

    def find(self, number: str, proof: str, customer: str) -> Order | None:
        """Return the order; None if it is unknown or *proof* is not its own."""
        if self.is_down:
            raise PortError("the orders of the script are down")
        order, proofs = self._orders.get(number, (None, ()))
        if number not in self._known and _plain(proof) not in map(_plain, proofs):
            return None
        self._known.add(number)
        return order

    def knows(self, number: str, customer: str) -> bool:
        """Whether that order was proved before in this script."""
        return number in self._known


class ScriptedCalendar:
    """The events of a script, behind the port."""

    def __init__(self, world: World, now: datetime) -> None:
        self.tickets = dict(world.tickets)
        self.now = now
        self.is_down = False

    def find(self, ticket: str, email: str, customer: str) -> Admission | None:
        """Return the admission; None if it is unknown or *email* is not its own."""
        if self.is_down:
            raise PortError("the calendar of the script is down")
        event, owner = self.tickets.get(ticket, (None, ""))
        if event is None or _plain(email) != _plain(owner):
            return None
        return Admission(ticket=ticket, event=event)

    def upcoming(self) -> Sequence[CalendarEvent]:
        """Return the events to come, the soonest first."""
        if self.is_down:
            raise PortError("the calendar of the script is down")
        events = {event.event_id: event for event, _ in self.tickets.values()}
        to_come = [one for one in events.values() if one.starts_at > self.now]
        return sorted(to_come, key=lambda one: one.starts_at)


def _plain(proof: str) -> str:
    return proof.casefold().replace(" ", "")
