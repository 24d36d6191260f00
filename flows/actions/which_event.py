"""Which of these events is it?"""

from collections.abc import Sequence
from os.path import commonprefix

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.actions.named_events import NAMED, meant
from flows.ports import CalendarEvent, CalendarEvents
from flows.spoken import event_words, language_of, said_at

#: Messenger takes 13 quick replies, one of them is "none of these".
MOST = 10


class WhichEvent(Action):
    """Asks which of the events is meant that a name fits, by day and venue."""

    def __init__(self, calendar: CalendarEvents) -> None:
        self._calendar = calendar

    def name(self) -> str:
        return "action_which_event"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """List the events, and offer each to be tapped."""
        events = meant(self._calendar, tracker.slots.get("calendar_events"))[:MOST]
        now, language = said_at(tracker), language_of(tracker)
        for place, event in enumerate(events, start=1):
            dispatcher.utter_message(
                response=f"utter_named_event_{event.status}",
                place=place,
                **event_words(event, now, language),
            )
        dispatcher.utter_message(
            response="utter_ask_calendar_event", quick_replies=_choices(events)
        )
        return []


def _choices(events: Sequence[CalendarEvent]) -> list[dict[str, str]]:
    return [
        {
            "title": f"{place}. {title}",
            "payload": f"/SetSlots({NAMED}={event.event_id})",
        }
        for place, (event, title) in enumerate(
            zip(events, titles([one.name for one in events]), strict=True), start=1
        )
    ]


def titles(names: Sequence[str]) -> list[str]:
    """Return what tells the names apart: of those that begin alike only the rest."""
    shared = commonprefix([name.split() for name in names]) if len({*names}) > 1 else []
    rest = [" ".join(name.split()[len(shared) :]) for name in names]
    return [short or name for short, name in zip(rest, names, strict=True)]
