"""What the events of a turn change outside the dialogue, by their names."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, update

from bot import handoff, recalls, reminders
from bot.shop import news
from bot.store import acts, satisfaction, watches
from bot.store.models import Customer
from bot.store.teamwork import ActKind

Payload: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Whose:
    """Whose turn it is, and when."""

    connection: Connection
    conversation_id: int
    customer_id: int
    now: datetime
    #: Whose work the customer is asked about: a `goal` or a `staff_id`.
    about: Payload = field(default_factory=dict)


def apply(whose: Whose, events: Iterable[Payload]) -> None:
    """Let events have their effects; most have none."""
    for event in of(events):
        EFFECTS[str(event["event"])](whose, event)


def of(events: Iterable[Payload]) -> list[Payload]:
    """Return those events that have effects."""
    return [event for event in events if str(event["event"]) in EFFECTS]


def _link(whose: Whose, event: Payload) -> None:
    ticket = str(event["ticket"])
    reminders.switch_on(whose.connection, whose.customer_id, ticket, whose.now)


def _unlink(whose: Whose, event: Payload) -> None:
    ticket = event["ticket"]
    reminders.switch_off(whose.connection, whose.customer_id, ticket, "asked for")


def _watch(whose: Whose, event: Payload) -> None:
    news.begin(
        whose.connection,
        whose.customer_id,
        whose.conversation_id,
        str(event["order"]),
        [str(one) for one in event["told"]],
        whose.now,
    )


def _schedule(whose: Whose, event: Payload) -> None:
    recalls.schedule(whose.connection, whose.conversation_id, event, whose.now)


def _cancel(whose: Whose, event: Payload) -> None:
    recalls.cancel(whose.connection, whose.conversation_id, event)


def _withdraw(whose: Whose, event: Payload) -> None:
    handoff.release(whose.connection, whose.conversation_id, whose.now)


def _opt_out(whose: Whose, event: Payload) -> None:
    whose.connection.execute(
        update(Customer)
        .where(Customer.id == whose.customer_id)
        .values(opted_out_at=whose.now)
    )
    reminders.switch_off(whose.connection, whose.customer_id, None, "opted out")
    watches.end_all(whose.connection, whose.customer_id, whose.now)


def _ask(whose: Whose, event: Payload) -> None:
    number, now = whose.conversation_id, whose.now
    # Said again because the customer wants to hear it again.
    if not whose.about and satisfaction.is_open(whose.connection, number, now):
        return
    about = {name: whose.about.get(name) for name in ("goal", "staff_id")}
    satisfaction.asked(whose.connection, number, now, **about)


def _rate(whose: Whose, event: Payload) -> None:
    connection, number, now = whose.connection, whose.conversation_id, whose.now
    score, reason = str(event["score"]), event["reason"]
    satisfaction.mark(connection, number, now, score=score, reason=reason)
    # A wish for a person is told by the hand-over itself.
    if reason != "person":
        details = {"score": score, "reason": reason}
        acts.add(connection, number, ActKind.RATED, now, details=details)


EFFECTS: Mapping[str, Callable[[Whose, Payload], None]] = {
    "ticket_linked": _link,
    "reminders_off": _unlink,
    "order_watched": _watch,
    "handoff_withdrawn": _withdraw,
    "opt_out": _opt_out,
    "reminder": _schedule,
    "cancel_reminder": _cancel,
    "satisfaction_asked": _ask,
    "satisfaction": _rate,
}
