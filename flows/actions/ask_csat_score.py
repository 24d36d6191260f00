"""How was it?"""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.ports import satisfaction_asked


class AskCsatScore(Action):
    """Asks how it was."""

    def name(self) -> str:
        return "action_ask_csat_score"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Ask, and note that it was asked."""
        dispatcher.utter_message(response="utter_how_was_it")
        return [satisfaction_asked()]
