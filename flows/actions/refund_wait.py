"""How long does money take that has gone back and is not there?"""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict


class RefundWait(Action):
    """Tells once how long a bank takes, and offers a person behind it."""

    def name(self) -> str:
        return "action_refund_wait"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Say what the FAQ says of it, and remember that it was told."""
        dispatcher.utter_message(response="utter_faq/refund_time")
        dispatcher.utter_message(response="utter_refund_wait")
        return [SlotSet("refund_wait", "told")]
