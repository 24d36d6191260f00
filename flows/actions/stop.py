"""Never write to me again."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.ports import opt_out, reminders_off


class Stop(Action):
    """Takes the customer at their word, at once and for everything."""

    def name(self) -> str:
        return "action_stop"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Confirm, once, and end all that we would have sent by ourselves."""
        dispatcher.utter_message(response="utter_stopped")
        return [opt_out(), reminders_off(None)]
