"""Orders of a shop of any kind that answers as docs/orders.md says."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import tzinfo
from typing import Literal

from bot.shop import described
from bot.shop.orders import ContentsRecord, Diagnosis, OrderRecord
from bot.shop.reading import Payload, at, objects, plain_number, text
from bot.shop.web import Answer, Web
from flows.ports import Address, Cancelled, PortError, Readdressed

_REFUSALS: dict[str, Literal["left", "refused"]] = {
    "has_left": "left",
    "refused": "refused",
}


class RestOrders:
    """Looks orders up at GET {url}/orders/{number}, and POST {url}/orders/search."""

    def __init__(self, url: str, token: str, zone: tzinfo) -> None:
        self._url = url
        self._web = Web("orders", {"Authorization": f"Bearer {token}"})
        self._zone = zone

    def records(self, number: str) -> Sequence[OrderRecord]:
        """Return the order of that number, if the shop has it."""
        return [described.record(one, self._zone) for one in self._found(number)]

    def contents(self, number: str) -> Sequence[ContentsRecord]:
        """Return what is in the order of that number, if the shop has it."""
        return [described.inside(one) for one in self._found(number)]

    def _found(self, number: str) -> Sequence[Payload]:
        plain = plain_number(number)
        if plain is None:
            return []
        answer = self._web.get(f"{self._url}/orders/{plain}")
        if _says_unknown(answer):
            return []
        if answer.status != 200 or not isinstance(answer.content, dict):
            raise PortError(f"the shop: HTTP {answer.status}, no order")
        return [answer.content]

    def records_of(self, email: str) -> Sequence[OrderRecord]:
        """Return the orders of an address; it stands in no line of a log."""
        answer = self._web.post(f"{self._url}/orders/search", {"email": email})
        if answer.status != 200 or not isinstance(at(answer.content, "orders"), list):
            raise PortError(f"the shop: HTTP {answer.status}, no list of orders")
        found = objects(answer.content, "orders")
        return [described.record(one, self._zone) for one in found]

    def cancel(self, number: str, email: str) -> Cancelled:
        """Ask the shop to cancel; it says what came of it in a word."""
        plain = plain_number(number)
        answer = self._web.post(f"{self._url}/orders/{plain}/cancel", {"email": email})
        if answer.status == 200 and at(answer.content, "status") == "cancelled":
            return "cancelled"
        return _refused(answer, "not cancelled")

    def readdress(self, number: str, email: str, address: Address) -> Readdressed:
        """Ask the shop to send an order elsewhere; it says in a word what came."""
        url = f"{self._url}/orders/{plain_number(number)}/address"
        answer = self._web.post(url, {"email": email, "address": asdict(address)})
        if answer.status == 200 and at(answer.content, "status") == "changed":
            return "changed"
        return _refused(answer, "no address changed")

    def diagnosis(self) -> Diagnosis:
        """Ask for an order that there is not."""
        well = "the shop answers as docs/orders.md says"
        cure = (
            "See ORDERS_URL and ORDERS_TOKEN, and docs/orders.md for what is answered."
        )
        return described.diagnosis(self, "orders", well, cure)


def _refused(answer: Answer, said: str) -> Literal["left", "refused"]:
    refused = _REFUSALS.get(text(answer.content, "error"))
    if answer.status != 409 or refused is None:
        raise PortError(f"the shop: HTTP {answer.status}, {said}")
    return refused


def _says_unknown(answer: Answer) -> bool:
    """Whether the shop has no such order: a page that is not there does not say so."""
    return answer.status == 404 and at(answer.content, "error") == "unknown_order"
