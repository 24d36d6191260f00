"""Is it in stock?"""

from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.actions.find_product import ITEM, STOCK, WROTE
from flows.products import BEST, VARIANTS, Product, Products, Stock, Variant
from flows.spoken import language_of, said_at, spoken_date
from flows.variants import wished

#: A product that was found by its name a moment ago, and is sold no more.
GONE = "gone"
_THERE: Sequence[Stock] = ("in_stock", "few")


class ProductStock(Action):
    """Tells whether there is any of a product, as its shop says it now."""

    def __init__(self, products: Products) -> None:
        self._products = products

    def name(self) -> str:
        return "action_product_stock"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Tell of the variants that are wished for, or of all of them.

        Who looks further into it reads which one that is.
        """
        product = looked_up(self._products, tracker)
        if product is None:
            return [SlotSet(STOCK, GONE)]
        say_stock(dispatcher, product)
        say_day(dispatcher, product, tracker)
        show(dispatcher, product)
        return [*told_of(product), SlotSet(STOCK, product.stock)]


def looked_up(products: Products, tracker: Tracker) -> Product | None:
    """Return the product that was found, as it is wished for; None if it is gone."""
    product = products.find(tracker.slots[ITEM])
    wish = tracker.slots.get("product_wish") or ""
    return product and _narrowed(product, wish)


def told_of(product: Product) -> list[EventType]:
    """Return what to remember of what was told: its name, and as what it is sold."""
    own = (product.name, *(one.name for one in product.variants))
    names = product.sold_as or own
    told = "\n".join(names) if len(names) > 1 else None
    return [SlotSet(WROTE, product.name), SlotSet(VARIANTS, told)]


def _narrowed(product: Product, wish: str) -> Product:
    """Return a product with nothing but the variants that are wished for."""
    variants = wished(wish, product)
    if not variants:
        return product
    stock = min((one.stock for one in variants), key=BEST.index)
    sold_as = (product.name, *(one.name for one in product.variants))
    product = replace(product, stock=stock, sold_as=sold_as)
    if len(variants) > 1:
        return replace(product, variants=variants)
    name, price = f"{product.name}, {variants[0].name}", variants[0].price
    price = price or product.price
    return replace(product, name=name, price=price, variants=())


def say_stock(dispatcher: CollectingDispatcher, product: Product) -> None:
    """Tell whether there is any, and in which variants."""
    there = [one for one in product.variants if one.stock in _THERE]
    if there and len(there) < len(product.variants):
        others = [one for one in product.variants if one.stock not in _THERE]
        dispatcher.utter_message(
            response="utter_product_some",
            name=product.name,
            there=_listed(there),
            others=_listed(others),
        )
        return
    _say_one(dispatcher, product.name, product.stock)
    if product.variants:
        dispatcher.utter_message(
            response="utter_product_variants", variants=_listed(product.variants)
        )


def _say_one(dispatcher: CollectingDispatcher, name: str, stock: Stock) -> None:
    dispatcher.utter_message(response=f"utter_product_{stock}", name=name)


def say_day(
    dispatcher: CollectingDispatcher, product: Product, tracker: Tracker
) -> None:
    """Tell of which day it is, where that may not be today."""
    if product.as_of is not None and product.as_of < said_at(tracker).date():
        today, language = said_at(tracker).date(), language_of(tracker)
        day = spoken_date(product.as_of, today, language)
        dispatcher.utter_message(response="utter_product_as_of", day=day)


def show(dispatcher: CollectingDispatcher, product: Product) -> None:
    """Show its card: what stands on it says nothing without a price or a link."""
    if product.price or product.url:
        dispatcher.utter_message(
            response="utter_product_card",
            name=product.name,
            price=product.price or "",
            url=product.url or "",
            image=product.image or "",
        )


def _listed(variants: Sequence[Variant]) -> str:
    return ", ".join(one.name for one in variants)
