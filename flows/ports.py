"""What do flows need from the world, and what may they tell it?

The ports are what actions ask (a shop, a calendar); whoever implements one waits
three seconds at most, a mail ten, and then raises PortError. The events at the end
have an effect outside the dialogue: who runs the turn applies them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, Protocol, TypeAlias, get_args

from rasa_sdk.events import EventType

from flows.contents import Contents
from flows.files import Payload

#: How many events of a conversation, the newest, a turn and its actions see.
HISTORY = 50

OrderStatus: TypeAlias = Literal[
    "unpaid",
    "processing",
    "shipped",
    "partially_shipped",
    "delivered",
    "cancelled",
    "refunded",
]
ParcelStatus: TypeAlias = Literal[
    "pending",
    "info_received",
    "in_transit",
    "delayed",
    "out_for_delivery",
    "available_for_pickup",
    "attempt_failed",
    "delivered",
    "returned",
    "exception",
    "cancelled",
    "expired",
]
RefundStatus: TypeAlias = Literal["none", "pending", "partial", "full"]
ReturnStatus: TypeAlias = Literal["none", "requested", "agreed", "received", "failed"]
#: What came of a wish to cancel; `marked` for somebody at the shop to do it.
Cancelled: TypeAlias = Literal["cancelled", "marked", "left", "refused", "unproved"]
#: What came of a wish to change an address; `marked` for somebody at the shop to do it.
Readdressed: TypeAlias = Literal["changed", "marked", "left", "refused", "unproved"]
EventStatus: TypeAlias = Literal["scheduled", "cancelled", "moved"]
HandoffReason: TypeAlias = Literal[
    "asked",
    "complaint",
    "unsure",
    "misses",
    "flow",
    "no_answer",
    "cannot_read",
    "error",
]

#: Before the start; who asks later is not reminded any more.
LAST_REMINDER = timedelta(hours=2)
#: The reason of whoever complains: a person comes sooner.
COMPLAINT: HandoffReason = "complaint"
#: Between the ids of events in one value, where a name may mean any of them.
EVENTS_APART = " | "
#: The same where each of them is asked about.
EVENTS_TOGETHER = " + "

#: In the context of a flow: the slots that the customer gave before it began.
RECALLED = "recalled"

REASONS: tuple[HandoffReason, ...] = get_args(HandoffReason)


class PortError(Exception):
    """The world did not answer; the text names the port, never a customer."""


class TooManyTriesError(Exception):
    """So many proofs did not fit that only a person may look; it names the port."""


class ActionError(Exception):
    """An action could not do its work; ``action`` and ``reason`` say which and why."""

    def __init__(self, action: str, reason: str) -> None:
        super().__init__(f"{action}: {reason}")
        self.action = action
        self.reason = reason


class RefusedError(ActionError):
    """An action says that it may not run now: rasa-sdk's ActionExecutionRejection."""


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One parcel of an order, as its courier sees it."""

    status: ParcelStatus
    courier: str | None = None
    tracking_number: str | None = None
    tracking_url: str | None = None
    expected: date | None = None


@dataclass(frozen=True, kw_only=True)
class Order:
    """An order, as far as somebody with its number and a proof may know it."""

    number: str
    status: OrderStatus
    parcels: tuple[Parcel, ...] = ()
    #: The day it was placed, where the shop is.
    placed: date | None = None
    #: None where the shop does not say.
    refund: RefundStatus | None = None
    refunded: date | None = None
    returned: ReturnStatus | None = None


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where an order is to go now; its name and its country stay as they were."""

    street: str
    town: str
    postcode: str
    #: The code of a state or province, where an address has one.
    region: str = ""


@dataclass(frozen=True, kw_only=True)
class CalendarEvent:
    """A concert or a workshop; ``starts_at`` is in the zone of its venue."""

    event_id: str
    name: str
    starts_at: datetime
    zone: str
    venue: str
    status: EventStatus = "scheduled"


@dataclass(frozen=True, kw_only=True)
class Admission:
    """A ticket and what it admits to."""

    ticket: str
    event: CalendarEvent


