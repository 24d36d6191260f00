"""Is it the code that was mailed?"""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.ports import Orders, TooManyTriesError


class CheckCode(Action):
    """Holds what the customer gave against the code, and says what comes of it."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    def name(self) -> str:
        return "action_check_code"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Remember whether there are orders of the customer's to be told now."""
        customer = tracker.sender_id
        try:
            proved = self._orders.prove(tracker.slots["mail_code"], customer)
        except TooManyTriesError:
            dispatcher.utter_message(response="utter_code_refused")
            return [SlotSet("code_mailed", False)]
        if not proved:
            dispatcher.utter_message(response="utter_code_wrong")
            return []
        # The order that was asked for may be older than those that are listed.
        number: str | None = tracker.slots.get("order_number")
        claimed = number is not None and self._orders.claim(number, customer)
        if claimed or self._orders.mine(customer):
            return [SlotSet("email_proved", True)]
        dispatcher.utter_message(response="utter_no_orders_of_email")
        return [SlotSet("code_mailed", False)]
