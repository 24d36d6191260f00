"""Mail a code to the address that an order is under."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.ports import Orders, TooManyTriesError
from flows.spoken import language_of


class MailOwner(Action):
    """Mails a code, unless one came back in the last ten minutes; it says nothing."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    def name(self) -> str:
        return "action_mail_owner"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Remember whether the owner is proved already, or a code is on its way."""
        number, customer = tracker.slots["order_number"], tracker.sender_id
        if self._orders.is_owner(number, customer):
            return [SlotSet("email_proved", True), SlotSet("code_mailed", False)]
        try:
            mailed = self._orders.mail_owner(number, customer, language_of(tracker))
        except TooManyTriesError:
            dispatcher.utter_message(response="utter_code_refused")
            mailed = False
        return [SlotSet("email_proved", False), SlotSet("code_mailed", mailed)]
