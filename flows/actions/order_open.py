"""Can anything of this order still be changed?"""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.actions import lookups
from flows.ports import Orders, OrderStatus, TooManyTriesError

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
        slots = tracker.slots
        number, proof = slots["order_number"], slots.get("email_or_postcode") or ""
        try:
            order = self._orders.find(number, proof, tracker.sender_id)
        except TooManyTriesError:
            return lookups.closed(dispatcher)
        if order is None:
            return lookups.not_found(
                dispatcher, tracker, "utter_order_not_found", proof="email_or_postcode"
            )
        if order.status not in _OPEN:
            left = order.status in _LEFT
            dispatcher.utter_message(
                response="utter_order_has_left"
                if left
                else f"utter_order_{order.status}",
                number=order.number,
            )
        return [*lookups.found(), SlotSet("order_open", order.status in _OPEN)]
