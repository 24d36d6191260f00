"""Is it the code that was mailed to the address of the order?"""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.ports import Orders, TooManyTriesError


class CheckOwner(Action):
    """Holds what the customer gave against the code."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    def name(self) -> str:
        return "action_check_owner"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Remember whether the order is theirs, and say so if it is the wrong code."""
        code, customer = tracker.slots["mail_code"], tracker.sender_id
        try:
            proved = self._orders.prove(code, customer)
        except TooManyTriesError:
            dispatcher.utter_message(response="utter_code_refused")
            return [SlotSet("code_mailed", False)]
        if not proved:
            dispatcher.utter_message(response="utter_code_wrong")
            return []
        is_owner = self._orders.is_owner(tracker.slots["order_number"], customer)
        return [SlotSet("email_proved", is_owner), SlotSet("code_mailed", False)]
