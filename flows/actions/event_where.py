"""Where is my event?"""

from datetime import datetime

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.actions import lookups
from flows.ports import Admission, CalendarEvents
from flows.spoken import event_words


class EventWhere(Action):
    """Tells the venue of a ticket's event."""

    def __init__(self, calendar: CalendarEvents) -> None:
        self._calendar = calendar

    def name(self) -> str:
        return "action_event_where"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Look the ticket up, and tell where its event is."""
        return lookups.of_ticket(self._calendar, dispatcher, tracker, _tell)


def _tell(
    dispatcher: CollectingDispatcher, admission: Admission, now: datetime, language: str
) -> list[EventType]:
    event = admission.event
    over = event.status != "cancelled" and event.starts_at < now
    told = "over" if over else event.status
    dispatcher.utter_message(
        response=f"utter_event_where_{told}", **event_words(event, now, language)
    )
    return []
