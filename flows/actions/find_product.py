"""Which product does the customer mean?"""

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.products import Products

#: The slot of what the customer wrote, and those of what it may mean: the key of one
#: product, or several to choose from, with what each is called.
WROTE, ITEM, ITEMS = "product", "item", "items"
#: What a yes sets the first of them to.
YES = "yes"
#: The slot of whether there is any, and what it says of what is not ours.
STOCK, UNKNOWN = "item_stock", "unknown"


class FindProduct(Action):
    """Finds the product that is meant, or several to ask about; it says nothing."""

    def __init__(self, products: Products) -> None:
        self._products = products

    def name(self) -> str:
        return "action_find_product"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Remember the one that is meant, or else those that may be, once."""
        wrote, asked = tracker.slots[WROTE], tracker.slots.get(ITEMS)
        if (chosen := _chosen(wrote, asked or ())) is not None:
            return _one(chosen)
        if not self._products.are_known():
            return [SlotSet(ITEM, None), SlotSet(ITEMS, None)]
        meant = self._products.meant(wrote)
        items = [{"key": one.key, "name": one.name} for one in meant.products]
        if meant.sure:
            # What else was written may say which size is wanted.
            return [*_one(items[0]), SlotSet("product_wish", wrote)]
        if asked or not items:
            return [SlotSet(ITEM, None), SlotSet(ITEMS, None), SlotSet(STOCK, UNKNOWN)]
        wish = SlotSet("product_wish", wrote)
        return [SlotSet(ITEM, None), SlotSet(ITEMS, items), SlotSet(WROTE, None), wish]


def _chosen(wrote: str, items: Sequence[Any]) -> Any:
    """Return what was tapped, or named in full, or is the only one to affirm."""
    plain = wrote.strip().casefold()
    if plain == YES and len(items) == 1:
        return items[0]
    fits = (one for one in items if plain in (one["key"], one["name"].casefold()))
    return next(fits, None)


def _one(item: Any) -> list[EventType]:
    """Return what to remember of a product; people read its name, not its key."""
    found = {ITEM: item["key"], ITEMS: None, WROTE: item["name"]}
    return [SlotSet(name, value) for name, value in found.items()]
