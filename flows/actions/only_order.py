"""Is there only one order that it can be about? Or one other than was told of?"""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.ports import Orders


class OnlyOrder(Action):
    """Takes the only order of whoever has proved an e-mail address; it says nothing."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    def name(self) -> str:
        return "action_only_order"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Fill in the order's number, unless the customer gave one or has several.

        Who has no number may choose, or prove an address by a code, where there is one.
        """
        number, told = (
            tracker.slots.get("order_number"),
            tracker.slots.get("other_than"),
        )
        if number not in (None, "none"):
            return []
        done = [SlotSet("other_than", None)] if told else []
        mine = self._orders.mine(tracker.sender_id)
        if mine is None:
            return [*done, SlotSet("code_offered", self._orders.mails_codes())]
        left = [one for one in mine if one.number != told]
        if len(left) == 1:
            return [*done, SlotSet("order_number", left[0].number)]
        return [*done, SlotSet("order_number", None)] if mine else done
