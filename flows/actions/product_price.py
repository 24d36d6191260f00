"""What does it cost?"""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.actions.find_product import STOCK
from flows.actions.product_stock import (
    GONE,
    looked_up,
    say_day,
    say_stock,
    show,
    told_of,
)
from flows.products import Product, Products

#: The slot of the price that was told; empty where the shop states none.
PRICE = "item_price"


class ProductPrice(Action):
    """Tells the price of a product as its shop states it, and whether there is any."""

    def __init__(self, products: Products) -> None:
        self._products = products

    def name(self) -> str:
        return "action_product_price"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Tell the price first, then how the variants that are wished for stand."""
        product = looked_up(self._products, tracker)
        if product is None:
            return [SlotSet(STOCK, GONE)]
        _say(dispatcher, product)
        say_stock(dispatcher, product)
        say_day(dispatcher, product, tracker)
        show(dispatcher, product)
        return [
            *told_of(product),
            SlotSet(STOCK, product.stock),
            SlotSet(PRICE, product.price or None),
        ]


def _say(dispatcher: CollectingDispatcher, product: Product) -> None:
    if product.price:
        dispatcher.utter_message(response="utter_product_price", price=product.price)
    else:
        dispatcher.utter_message(response="utter_product_unpriced", name=product.name)
