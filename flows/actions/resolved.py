"""A goal has come to its end: how it was may be asked later."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.ports import resolved


class Resolved(Action):
    """Says nothing: how it was may be asked once the customer falls silent."""

    def name(self) -> str:
        return "action_resolved"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Note that a goal has come to its end."""
        return [resolved()]
