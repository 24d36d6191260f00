"""Does an answer to "where should it go?" tell town and postcode as well?"""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows import postal


class ValidateAddressStreet(Action):
    """Takes town and postcode from a line that has them, so that nobody asks again."""

    def name(self) -> str:
        return "validate_address_street"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Leave the street alone in its slot, and fill what is still open."""
        said = postal.read(str(tracker.slots["address_street"]))
        others = {"address_town": said.town, "address_postcode": said.postcode}
        told = [
            SlotSet(name, value)
            for name, value in others.items()
            if value is not None and tracker.slots.get(name) is None
        ]
        return [SlotSet("address_street", said.street or None), *told]
