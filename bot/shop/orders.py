"""Orders behind the port: whatever keeps them, who asks for one must prove it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeAlias

import structlog

from bot import guard
from bot.guard import Guard, Record
from bot.shop.cancelling import Cancelling
from bot.shop.codes import MailedCodes
from bot.shop.readdressing import Readdressing
from bot.store.codes import FRESH
from flows.contents import Contents
from flows.ports import Address, Cancelled, Order, PortError, Readdressed

log = structlog.get_logger()

OrderRecord: TypeAlias = Record[Order]
ContentsRecord: TypeAlias = Record[Contents]

#: So many of a customer's orders are told, the newest.
MOST_OF_ONE = 5


class Source(Protocol):
    """Where a shop keeps its orders."""

    def records(self, number: str) -> Sequence[OrderRecord]:
        """Return the orders of this number: one, none, or what a shop gave it twice.

        It is not told what the customer gave as proof, and so can't let it decide.
        Raise PortError when the shop does not answer within three seconds.
        """

    def records_of(self, email: str) -> Sequence[OrderRecord]:
        """Return orders of an address, the newest among them, in any order.

        Only of one that was proved: the shop may be told it, and may find others.
        """

    def contents(self, number: str) -> Sequence[ContentsRecord]:
        """Return what is in the orders of this number, as of `records`.

        Asked only for whoever has proved an address by a code.
        """

    def cancel(self, number: str, email: str) -> Cancelled:
        """Cancel the order of that number and address, unless it has left by now."""

    def readdress(self, number: str, email: str, address: Address) -> Readdressed:
        """Send the order of that number and e-mail address elsewhere, as of cancel."""


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """How it stands with a shop on the network; *cure* if it is not well."""

    well: bool
    said: str
    cure: str = ""
    notes: tuple[str, ...] = ()


class Remote(Source, Protocol):
    """A shop that is asked over the network."""

    def diagnosis(self) -> Diagnosis:
        """Ask the shop something harmless, and return what came of it."""


class GuardedOrders:
    """The orders of a source, for whoever proves that one is theirs."""

    def __init__(
        self,
        source: Source,
        guard: Guard,
        codes: MailedCodes | None = None,
        cancelling: Cancelling | None = None,
        readdressing: Readdressing | None = None,
        *,
        has_news: bool = False,
    ) -> None:
        self._source, self._guard, self._codes = source, guard, codes
        self._cancelling, self._readdressing = cancelling, readdressing
        self._has_news = has_news

    def find(self, number: str, proof: str, customer: str) -> Order | None:
        """Return the order; None if it is unknown or *proof* is not its own."""
        return self._guard.find(
            number, proof, customer, lambda: self._source.records(number)
        )

    def knows(self, number: str, customer: str) -> bool:
        """Whether the customer need not prove again that this order is theirs."""
        return self._guard.knows(number, customer)

    def mine(self, customer: str) -> Sequence[Order] | None:
        """Return the newest orders of the address that the customer has proved."""
        proved = self._codes.proved(customer) if self._codes else None
        if proved is None:
            return None
        address, at = proved
        # A search of the shop may find more than was asked for.
        theirs = [
            one
            for one in self._source.records_of(address)
            if guard.email(one.email) == address
        ]
        told = [(one, order) for one in theirs if (order := _told(one)) is not None]
        newest = sorted(told, key=lambda pair: _placed(pair[1]), reverse=True)
        kept = newest[:MOST_OF_ONE]
        self._guard.remember([record for record, _ in kept], customer, at)
        return [order for _, order in kept]

    def claim(self, number: str, customer: str) -> bool:
        """Whether that order is under the address that the customer has proved."""
        proved = self._codes.proved(customer) if self._codes else None
        if proved is None:
            return False
        asks = self._source.records
        found = self._guard.claim(number, proved, customer, lambda: asks(number))
        return found is not None

    def contents(self, number: str, customer: str) -> Contents | None:
        """Return what is in an order, for whoever proved its own e-mail address."""
        proved = self._codes.proved(customer) if self._codes else None
        if proved is None:
            return None
        asks = self._source.contents
        found = self._guard.claim(number, proved, customer, lambda: asks(number))
        return found.tell() if found else None

    def has_news(self) -> bool:
        """Whether the settings have a secret for what the shop tells by itself."""
        return self._has_news

    def mails_codes(self) -> bool:
        """Whether there is a mail server."""
        return self._codes is not None

    def mail_code(self, email: str, customer: str, language: str) -> None:
        """Mail a code to an address, whether or not it has orders."""
        if self._codes is None:
            raise PortError("codes: no mail server is set")
        self._codes.send(email, customer, language)

    def prove(self, code: str, customer: str) -> bool:
        """Whether that is the code that was mailed to the customer."""
        return self._codes is not None and self._codes.prove(code, customer)

    def cancels(self) -> bool:
        """Whether the settings let customers cancel."""
        return self._cancelling is not None and self._codes is not None

    def is_owner(self, number: str, customer: str) -> bool:
        """Whether a code proved the order's own address within ten minutes."""
        return self._owned(number, customer) is not None

    def mail_owner(self, number: str, customer: str, language: str) -> bool:
        """Mail a code to the address of an order that the customer knows."""
        records = self._guard.known(self._source.records(number), number, customer)
        address = next((one.email for one in records if one.email), None)
        if self._codes is None or address is None:
            return False
        self._codes.send(address, customer, language)
        return True

    def cancel(self, number: str, customer: str) -> Cancelled:
        """Cancel an order that the customer owns, if it has not left; at most once."""
        record = self._owned(number, customer)
        if record is None or self._cancelling is None:
            return "unproved"
        return self._cancelling.once(record.tell(), record.email, self._source.cancel)

    def changes_addresses(self) -> bool:
        """Whether the settings let customers change addresses."""
        return self._readdressing is not None and self._codes is not None

    def change_address(
        self, number: str, customer: str, address: Address
    ) -> Readdressed:
        """Change where an order goes that the customer owns, if it has not left."""
        record = self._owned(number, customer)
        if record is None or self._readdressing is None:
            return "unproved"
        order, asks = record.tell(), self._source.readdress
        return self._readdressing.ask(order, record.email, address, asks)

    def _owned(self, number: str, customer: str) -> OrderRecord | None:
        proved = self._codes.proved(customer, FRESH) if self._codes else None
        if proved is None:
            return None
        records = self._guard.known(self._source.records(number), number, customer)
        theirs = (one for one in records if guard.email(one.email) == proved[0])
        return next(theirs, None)


def _told(record: OrderRecord) -> Order | None:
    """Return an order; one that nobody can read is left out, and found by number."""
    try:
        return record.tell()
    except PortError as error:
        log.warning("order_not_listed", reason=str(error))
        return None


def _placed(order: Order) -> date:
    return order.placed or date.min
