"""Say it again."""

from collections.abc import Iterator

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict


class RepeatBotMessages(Action):
    """Says once more what was said last, with what could be tapped."""

    def name(self) -> str:
        return "action_repeat_bot_messages"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Repeat what followed the message before this one.

        Where nothing was said yet, they are asked what they want.
        """
        last = [*_said_last(tracker.events)][::-1]
        if not last:
            dispatcher.utter_message(response="utter_no_words")
        for said in last:
            dispatcher.utter_message(text=said.get("text"), **(said.get("data") or {}))
        return []


def _said_last(events: list[EventType]) -> Iterator[EventType]:
    """Yield the newest of our messages, from the last one back."""
    found = False
    for event in reversed(events):
        if event.get("event") == "bot":
            found = True
            yield event
        elif found and event.get("event") == "user":
            return
