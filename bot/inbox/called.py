"""What are goals, questions and events called, in the language of whoever looks?"""

from dataclasses import dataclass

from bot import guesses, tongue
from bot.assistants import Assistants
from bot.inbox.step_words import TALK
from bot.web import figures
from flows.ports import EVENTS_APART, EVENTS_TOGETHER

#: The slot of an event that is called by its name.
EVENT = "calendar_event"


@dataclass(frozen=True)
class Called:
    """Tells names by the assistant as it is now, None before anything was trained."""

    live: Assistants | None

    def title(self, name: str) -> str:
        """Return what a goal or a question is called, also one that is gone by now."""
        if name in TALK:
            return str(TALK[name])
        if self.live is None:
            return _plain(name.rpartition("/")[2])
        responses = self.live.speaking(tongue.spoken()).responses
        return guesses.title(name, self.live.flows, responses)

    def goal(self, kept: str) -> str:
        """Return what a goal is called, from the name of its flow, as it was kept."""
        flows = self.live.flows.by_id.values() if self.live else ()
        found = next((flow.id for flow in flows if flow.name == kept), None)
        return self.title(found) if found else kept

    def value(self, label: str, value: object) -> object:
        """Return what was kept under a label: events by their names, not their ids."""
        if label.lower().replace(" ", "_") != EVENT:
            return value
        events = self.live.names.events if self.live else ()
        names = {one.event_id: one.name for one in events}
        ids = [key for one in str(value).split(", ") for key in _ids(one)]
        return figures.series(names.get(key) or _plain(key) for key in ids)


def _ids(value: str) -> list[str]:
    return value.replace(EVENTS_TOGETHER, EVENTS_APART).split(EVENTS_APART)


def _plain(key: str) -> str:
    return key.replace("_", " ").replace("-", " ").capitalize()
