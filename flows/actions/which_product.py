"""Which item is it?"""

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.actions.find_product import ITEMS, WROTE
from flows.actions.which_event import titles
from flows.products import Products


class WhichProduct(Action):
    """Asks which item is meant: of several by name, or of all there are."""

    def __init__(self, products: Products) -> None:
        self._products = products

    def name(self) -> str:
        return "action_which_product"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """List the items to choose from, each to be tapped; or ask for the name."""
        items: Sequence[Any] = tracker.slots.get(ITEMS) or ()
        for place, one in enumerate(items, start=1):
            dispatcher.utter_message(
                response="utter_named_product", place=place, name=one["name"]
            )
        if items:
            which = "utter_ask_which_product"
            asks = "utter_ask_this_product" if len(items) == 1 else which
            dispatcher.utter_message(response=asks, quick_replies=_choices(items))
            return []
        known = self._products.are_known()
        asks = "utter_ask_product_name" if known else "utter_ask_product"
        dispatcher.utter_message(response=asks)
        return []


def _choices(items: Sequence[Any]) -> list[dict[str, str]]:
    short = titles([one["name"] for one in items])
    return [
        {"title": f"{place}. {title}", "payload": f"/SetSlots({WROTE}={one['key']})"}
        for place, (one, title) in enumerate(zip(items, short, strict=True), start=1)
    ]
