"""Orders for whoever works here: found by their number alone, without a proof.

No flow reaches this: it is no part of the port `Orders`. With an order comes what its
customer has proved of it, by which a colleague knows what may be told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import structlog

from bot import guard
from bot.guard import Guard
from bot.shop.codes import MailedCodes
from bot.shop.orders import OrderRecord, Source
from flows.contents import Contents
from flows.ports import Order, PortError, TooManyTriesError

log = structlog.get_logger()

#: Of which record of a number: `guard.identity`.
Identity: TypeAlias = tuple[str, str, str]


class Proved(StrEnum):
    """What a customer has proved of an order, within a day."""

    NOTHING = "nothing"
    #: Its number, with its e-mail address or postcode.
    NUMBER = "number"
    #: Its own e-mail address, by a code that was mailed there.
    ADDRESS = "address"


class Tried(StrEnum):
    """What came of a proof that a customer gave to a colleague."""

    FITS = "fits"
    WRONG = "wrong"
    CLOSED = "closed"  # so many were wrong that none is looked at


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An order as a colleague sees it."""

    order: Order
    #: None where the shop did not say.
    contents: Contents | None
    proved: Proved


@dataclass(frozen=True, kw_only=True)
class LookUp:
    """What came of a look-up: no order, one, or several of the same number."""

    orders: Sequence[Shown]
    #: None where no proof was given, or there is no order that it could fit.
    tried: Tried | None = None


class StaffOrders:
    """The orders of a source, for colleagues; who may ask is their page's to say."""

    def __init__(
        self, source: Source, guard: Guard, codes: MailedCodes | None = None
    ) -> None:
        self._source, self._guard, self._codes = source, guard, codes

    def look_up(self, number: str, customer: str, proof: str = "") -> LookUp:
        """Return the orders of a number; *customer* is with whom a colleague talks.

        A *proof* that they gave is held against them as the assistant would, and
        counts as one that the customer gave to it. Raise PortError when the shop does
        not answer, within three seconds.
        """
        asked = guard.spelt(number)
        records = self._source.records(number)
        # A search of the shop may find more than was asked for.
        same = [one for one in records if guard.spelt(one.number) == asked]
        if not same:
            return LookUp(orders=())
        tried = self._try(same, number, customer, proof) if proof else None
        inside = self._inside(number)
        known = self._guard.known(same, number, customer)
        address = self._codes.proved(customer) if self._codes else None
        return LookUp(
            orders=[
                Shown(
                    order=one.tell(),
                    contents=inside.get(guard.identity(one)),
                    proved=_proved(one, known, address[0] if address else ""),
                )
                for one in same
            ],
            tried=tried,
        )

    def _try(
        self, records: Sequence[OrderRecord], number: str, customer: str, proof: str
    ) -> Tried:
        try:
            found = self._guard.find(number, proof, customer, lambda: records)
        except TooManyTriesError:
            return Tried.CLOSED
        return Tried.WRONG if found is None else Tried.FITS

    def _inside(self, number: str) -> Mapping[Identity, Contents]:
        """Return what is in the orders; without it they are shown all the same."""
        try:
            found = self._source.contents(number)
            return {guard.identity(one): one.tell() for one in found}
        except PortError as error:
            log.warning("contents_not_shown", reason=str(error))
            return {}


def _proved(record: OrderRecord, known: Sequence[OrderRecord], address: str) -> Proved:
    if address and guard.email(record.email) == address:
        return Proved.ADDRESS
    return Proved.NUMBER if record in known else Proved.NOTHING
