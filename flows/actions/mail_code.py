"""Mail a code, so that the customer can show whose an e-mail address is."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.ports import Orders, TooManyTriesError
from flows.spoken import language_of


class MailCode(Action):
    """Mails a code; what is said of it is the same whatever the shop knows."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    def name(self) -> str:
        return "action_mail_code"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Mail it, and remember whether it was."""
        email, language = tracker.slots["email"], language_of(tracker)
        try:
            self._orders.mail_code(email, tracker.sender_id, language)
        except TooManyTriesError:
            dispatcher.utter_message(response="utter_code_refused")
            return [SlotSet("code_mailed", False)]
        return [SlotSet("code_mailed", True)]
