"""Which event does a customer call by its name? Anybody may know of it."""

from collections.abc import Sequence
from datetime import datetime

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from flows.actions import lookups
from flows.ports import (
    EVENTS_APART,
    EVENTS_TOGETHER,
    LAST_REMINDER,
    CalendarEvent,
    CalendarEvents,
)

#: The slot of what was named: the id of an event, or of several that may be meant.
NAMED = "calendar_event"
#: In place of a value that there is not.
NONE = "none"


def meant(calendar: CalendarEvents, value: str | None) -> Sequence[CalendarEvent]:
    """Return the events to come among the ids of a value, the soonest first."""
    ids = (value or "").replace(EVENTS_TOGETHER, EVENTS_APART).split(EVENTS_APART)
    return [one for one in calendar.announced() if one.event_id in ids]


def named(calendar: CalendarEvents, tracker: Tracker) -> Sequence[CalendarEvent]:
    """Return the event that was named, or each of several.

    None where it is not clear which, or where a ticket says it.
    """
    if tracker.slots.get("ticket") not in (None, NONE):
        return ()
    value = tracker.slots.get(NAMED)
    events = meant(calendar, value) if value else ()
    return events if len(events) == 1 or EVENTS_TOGETHER in (value or "") else ()


def told(
    dispatcher: CollectingDispatcher, events: Sequence[CalendarEvent], now: datetime
) -> list[EventType]:
    """Offer to remind of one event, where that may be: its ticket is asked for then."""
    event = events[0]
    may_come = event.status != "cancelled" and event.starts_at - now > LAST_REMINDER
    if may_come and len(events) == 1:
        dispatcher.utter_message(response="utter_offer_reminder")
    return lookups.found()
