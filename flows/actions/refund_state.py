"""Has my money gone back, and did what I sent back arrive?"""

from datetime import datetime

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.actions import lookups
from flows.ports import Order, Orders
from flows.spoken import spoken_date


class RefundState(Action):
    """Tells how the refund and the return of an order stand: no amount, no item."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    def name(self) -> str:
        return "action_refund_state"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Look the order up, and remember whether the shop knows of its refund."""
        return lookups.of_order(self._orders, dispatcher, tracker, _tell)


def _tell(
    dispatcher: CollectingDispatcher, order: Order, now: datetime, language: str
) -> list[EventType]:
    # An order that was called off has no return, and who paid waits for the money.
    returned = None if order.status == "cancelled" else order.returned
    if returned and (returned != "none" or order.refund in (None, "none")):
        dispatcher.utter_message(
            response=f"utter_return_{returned}", number=order.number
        )
    on = order.refunded and spoken_date(order.refunded, now.date(), language)
    dispatcher.utter_message(
        response=f"utter_refund_{order.refund or 'unknown'}",
        number=order.number,
        refunded=on,
    )
    if order.refund:
        dispatcher.utter_message(response="utter_refund_trouble")
    moves = order.refund not in (None, "none")
    return [
        SlotSet("refund_known", order.refund is not None),
        SlotSet("refund_wait", "open" if moves else None),
    ]
