"""Can anything of this order still be changed?"""

from datetime import datetime

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.actions import lookups
from flows.ports import Order, Orders, OrderStatus

#: What nobody has packed yet.
_OPEN: frozenset[OrderStatus] = frozenset(["unpaid", "processing"])
_LEFT: frozenset[OrderStatus] = frozenset(["shipped", "partially_shipped"])


class OrderOpen(Action):
    """Lets a flow go on with an order that is still here, and tells where it is if not.

    It tells no more than the state: no address, no name, no item.
    """

    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    def name(self) -> str:
        return "action_order_open"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Look the order up, and remember whether it is still here."""
        return lookups.of_order(self._orders, dispatcher, tracker, _tell)


def _tell(
    dispatcher: CollectingDispatcher, order: Order, now: datetime, language: str
) -> list[EventType]:
    if order.status not in _OPEN:
        left, stands = "utter_order_has_left", f"utter_order_{order.status}"
        dispatcher.utter_message(
            response=left if order.status in _LEFT else stands, number=order.number
        )
    return [SlotSet("order_open", order.status in _OPEN)]
