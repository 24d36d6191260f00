"""No reminders for this ticket, please."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.ports import reminders_off


class RemindersOff(Action):
    """Switches the reminders of one ticket off; the button names the ticket."""

    def name(self) -> str:
        return "action_reminders_off"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Confirm, for the ticket of the button or else for all."""
        ticket = next(tracker.get_latest_entity_values("ticket"), None)
        dispatcher.utter_message(
            response="utter_reminders_off" if ticket else "utter_reminders_off_all"
        )
        return [reminders_off(ticket)]
