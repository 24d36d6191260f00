"""May customers change the address of an order by themselves?"""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.ports import Orders


class CanChangeAddress(Action):
    """Lets a flow change it where the shop does, and collect where it does not."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    def name(self) -> str:
        return "action_can_change_address"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Remember whether the shop lets customers; it says nothing."""
        return [SlotSet("can_change_address", self._orders.changes_addresses())]
