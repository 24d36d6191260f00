"""Does an answer to "and which town?" tell the postcode as well?"""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows import postal


class ValidateAddressTown(Action):
    """Takes the postcode that is said with a town."""

    def name(self) -> str:
        return "validate_address_town"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Leave the town alone in its slot, and keep a postcode that is still open."""
        said = postal.read_town(str(tracker.slots["address_town"]))
        told = [SlotSet("address_town", said.town)]
        if said.postcode and tracker.slots.get("address_postcode") is None:
            told.append(SlotSet("address_postcode", said.postcode))
        return told
