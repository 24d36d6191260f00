"""Orders behind the port: whatever keeps them, who asks for one must prove it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from bot.guard import Guard, Record
from flows.ports import Order

OrderRecord: TypeAlias = Record[Order]


class Source(Protocol):
    """Where a shop keeps its orders."""

    def records(self, number: str) -> Sequence[OrderRecord]:
        """Return the orders of this number: one, none, or what a shop gave it twice.

        It is not told what the customer gave as proof, and so can't let it decide.
        Raise PortError when the shop does not answer within three seconds.
        """


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

    def __init__(self, source: Source, guard: Guard) -> None:
        self._source = source
        self._guard = guard

    def find(self, number: str, proof: str, customer: str) -> Order | None:
        """Return the order; None if it is unknown or *proof* is not its own."""
        return self._guard.find(
            number, proof, customer, lambda: self._source.records(number)
        )

    def knows(self, number: str, customer: str) -> bool:
        """Whether the customer need not prove again that this order is theirs."""
        return self._guard.knows(number, customer)
