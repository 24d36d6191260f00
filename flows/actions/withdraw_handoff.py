"""I don't need a person any more."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.ports import handoff_withdrawn


class WithdrawHandoff(Action):
    """Takes back the call for a person that nobody has answered yet."""

    def name(self) -> str:
        return "action_withdraw_handoff"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Say so, and let the assistant answer again."""
        dispatcher.utter_message(response="utter_handoff_withdrawn")
        return [handoff_withdrawn()]
