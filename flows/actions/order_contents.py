"""What is in my order, and what did I pay?"""

from typing import Literal, TypeAlias

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.actions import lookups
from flows.contents import Contents
from flows.ports import Orders
from flows.spoken import language_of, spoken_money

#: What came of it: `silent` where the shop does not say, `unmailed` where it mails no
#: codes, without which nobody can prove enough.
Came: TypeAlias = Literal["told", "silent", "unproved", "unmailed"]

#: More are in the mail that confirmed the order.
MOST = 20


class OrderContents(Action):
    """Tells items and total, to who has proved the order's own address by a code."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    def name(self) -> str:
        return "action_order_contents"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Tell what may be told, and remember what came of it; else say nothing."""
        if not self._orders.mails_codes():
            return _came("unmailed")
        number = tracker.slots["order_number"]
        inside = self._orders.contents(number, tracker.sender_id)
        if inside is None:
            return _came("unproved")
        if not inside.items and inside.total is None:
            return [*lookups.found(), *_came("silent")]
        _tell(dispatcher, inside, language_of(tracker))
        return [*lookups.found(), *_came("told")]


def _came(came: Came) -> list[EventType]:
    return [SlotSet("contents_came", came)]


def _tell(dispatcher: CollectingDispatcher, inside: Contents, language: str) -> None:
    number = inside.number
    if inside.items:
        dispatcher.utter_message(response="utter_order_contents", number=number)
    for one in inside.items[:MOST]:
        dispatcher.utter_message(
            response="utter_order_item", item=one.name, quantity=one.quantity
        )
    if len(inside.items) > MOST:
        dispatcher.utter_message(response="utter_order_more_items")
    if inside.total is not None:
        total = spoken_money(inside.total, language)
        dispatcher.utter_message(
            response="utter_order_total", number=number, total=total
        )
