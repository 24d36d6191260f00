"""Where is my order?"""

from datetime import date, datetime
from functools import partial

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from flows.actions import lookups
from flows.actions.further_orders import taken
from flows.ports import Order, Orders, Parcel
from flows.spoken import spoken_date
from flows.standing import OVER, key, standing, summed_up

#: After these a date on which the parcel should come would be no news, or a lie.
_SETTLED = frozenset(
    ["available_for_pickup", "delivered", "returned", "exception", "cancelled"]
)
#: Of these a customer may well want to talk to a person.
_TROUBLE = frozenset(
    ["attempt_failed", "delayed", "delivered", "exception", "expired", "returned"]
)


class OrderStatus(Action):
    """Tells where an order is: no name, no address, no price."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    def name(self) -> str:
        return "action_order_status"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Look the order up, and tell its state and that of its parcels.

        So with each that was asked about at once, until one is not found.
        """

        def tell(
            dispatcher: CollectingDispatcher, order: Order, now: datetime, language: str
        ) -> list[EventType]:
            _tell(dispatcher, order, now, language)
            return self._offer(order, tracker)

        look_up = partial(lookups.of_order, self._orders, dispatcher, tracker, tell)
        events = found = look_up()
        while lookups.was_found(found) and tracker.slots.get("further_orders"):
            following, has_proof = taken(tracker)
            found = look_up(quietly=not has_proof)
            events = [*events, *following, *found]
        return events

    def _offer(self, order: Order, tracker: Tracker) -> list[EventType]:
        """Let the flow offer news of the order: once, and where nothing else waits."""
        moves = order.status not in OVER and self._orders.has_news()
        asked = tracker.slots.get("news_of") == order.number
        more = tracker.slots.get("further_orders")
        if not moves or asked or more or len(tracker.stack) > 1:
            return []
        known = [key(part, word) for part, word in standing(order)]
        return [
            SlotSet("news_offered", True),
            SlotSet("news_of", order.number),
            SlotSet("news_told", known),
        ]


def _tell(
    dispatcher: CollectingDispatcher, order: Order, now: datetime, language: str
) -> None:
    today = now.date()
    about = summed_up(
        order.status,
        (parcel.status for parcel in order.parcels),
        is_late=any(_is_late(parcel, today) for parcel in order.parcels),
    )
    dispatcher.utter_message(response=about, number=order.number)
    count = len(order.parcels)
    for number, parcel in enumerate(order.parcels, start=1):
        if count > 1:
            dispatcher.utter_message(
                response="utter_parcel_heading", parcel=number, parcels=count
            )
        _tell_parcel(dispatcher, parcel, today, language)
    if _TROUBLE & {order.status, *(parcel.status for parcel in order.parcels)}:
        dispatcher.utter_message(response="utter_order_trouble")


def _is_late(parcel: Parcel, today: date) -> bool:
    due = None if parcel.status in _SETTLED else parcel.expected
    return due is not None and due < today


def _tell_parcel(
    dispatcher: CollectingDispatcher, parcel: Parcel, today: date, language: str
) -> None:
    dispatcher.utter_message(response=f"utter_parcel_{parcel.status}")
    if parcel.expected and parcel.status not in _SETTLED:
        late = _is_late(parcel, today)
        dispatcher.utter_message(
            response="utter_parcel_late" if late else "utter_parcel_expected",
            expected=spoken_date(parcel.expected, today, language),
        )
    if parcel.tracking_number:
        by = "_courier" if parcel.courier else ""
        dispatcher.utter_message(
            response=f"utter_parcel_tracking{by}",
            tracking_number=parcel.tracking_number,
            courier=parcel.courier,
        )
    if parcel.tracking_url:
        dispatcher.utter_message(
            response="utter_parcel_link", tracking_url=parcel.tracking_url
        )
