"""Look up what asks for a proof: what is told, and what is remembered of it?

A wrong proof and an unknown number are one and the same to a customer: the same
response, the same slots. Two misses in a row offer a person (the flows say so).
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeAlias, TypeVar

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from flows.ports import (
    RECALLED,
    Admission,
    CalendarEvents,
    Order,
    Orders,
    TooManyTriesError,
)
from flows.spoken import language_of, said_at

#: As many as make the flows offer a person.
ENOUGH_MISSES = 2

Found = TypeVar("Found")
#: Tells what was found at a moment, in a language, and returns what else is to be
#: remembered.
Tell: TypeAlias = Callable[
    [CollectingDispatcher, Found, datetime, str], Sequence[EventType]
]


def of_ticket(
    calendar: CalendarEvents,
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    tell: Tell[Admission],
) -> list[EventType]:
    """Look the customer's ticket up, and let *tell* speak of it if it was found."""
    slots, customer = tracker.slots, tracker.sender_id
    try:
        admission = calendar.find(slots["ticket"], slots["email"], customer)
    except TooManyTriesError:
        return closed(dispatcher)
    if admission is None:
        return not_found(dispatcher, tracker, "utter_ticket_not_found", proof="email")
    return _told(dispatcher, tracker, admission, tell)


def of_order(
    orders: Orders,
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    tell: Tell[Order],
    *,
    quietly: bool = False,
) -> list[EventType]:
    """Look the customer's order up, and let *tell* speak of it if it was found.

    Where the proof is but likely, a miss is taken *quietly*: it is asked for then.
    """
    slots, customer = tracker.slots, tracker.sender_id
    proof = "email_or_postcode"
    try:
        order = orders.find(slots["order_number"], slots.get(proof) or "", customer)
    except TooManyTriesError:
        return closed(dispatcher, code_helps=orders.mails_codes())
    if order is None and quietly:
        return [SlotSet("found", False)]
    if order is None:
        return not_found(dispatcher, tracker, "utter_order_not_found", proof=proof)
    return _told(dispatcher, tracker, order, tell)


def _told(
    dispatcher: CollectingDispatcher, tracker: Tracker, it: Found, tell: Tell[Found]
) -> list[EventType]:
    spoken = tell(dispatcher, it, said_at(tracker), language_of(tracker))
    return [*found(), *spoken]


def closed(
    dispatcher: CollectingDispatcher, *, code_helps: bool = False
) -> list[EventType]:
    """Tell that nothing is looked up, and return what lets the flow offer a way.

    That is a person, or, where it helps, a code by e-mail. It is the same for the
    owner of what others guess at, and for those others.
    """
    says = "utter_lookup_needs_code" if code_helps else "utter_lookup_closed"
    dispatcher.utter_message(response=says)
    return [
        SlotSet("found", False),
        SlotSet("lookup_misses", ENOUGH_MISSES),
        SlotSet("lookup_closed", True),
        SlotSet("code_offered", code_helps),
    ]


def found() -> list[EventType]:
    """Return what to remember when number and proof belong together."""
    return [
        SlotSet("found", True),
        SlotSet("lookup_misses", 0),
        SlotSet("lookup_closed", False),
    ]


def was_found(events: Iterable[EventType]) -> bool:
    """Whether a look-up led to these."""
    return SlotSet("found", True) in events


def not_found(
    dispatcher: CollectingDispatcher, tracker: Tracker, response: str, *, proof: str
) -> list[EventType]:
    """Return what to remember when they do not; say so with a response.

    A *proof* that was given before, for something else, was worth a try: it is asked
    for now, and nobody is told of the try.
    """
    frame = tracker.stack[-1] if tracker.stack else {}
    if proof in (frame.get("context", {}).get(RECALLED) or ()):
        return [SlotSet("found", False)]
    dispatcher.utter_message(response=response)
    misses = tracker.slots.get("lookup_misses") or 0
    return [
        SlotSet("found", False),
        SlotSet("lookup_misses", misses + 1),
        SlotSet("lookup_closed", False),
    ]
