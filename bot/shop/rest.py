"""Orders of a shop of any kind that answers as docs/orders.md says."""

from collections.abc import Sequence
from datetime import tzinfo

from bot.shop import described
from bot.shop.orders import Diagnosis, OrderRecord
from bot.shop.reading import at, objects, plain_number, text
from bot.shop.web import Answer, Web
from flows.ports import Cancelled, PortError

_REFUSALS: dict[str, Cancelled] = {"has_left": "left", "refused": "refused"}


class RestOrders:
    """Looks orders up at GET {url}/orders/{number}, and POST {url}/orders/search."""

    def __init__(self, url: str, token: str, zone: tzinfo) -> None:
        self._url = url
        self._web = Web("orders", {"Authorization": f"Bearer {token}"})
        self._zone = zone

    def records(self, number: str) -> Sequence[OrderRecord]:
        """Return the order of that number, if the shop has it."""
        plain = plain_number(number)
        if plain is None:
            return []
        answer = self._web.get(f"{self._url}/orders/{plain}")
        if _says_unknown(answer):
            return []
        if answer.status != 200 or not isinstance(answer.content, dict):
            raise PortError(f"the shop: HTTP {answer.status}, no order")
        return [described.record(answer.content, self._zone)]

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
        refused = _REFUSALS.get(text(answer.content, "error"))
        if answer.status != 409 or refused is None:
            raise PortError(f"the shop: HTTP {answer.status}, not cancelled")
        return refused

    def diagnosis(self) -> Diagnosis:
        """Ask for an order that there is not."""
        well = "the shop answers as docs/orders.md says"
        cure = (
            "See ORDERS_URL and ORDERS_TOKEN, and docs/orders.md for what is answered."
        )
        return described.diagnosis(self, "orders", well, cure)


def _says_unknown(answer: Answer) -> bool:
    """Whether the shop has no such order: a page that is not there does not say so."""
    return answer.status == 404 and at(answer.content, "error") == "unknown_order"
