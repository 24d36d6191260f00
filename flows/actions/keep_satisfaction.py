"""What the customer thinks of what was done."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.ports import satisfaction


class KeepSatisfaction(Action):
    """Keeps the mark, and what a bad one is for."""

    def name(self) -> str:
        return "action_keep_satisfaction"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Note what is known of it by now."""
        score = str(tracker.get_slot("csat_score"))
        return [satisfaction(score, tracker.get_slot("csat_reason"))]
