"""One request to the JSON API, taken apart; and the ways in which it can be wrong."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from emulator.messenger import Messenger
from emulator.payload import Payload
from emulator.world import Customer, Page

LONGEST_WAIT = 120.0


class UnknownError(Exception):
    """There is no such thing; the text says what there is instead."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a script wants of this Messenger."""

    messenger: Messenger
    #: The variable parts of the path, by their names.
    names: Mapping[str, str]
    query: Mapping[str, str]
    body: Payload

    @property
    def customer(self) -> Customer:
        """Return the customer in the path."""
        psid = self.names["psid"]
        customer = self.messenger.world.customers.get(psid)
        if customer is None:
            raise UnknownError(f"no customer {psid}; POST /api/customers makes one")
        return customer

    @property
    def page(self) -> Page:
        """Return the Page in the path."""
        return self.find_page(self.names["page_id"])

    def find_page(self, page_id: str) -> Page:
        """Return the Page of this id."""
        pages = self.messenger.world.pages
        if page_id not in pages:
            raise UnknownError(f"no Page {page_id}; there is: {', '.join(pages)}")
        return pages[page_id]

    def whole(self, name: str, otherwise: int) -> int:
        """Return a whole number of the query."""
        text = self.query.get(name, str(otherwise))
        if not text.isascii() or not text.isdigit():
            raise ValueError(f"{name} must be a whole number, not {text!r}")
        return int(text)

    @property
    def wait(self) -> float:
        """Return how long this may wait for news, in seconds."""
        text = self.query.get("wait", "0")
        try:
            seconds = float(text)
        except ValueError as wrong:
            raise ValueError(f"wait must be seconds, not {text!r}") from wrong
        return min(max(seconds, 0.0), LONGEST_WAIT)


Handler: TypeAlias = Callable[[Ask], Awaitable[object]]
