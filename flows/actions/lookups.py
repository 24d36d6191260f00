"""What is remembered of a look-up that asks for a proof?

A wrong proof and an unknown number are one and the same to a customer: the same
response, the same slots. Two misses in a row offer a person (the flows say so).
"""

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet


def found() -> list[EventType]:
    """Return what to remember when number and proof belong together."""
    return [SlotSet("found", True), SlotSet("lookup_misses", 0)]


def not_found(tracker: Tracker) -> list[EventType]:
    """Return what to remember when they do not."""
    misses = tracker.slots.get("lookup_misses") or 0
    return [SlotSet("found", False), SlotSet("lookup_misses", misses + 1)]
