"""Fetch a person."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.ports import REASONS, hand_over, reason_of


class HumanHandoff(Action):
    """Says that a person will answer, and stops answering ourselves."""

    def name(self) -> str:
        return "action_human_handoff"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Say why a person comes: a flow names the reason in a slot."""
        frame = tracker.stack[-1] if tracker.stack else {}
        known = frame.get("context", {}).get("reason")
        named = tracker.slots.get("handoff_reason")
        reason = reason_of({"reason": known if known in REASONS else named})
        dispatcher.utter_message(response=f"utter_handoff_{reason}")
        return [hand_over(reason)]
