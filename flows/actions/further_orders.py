"""Were several orders asked about at once? One after the other."""

import math
from collections.abc import Sequence
from typing import Any, TypeAlias

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.answers import PROOFS, overlap

Entity: TypeAlias = dict[str, Any]

#: More at once are a list that a person should see.
MOST = 4


class FurtherOrders(Action):
    """Remembers which other orders a message names, each with its proof."""

    def name(self) -> str:
        return "action_further_orders"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Fill `further_orders` with `{"number", "proof"}` of each, or with None.

        The proof is what stands behind a number and before the next one, if anything.
        """
        asked = tracker.slots.get("order_number")
        every = named(tracker.latest_message.get("entities") or [])
        further = [one for one in every if one["number"] != asked]
        if len(further) == len(every):  # the number was not said in this message
            further = []
        return [SlotSet("further_orders", further[:MOST] or None)]


def taken(tracker: Tracker) -> tuple[list[EventType], bool]:
    """Let *tracker* be about the next of them; return what says so.

    And whether it has a proof of its own: without, the last one is tried.
    """
    first, *others = tracker.slots["further_orders"]
    slots = {
        "order_number": first["number"],
        "email_or_postcode": first["proof"] or tracker.slots.get("email_or_postcode"),
        "further_orders": others or None,
    }
    tracker.slots.update(slots)
    events = [SlotSet(name, value) for name, value in slots.items()]
    return events, first["proof"] is not None


def named(entities: Sequence[Entity]) -> list[Entity]:
    """Return each order that entities of a text name, in its order, with its proof."""
    placed = sorted(
        (one for one in entities if one.get("start") is not None),
        key=lambda one: (one["start"], -one["end"]),
    )
    proofs = [one for one in placed if one["entity"] in PROOFS]
    numbers = [
        one
        for one in placed
        if one["entity"] == "order_number"
        and not any(overlap(one, other) for other in proofs)
    ]
    found: dict[str, Entity] = {}
    for one, proof in zip(numbers, _proofs(numbers, proofs), strict=True):
        found.setdefault(one["value"], {"number": one["value"], "proof": proof})
    return [*found.values()]


def _proofs(
    numbers: Sequence[Entity], proofs: Sequence[Entity]
) -> Sequence[str | None]:
    """Return the proof of each number: what stands behind it and before the next one.

    One alone may be of all; as many behind the last number are each of one.
    """
    values = [proof["value"] for proof in proofs]
    if len(proofs) < 2:
        return [None] * len(numbers)
    if len(proofs) == len(numbers) and proofs[0]["start"] >= numbers[-1]["end"]:
        return values
    ends = [*(one["start"] for one in numbers[1:]), math.inf]
    behind = (
        [p["value"] for p in proofs if one["end"] <= p["start"] < end]
        for one, end in zip(numbers, ends, strict=False)
    )
    return [own[0] if own else None for own in behind]
