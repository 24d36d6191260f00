"""Is there only one event to come that a customer may mean by a name?"""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.actions.named_events import NAMED, NONE, meant
from flows.ports import EVENTS_APART, EVENTS_TOGETHER, CalendarEvents


class OnlyEvent(Action):
    """Lets it be asked which event is meant where a name fits several; says nothing."""

    def __init__(self, calendar: CalendarEvents) -> None:
        self._calendar = calendar

    def name(self) -> str:
        return "action_only_event"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Keep the one that is meant, or each; none if it is over, or all to ask."""
        value = tracker.slots.get(NAMED)
        events = meant(self._calendar, value)
        if len(events) == 1:
            return [SlotSet(NAMED, events[0].event_id)]
        if events and EVENTS_TOGETHER in (value or ""):
            return []
        if not events:
            return [SlotSet(NAMED, NONE)]
        candidates = EVENTS_APART.join(one.event_id for one in events)
        return [SlotSet(NAMED, None), SlotSet("calendar_events", candidates)]
