"""Which events are to come? What anybody may know, with no ticket."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.ports import CalendarEvents
from flows.spoken import event_words, language_of, said_at

MOST = 10


class UpcomingEvents(Action):
    """Lists the public events to come."""

    def __init__(self, calendar: CalendarEvents) -> None:
        self._calendar = calendar

    def name(self) -> str:
        return "action_upcoming_events"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Say one line an event, the soonest first."""
        events = self._calendar.upcoming()[:MOST]
        if not events:
            dispatcher.utter_message(response="utter_no_upcoming_events")
            return []
        dispatcher.utter_message(response="utter_upcoming_events")
        for event in events:
            dispatcher.utter_message(
                response=f"utter_upcoming_event_{event.status}",
                **event_words(event, said_at(tracker), language_of(tracker)),
            )
        return []
