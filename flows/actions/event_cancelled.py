"""Is my event still on?"""

from datetime import datetime

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.actions import lookups
from flows.actions.named_events import named
from flows.ports import Admission, CalendarEvent, CalendarEvents
from flows.spoken import event_words, language_of, said_at


class EventCancelled(Action):
    """Tells what the calendar knows of an event."""

    def __init__(self, calendar: CalendarEvents) -> None:
        self._calendar = calendar

    def name(self) -> str:
        return "action_event_cancelled"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Tell whether what was named takes place, or else a ticket's event."""
        events = named(self._calendar, tracker)
        if not events:
            return lookups.of_ticket(self._calendar, dispatcher, tracker, _tell)
        now, language = said_at(tracker), language_of(tracker)
        said = [
            one for event in events for one in _say(dispatcher, event, now, language)
        ]
        return [*lookups.found(), *said]


def _tell(
    dispatcher: CollectingDispatcher, admission: Admission, now: datetime, language: str
) -> list[EventType]:
    return _say(dispatcher, admission.event, now, language)


def _say(
    dispatcher: CollectingDispatcher, event: CalendarEvent, now: datetime, language: str
) -> list[EventType]:
    dispatcher.utter_message(
        response=f"utter_calendar_says_{event.status}",
        **event_words(event, now, language),
    )
    return [SlotSet("event_status", event.status)]
