"""Cancel an order of which everything was proved and asked back."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.ports import Orders


class CancelOrder(Action):
    """Cancels, and says what came of it; the shop is asked at most once."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    def name(self) -> str:
        return "action_cancel_order"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Remember what came of it."""
        number = tracker.slots["order_number"]
        came = self._orders.cancel(number, tracker.sender_id)
        if came in ("cancelled", "marked", "refused"):
            dispatcher.utter_message(response=f"utter_cancel_{came}", number=number)
        elif came == "left":
            dispatcher.utter_message(response="utter_order_has_left", number=number)
        return [SlotSet("cancel_came", came)]
