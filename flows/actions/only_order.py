"""Is there only one order that it can be about?"""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.ports import Orders


class OnlyOrder(Action):
    """Takes the only order of whoever has proved an e-mail address; it says nothing."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    def name(self) -> str:
        return "action_only_order"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Fill in the order's number, unless the customer gave one or has several."""
        if tracker.slots.get("order_number") is not None:
            return []
        mine = self._orders.mine(tracker.sender_id) or ()
        return [SlotSet("order_number", mine[0].number)] if len(mine) == 1 else []
