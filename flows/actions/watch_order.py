"""Tell me when my order moves, please."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.ports import order_watched


class WatchOrder(Action):
    """Lets the customer be told of an order that they have proved."""

    def name(self) -> str:
        return "action_watch_order"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Confirm it; what they have just been told is no news any more."""
        number, told = tracker.slots["news_of"], tracker.slots.get("news_told") or []
        dispatcher.utter_message(response="utter_news_on", number=number)
        return [order_watched(number, told)]
