"""Change the address of an order of which everything was proved and read back."""

import re

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.ports import Address, Orders

#: A state or province behind a town, by its code: Portland, OR.
_REGION = re.compile(r"(.+?),?\s+([A-Z]{2,3})")


class ChangeAddress(Action):
    """Changes where an order goes, and says what came of it, but not where it went."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    def name(self) -> str:
        return "action_change_address"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Remember what came of it."""
        number, address = tracker.slots["order_number"], _address(tracker)
        came = self._orders.change_address(number, tracker.sender_id, address)
        if came in ("changed", "marked", "refused"):
            dispatcher.utter_message(response=f"utter_address_{came}", number=number)
        elif came == "left":
            dispatcher.utter_message(response="utter_order_has_left", number=number)
        return [SlotSet("address_came", came)]


def _address(tracker: Tracker) -> Address:
    street, town, postcode = (
        " ".join(tracker.slots[f"address_{name}"].split())
        for name in ("street", "town", "postcode")
    )
    match = _REGION.fullmatch(town)
    town, region = match.groups() if match else (town, "")
    return Address(street=street, town=town, postcode=postcode, region=region)
