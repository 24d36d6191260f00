"""When is my event?"""

from datetime import datetime

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.actions import lookups
from flows.ports import LAST_REMINDER, Admission, CalendarEvents, ticket_linked
from flows.spoken import event_words


class EventWhen(Action):
    """Tells the day and time of a ticket's event, and switches reminders on."""

    def __init__(self, calendar: CalendarEvents) -> None:
        self._calendar = calendar

    def name(self) -> str:
        return "action_event_when"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Look the ticket up; remind only of what is still to come."""
        return lookups.of_ticket(self._calendar, dispatcher, tracker, _tell)


def _tell(
    dispatcher: CollectingDispatcher, admission: Admission, now: datetime, language: str
) -> list[EventType]:
    event, ticket = admission.event, admission.ticket
    words = event_words(event, now, language)
    if event.status == "cancelled":
        dispatcher.utter_message(response="utter_event_cancelled", **words)
        return []
    if event.starts_at < now:
        dispatcher.utter_message(response="utter_event_over", **words)
        return []
    dispatcher.utter_message(response=f"utter_event_when_{event.status}", **words)
    if event.starts_at - now <= LAST_REMINDER:
        return []
    dispatcher.utter_message(response="utter_reminders_on", ticket=ticket)
    return [ticket_linked(ticket)]
