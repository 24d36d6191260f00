"""Which event does a customer call by its name? Anybody may know of it."""

from collections.abc import Sequence
from datetime import datetime

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from flows.actions import lookups
from flows.ports import EVENTS_APART, LAST_REMINDER, CalendarEvent, CalendarEvents

#: The slot of what was named: the id of an event, or of several that may be meant.
NAMED = "calendar_event"
#: In place of a value that there is not.
NONE = "none"


def meant(calendar: CalendarEvents, value: str | None) -> Sequence[CalendarEvent]:
    """Return the events to come among the ids of a value, the soonest first."""
    ids = (value or "").split(EVENTS_APART)
    return [one for one in calendar.announced() if one.event_id in ids]


def named(calendar: CalendarEvents, tracker: Tracker) -> CalendarEvent | None:
    """Return the one event that was named; None where a ticket says which it is."""
    if tracker.slots.get("ticket") not in (None, NONE):
        return None
    value = tracker.slots.get(NAMED)
    events = meant(calendar, value) if value else ()
    return events[0] if len(events) == 1 else None


def told(
    dispatcher: CollectingDispatcher, event: CalendarEvent, now: datetime
) -> list[EventType]:
    """Offer a reminder, where one may come: its ticket is asked for then."""
    if event.status != "cancelled" and event.starts_at - now > LAST_REMINDER:
        dispatcher.utter_message(response="utter_offer_reminder")
    return lookups.found()
