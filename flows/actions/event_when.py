"""When is my event?"""

from datetime import datetime

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.actions import lookups
from flows.actions.named_events import named, told
from flows.ports import (
    LAST_REMINDER,
    Admission,
    CalendarEvent,
    CalendarEvents,
    ticket_linked,
)
from flows.spoken import event_words, language_of, said_at


class EventWhen(Action):
    """Tells the day and time of an event; by its ticket, switches reminders on."""

    def __init__(self, calendar: CalendarEvents) -> None:
        self._calendar = calendar

    def name(self) -> str:
        return "action_event_when"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Tell of what was named, or look the ticket up and remind of it."""
        events = named(self._calendar, tracker)
        if not events:
            return lookups.of_ticket(self._calendar, dispatcher, tracker, _tell)
        for event in events:
            _say(dispatcher, event, said_at(tracker), language_of(tracker))
        return told(dispatcher, events, said_at(tracker))


def _tell(
    dispatcher: CollectingDispatcher, admission: Admission, now: datetime, language: str
) -> list[EventType]:
    event, ticket = admission.event, admission.ticket
    _say(dispatcher, event, now, language)
    if event.status == "cancelled" or event.starts_at - now <= LAST_REMINDER:
        return []
    dispatcher.utter_message(response="utter_reminders_on", ticket=ticket)
    return [ticket_linked(ticket)]


def _say(
    dispatcher: CollectingDispatcher, event: CalendarEvent, now: datetime, language: str
) -> None:
    if event.status == "cancelled":
        response = "utter_event_cancelled"
    elif event.starts_at < now:
        response = "utter_event_over"
    else:
        response = f"utter_event_when_{event.status}"
    dispatcher.utter_message(response=response, **event_words(event, now, language))
