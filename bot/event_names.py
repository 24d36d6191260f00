"""Which event of the calendar does a text name? See `names` for how it is found."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.name_order import gathered
from bot.name_words import tokens_of, words
from bot.names import Found, Named, Names
from flows.ports import CalendarEvent


@dataclass(frozen=True)
class EventNames:
    """The names of the events to come, to be looked for in texts; immutable."""

    events: tuple[CalendarEvent, ...] = field(default=())

    def find(self, text: str) -> Found | None:
        """Return the event that a text names best, or both of two; None if none."""
        found = self._names.find(text)
        one = found if found and found.sure else self._gathered(text)
        if one is None:
            return found
        blank = " " * (one.end - one.start)
        rest = f"{text[: one.start]}{blank}{text[one.end :]}"
        other = self._names.find(rest)
        other = other if other and other.sure else self._gathered(rest)
        return _both(one, other) if other else one

    def without(self, text: str) -> str:
        """Return a text without the name that is surely in it: it is of no language."""
        found = self.find(text)
        if found is None or not found.sure or found.is_told:
            return text
        return f"{text[: found.start]} {text[found.end :]}"

    def _gathered(self, text: str) -> Found | None:
        there = gathered(self._words, [*tokens_of(text)])
        if there is None:
            return None
        start, end, key = there
        return Found(
            start=start, end=end, keys=(key,), sure=True, long=True, is_told=True
        )

    @cached_property
    def _words(self) -> dict[str, tuple[str, ...]]:
        return {one.event_id: words(one.name) for one in self.events}

    @cached_property
    def _names(self) -> Names:
        return Names(
            tuple(
                Named(key=one.event_id, name=one.name, place=one.venue)
                for one in self.events
            )
        )


def _both(one: Found, other: Found) -> Found:
    """Return two names as one, where each is that of one event."""
    keys = (*one.keys, *other.keys)
    if len(keys) > 2 or len({*keys}) < 2:
        return one
    first, second = sorted((one, other), key=lambda found: found.start)
    return replace(first, keys=(*first.keys, *second.keys), each=True)