class Orders(Protocol):
    """The shop's orders."""

    def find(self, number: str, proof: str, customer: str) -> Order | None:
        """Return the order; None if it is unknown or *proof* is not its own.

        *proof* is the order's e-mail address or postcode, *customer* the tracker's
        `sender_id`: who asks. The two reasons for None can't be told apart, by the
        answer or by the time it takes. Raise TooManyTriesError where nobody is
        answered any more.
        """

    def knows(self, number: str, customer: str) -> bool:
        """Whether the customer need not prove again that this order is theirs."""

    def mine(self, customer: str) -> Sequence[Order] | None:
        """Return the newest orders of the e-mail address that the customer proved.

        None if they have proved none within a day: a code that was mailed there does
        it, one order of it does not. What is returned is `known` from then on.
        """

    def claim(self, number: str, customer: str) -> bool:
        """Whether that order is under the e-mail address that the customer proved.

        It is `known` from then on, also where guesses have closed its number. Neither
        the answer nor the time it takes tells an unknown order from another's.
        """

    def contents(self, number: str, customer: str) -> Contents | None:
        """Return what is in an order, for whoever proved its own e-mail address.

        None unless a code did so within a day: number and proof do not do. Neither the
        answer nor the time it takes tells an unknown order from another's.
        """

    def has_news(self) -> bool:
        """Whether the shop tells by itself that an order has changed."""

    def mails_codes(self) -> bool:
        """Whether a customer can be mailed a code, with which to prove an address."""

    def mail_code(self, email: str, customer: str, language: str) -> None:
        """Mail the customer a code, whether or not the address has orders.

        Raise TooManyTriesError where no more are mailed.
        """

    def prove(self, code: str, customer: str) -> bool:
        """Whether that is the code; it proves the address that it was mailed to.

        Raise TooManyTriesError once it is worth nothing any more.
        """

    def cancels(self) -> bool:
        """Whether customers may cancel orders by themselves."""

    def is_owner(self, number: str, customer: str) -> bool:
        """Whether a code proved the order's own address within ten minutes."""

    def mail_owner(self, number: str, customer: str, language: str) -> bool:
        """Mail a code to the address of an order that the customer knows.

        Return False where there is none; raise TooManyTriesError as `mail_code`.
        """

    def cancel(self, number: str, customer: str) -> Cancelled:
        """Cancel an order that the customer owns, if it has not left; at most once.

        Raise PortError where nobody knows what came of it: only a person goes on.
        """

    def changes_addresses(self) -> bool:
        """Whether customers may change the address of an order by themselves."""

    def change_address(
        self, number: str, customer: str, address: Address
    ) -> Readdressed:
        """Change where an order goes that the customer owns, if it has not left.

        Raise PortError as of `cancel`.
        """


class CalendarEvents(Protocol):
    """The events that the shop sells tickets for."""

    def find(self, ticket: str, email: str, customer: str) -> Admission | None:
        """Return the admission; None if it is unknown or *email* is not its own.

        As of orders, in every other way too.
        """

    def upcoming(self) -> Sequence[CalendarEvent]:
        """Return the public events to come, the soonest first."""

    def announced(self) -> Sequence[CalendarEvent]:
        """Return the same and those that were cancelled: what anybody may ask about."""


@dataclass(frozen=True, kw_only=True)
class ActionResult:
    """What an action gave back: what to remember, and what to say."""

    events: Sequence[EventType] = ()
    responses: Sequence[Payload] = ()


#: Runs a named action on a tracker's state (rasa_sdk.types.TrackerState).
RunAction: TypeAlias = Callable[[str, Payload], ActionResult]


def hand_over(reason: HandoffReason) -> EventType:
    """Return the event that fetches a person: Rasa's ConversationPaused, with why."""
    return {"event": "pause", "timestamp": None, "reason": reason}


def reason_of(event: EventType) -> HandoffReason:
    """Return why a person was fetched; a plain ConversationPaused says: by a flow."""
    return next((why for why in REASONS if why == event.get("reason")), "flow")


def ticket_linked(ticket: str) -> EventType:
    """Return the event that ties a ticket to the customer: reminders are on."""
    return {"event": "ticket_linked", "timestamp": None, "ticket": ticket}


def reminders_off(ticket: str | None) -> EventType:
    """Return the event that ends the reminders of one ticket, or of all."""
    return {"event": "reminders_off", "timestamp": None, "ticket": ticket}


def order_watched(number: str, told: Sequence[str]) -> EventType:
    """Return the event of a customer who wants to hear when an order moves.

    *told* is what they know of it, as `flows.standing.key` writes it.
    """
    return {"event": "order_watched", "timestamp": None, "order": number, "told": told}


def handoff_withdrawn() -> EventType:
    """Return the event by which the customer does without a person."""
    return {"event": "handoff_withdrawn", "timestamp": None}


def resolved() -> EventType:
    """Return the event of a goal that has come to its end, with nothing under way."""
    return {"event": "resolved", "timestamp": None}


def satisfaction_asked() -> EventType:
    """Return the event of a customer who is asked how it was."""
    return {"event": "satisfaction_asked", "timestamp": None}


def satisfaction(score: str, reason: str | None) -> EventType:
    """Return the event of a mark, satisfied or unsatisfied, and what it is for."""
    mark = {"score": score, "reason": reason}
    return {"event": "satisfaction", "timestamp": None, **mark}


def opt_out() -> EventType:
    """Return the event that says: never write to this customer unasked."""
    return {"event": "opt_out", "timestamp": None}
