"""Which event of the calendar does a text name? See `names` for how it is found."""

from dataclasses import dataclass, field
from functools import cached_property

from bot.names import Found, Named, Names
from flows.ports import CalendarEvent


@dataclass(frozen=True)
class EventNames:
    """The names of the events to come, to be looked for in texts; immutable."""

    events: tuple[CalendarEvent, ...] = field(default=())

    def find(self, text: str) -> Found | None:
        """Return the event that a text names best; None if it names none."""
        return self._names.find(text)

    def without(self, text: str) -> str:
        """Return a text without the name that is surely in it: it is of no language."""
        return self._names.without(text)

    @cached_property
    def _names(self) -> Names:
        return Names(
            tuple(
                Named(key=one.event_id, name=one.name, place=one.venue)
                for one in self.events
            )
        )
