"""Is my event still on?"""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.actions import lookups
from flows.ports import CalendarEvents
from flows.spoken import event_words, said_at


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
        admission = self._calendar.find(tracker.slots["ticket"], tracker.slots["email"])
        if admission is None:
            dispatcher.utter_message(response="utter_ticket_not_found")
            return lookups.not_found(tracker)

        event = admission.event
        dispatcher.utter_message(
            response=f"utter_calendar_says_{event.status}",
            **event_words(event, said_at(tracker)),
        )
        return [*lookups.found(), SlotSet("event_status", event.status)]
