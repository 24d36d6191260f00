"""Has the customer proved before that this order is theirs?"""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.ports import Orders


class OrderKnown(Action):
    """Lets a flow skip the question for a proof; it says nothing."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    def name(self) -> str:
        return "action_order_known"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Remember whether the order need not be proved again."""
        number = tracker.slots["order_number"]
        return [SlotSet("order_known", self._orders.knows(number, tracker.sender_id))]
