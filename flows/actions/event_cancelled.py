"""Is my event still on?"""

from datetime import datetime

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.actions import lookups
from flows.ports import Admission, CalendarEvents
from flows.spoken import event_words


class EventCancelled(Action):
    """Tells what the calendar knows of a ticket's event."""

    def __init__(self, calendar: CalendarEvents) -> None:
        self._calendar = calendar

    def name(self) -> str:
        return "action_event_cancelled"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Look the ticket up, and tell whether its event takes place."""
        return lookups.of_ticket(self._calendar, dispatcher, tracker, _tell)


def _tell(
    dispatcher: CollectingDispatcher, admission: Admission, now: datetime, language: str
) -> list[EventType]:
    event = admission.event
    dispatcher.utter_message(
        response=f"utter_calendar_says_{event.status}",
        **event_words(event, now, language),
    )
    return [SlotSet("event_status", event.status)]
