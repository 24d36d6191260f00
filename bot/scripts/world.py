"""The shop that a script is played in: its orders, events and products alone.

Whoever plays it, wherever: the same numbers are found, and no port is asked.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.product_names import ProductNames
from flows.contents import Contents
from flows.ports import (
    Address,
    Admission,
    CalendarEvent,
    Cancelled,
    Order,
    PortError,
    Readdressed,
    TooManyTriesError,
)
from flows.products import Meant, Product, ProductName

#: The code of every mail in a script.
CODE = "123456"


@dataclass(frozen=True)
class World:
    """What a script says there is, by the numbers that customers know."""

    #: With what proves that an order is somebody's: e-mail address, postcode.
    orders: Mapping[str, tuple[Order, tuple[str, ...]]] = field(default_factory=dict)
    #: What is in them, and what they came to.
    contents: Mapping[str, Contents] = field(default_factory=dict)
    #: With the e-mail address of each ticket.
    tickets: Mapping[str, tuple[CalendarEvent, str]] = field(default_factory=dict)
    #: By the shop's own keys.
    products: Mapping[str, Product] = field(default_factory=dict)


class ScriptedOrders:
    """The orders of a script, behind the port."""

    def __init__(self, world: World) -> None:
        self._orders, self._contents = dict(world.orders), world.contents
        self._known: set[str] = set()
        #: The address that a code was mailed to, and the one that it proved.
        self._mailed = self._proved = ""
        self.is_down = self.has_mail = self.lets_cancel = False
        self.lets_readdress = self.is_guessed_at = False

    def find(self, number: str, proof: str, customer: str) -> Order | None:
        """Return the order; None if it is unknown or *proof* is not its own."""
        self._answer()
        if self.is_guessed_at and number not in self._known:
            raise TooManyTriesError("the orders of the script")
        order, proofs = self._orders.get(number, (None, ()))
        if number not in self._known and _plain(proof) not in map(_plain, proofs):
            return None
        self._known.add(number)
        return order

    def knows(self, number: str, customer: str) -> bool:
        """Whether that order was proved before in this script."""
        return number in self._known

    def mine(self, customer: str) -> Sequence[Order] | None:
        """Return the orders of the address that was proved, the newest first."""
        if not self._proved:
            return None
        self._answer()
        mine = [one for one, proofs in self._orders.values() if self._proved in proofs]
        self._known |= {one.number for one in mine}
        return sorted(mine, key=lambda one: one.placed or date.min, reverse=True)

    def claim(self, number: str, customer: str) -> bool:
        """Whether that order is one of the address that was proved."""
        self._answer()
        if self.is_owner(number, customer):
            self._known.add(number)
        return number in self._known

    def contents(self, number: str, customer: str) -> Contents | None:
        """Return what is in an order of the address that was proved."""
        self._answer()
        return self._contents.get(number) if self.is_owner(number, customer) else None

    def has_news(self) -> bool:
        """No: in a script nothing happens by itself."""
        return False

    def mails_codes(self) -> bool:
        """Whether the script says so."""
        return self.has_mail

    def mail_code(self, email: str, customer: str, language: str) -> None:
        """Mail CODE, to whom it may concern."""
        self._mailed = _plain(email)

    def prove(self, code: str, customer: str) -> bool:
        """Whether that is CODE."""
        if self._mailed and code.replace(" ", "").replace("-", "") == CODE:
            self._proved = self._mailed
            return True
        return False

    def cancels(self) -> bool:
        """Whether the script says so."""
        return self.lets_cancel

    def is_owner(self, number: str, customer: str) -> bool:
        """Whether the order's own address was proved by a code."""
        _, proofs = self._orders.get(number, (None, ()))
        return bool(self._proved) and self._proved in proofs

    def mail_owner(self, number: str, customer: str, language: str) -> bool:
        """Mail CODE to the order's own address."""
        _, proofs = self._orders.get(number, (None, ()))
        address = next((one for one in proofs if "@" in one), None)
        self._mailed = address or ""
        return address is not None

    def cancel(self, number: str, customer: str) -> Cancelled:
        """Cancel an order, unless it has left."""
        self._answer()
        if not self.is_owner(number, customer):
            return "unproved"
        order, proofs = self._orders[number]
        if order.status not in ("unpaid", "processing"):
            return "left"
        self._orders[number] = replace(order, status="cancelled"), proofs
        return "cancelled"

    def changes_addresses(self) -> bool:
        """Whether the script says so."""
        return self.lets_readdress

    def change_address(
        self, number: str, customer: str, address: Address
    ) -> Readdressed:
        """Send an order elsewhere, unless it has left."""
        self._answer()
        if not self.is_owner(number, customer):
            return "unproved"
        order, _ = self._orders[number]
        return "changed" if order.status in ("unpaid", "processing") else "left"

    def leave(self) -> None:
        """Let every order leave the shop."""
        self._orders = {
            number: (replace(order, status="shipped"), proofs)
            for number, (order, proofs) in self._orders.items()
        }

    def _answer(self) -> None:
        if self.is_down:
            raise PortError("the orders of the script are down")


class ScriptedCalendar:
    """The events of a script, behind the port."""

    def __init__(self, world: World, now: Callable[[], datetime]) -> None:
        self.tickets = dict(world.tickets)
        self._now = now
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
        return self.announced()

    def announced(self) -> Sequence[CalendarEvent]:
        """Return the events to come, the soonest first."""
        if self.is_down:
            raise PortError("the calendar of the script is down")
        now = self._now()
        events = {event.event_id: event for event, _ in self.tickets.values()}
        to_come = [one for one in events.values() if one.starts_at > now]
        return sorted(to_come, key=lambda one: one.starts_at)


class ScriptedProducts:
    """The products of a script, behind the port."""

    def __init__(self, world: World) -> None:
        self._products = world.products
        self.names = ProductNames(
            tuple(ProductName(key=k, name=p.name) for k, p in world.products.items())
        )
        self.is_down = False

    def are_known(self) -> bool:
        """Whether the script has any."""
        return bool(self._products)

    def meant(self, text: str) -> Meant:
        """Return the products that a text names; a key names its own."""
        known = self.names.of(text)
        return known if known.products else self.names.meant(text)

    def find(self, key: str) -> Product | None:
        """Return a product."""
        if self.is_down:
            raise PortError("the products of the script are down")
        return self._products.get(key)


def _plain(proof: str) -> str:
    return proof.casefold().replace(" ", "")
