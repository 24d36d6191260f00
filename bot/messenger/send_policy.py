"""Whether a message may go out to a customer now, and as what.

https://developers.facebook.com/documentation/business-messaging/messenger-platform/policy
(24-hour window, HUMAN_AGENT) and .../send-messages/utility-messages. The three
message tags for events, orders and accounts ended on 27 April 2026; there is no
way to say them here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.tongue import english, shape

WINDOW = timedelta(hours=24)
# Five minutes and one short of it: Meta's clock decides, not ours.
BOT_WINDOW = timedelta(hours=23, minutes=55)
HUMAN_WINDOW = timedelta(hours=23, minutes=59)
HUMAN_AGENT_WINDOW = timedelta(days=7) - timedelta(minutes=1)

UPDATES = frozenset({"reminder", "update"})
# What a customer who said STOP still gets: answers to what they ask.
UNASKED = frozenset({"reminder", "update"})
# A reminder has the time that was promised for it.
QUIETENED = frozenset({"update"})

NOT_APPROVED = shape(
    "the customer last wrote more than 24 hours ago, and the utility "
    "template {template} is not approved"
)


@dataclass(frozen=True, kw_only=True)
class Way:
    """How a message may go out: the top-level fields of a send."""

    messaging_type: str
    tag: str | None = None
    as_template: bool = False


AS_RESPONSE = Way(messaging_type="RESPONSE")


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why a message may not go out; ``may_change`` without the customer's doing."""

    reason: str
    may_change: bool = False


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is to be sent, as far as the rules care."""

    by_person: bool
    purpose: str
    last_heard_at: datetime | None
    opted_out: bool = False
    #: Whether it is in the shop's quiet hours.
    quiet: bool = False
    may_use_human_agent: bool = False
    template: str | None = None
    template_status: str | None = None


def decide(wish: Wish, now: datetime) -> Way | Refusal:
    """Return how *wish* may go out at *now*, or why it may not."""
    if wish.opted_out and wish.purpose in UNASKED:
        return Refusal(
            reason=english("the customer asked for no more messages like this")
        )
    if wish.quiet and wish.purpose in QUIETENED:
        return Refusal(
            reason=english("news of orders waits until the quiet hours are over"),
            may_change=True,
        )
    silence = None if wish.last_heard_at is None else now - wish.last_heard_at
    window = HUMAN_WINDOW if wish.by_person else BOT_WINDOW
    if silence is not None and silence < window:
        return AS_RESPONSE
    if wish.by_person:
        return _by_person(wish, silence)
    return _as_template(wish)


def _by_person(wish: Wish, silence: timedelta | None) -> Way | Refusal:
    if silence is None or silence >= HUMAN_AGENT_WINDOW:
        return Refusal(
            reason=english(
                "the customer last wrote more than seven days ago; "
                "they have to write first"
            )
        )
    if not wish.may_use_human_agent:
        return Refusal(
            reason=english(
                "the customer last wrote more than 24 hours ago, and the Page "
                "has no Human Agent permission"
            )
        )
    return Way(messaging_type="MESSAGE_TAG", tag="HUMAN_AGENT")


def _as_template(wish: Wish) -> Way | Refusal:
    if wish.purpose not in UPDATES:
        return Refusal(
            reason=english(
                "the customer last wrote more than 24 hours ago, and the assistant "
                "may not write first"
            )
        )
    if wish.template is None or wish.template_status != "APPROVED":
        return Refusal(
            reason=NOT_APPROVED.format(template=wish.template or "(none)"),
            may_change=wish.template is not None,
        )
    return Way(messaging_type="UTILITY", as_template=True)
