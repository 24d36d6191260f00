"""Where is my event?"""

from datetime import datetime

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.actions import lookups
from flows.actions.named_events import named, told
from flows.ports import Admission, CalendarEvent, CalendarEvents
from flows.spoken import event_words, language_of, said_at


class EventWhere(Action):
    """Tells the venue of an event."""

    def __init__(self, calendar: CalendarEvents) -> None:
        self._calendar = calendar

    def name(self) -> str:
        return "action_event_where"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Tell where the event is that was named, or else that of a ticket."""
        events = named(self._calendar, tracker)
        if not events:
            return lookups.of_ticket(self._calendar, dispatcher, tracker, _tell)
        for event in events:
            _say(dispatcher, event, said_at(tracker), language_of(tracker))
        return told(dispatcher, events, said_at(tracker))


def _tell(
    dispatcher: CollectingDispatcher, admission: Admission, now: datetime, language: str
) -> list[EventType]:
    _say(dispatcher, admission.event, now, language)
    return []


def _say(
    dispatcher: CollectingDispatcher, event: CalendarEvent, now: datetime, language: str
) -> None:
    over = event.status != "cancelled" and event.starts_at < now
    state = "over" if over else event.status
    dispatcher.utter_message(
        response=f"utter_event_where_{state}", **event_words(event, now, language)
    )
