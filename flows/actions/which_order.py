"""Which of your orders is it?"""

from collections.abc import Sequence
from datetime import date

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.ports import Order, Orders
from flows.spoken import language_of, said_at, spoken_date


class WhichOrder(Action):
    """Asks for an order: by a list of who has proved an e-mail address, else by number.

    The list tells numbers, days and states: no address, no name, no item, no price.
    """

    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    def name(self) -> str:
        return "action_which_order"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Ask, and remember whether a code by e-mail would help who has no number."""
        mine = self._orders.mine(tracker.sender_id)
        if mine is None or len(mine) < 2:
            dispatcher.utter_message(response="utter_ask_order_number")
            helps = mine is None and self._orders.mails_codes()
            return [SlotSet("code_offered", helps)]
        today = said_at(tracker).date()
        _list(dispatcher, mine, today, language_of(tracker))
        return [SlotSet("code_offered", False)]


def _list(
    dispatcher: CollectingDispatcher, mine: Sequence[Order], today: date, language: str
) -> None:
    dispatcher.utter_message(response="utter_your_orders")
    for place, order in enumerate(mine, start=1):
        placed = spoken_date(order.placed, today, language) if order.placed else None
        dispatcher.utter_message(
            response=f"utter_your_order_{order.status}",
            place=place,
            number=order.number,
            placed=placed,
        )
    choices = [
        {"title": one.number, "payload": f"/SetSlots(order_number={one.number})"}
        for one in mine
    ]
    dispatcher.utter_message(response="utter_ask_which_order", quick_replies=choices)
