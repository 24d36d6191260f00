"""Remind customers of the events they have tickets for: a day and two hours before.

"A day before" is the same time on the venue's wall the day before, whatever the
clocks do in between; "two hours before" are two hours. A reminder is a timer whose
key names customer, event, step and start: set once, fired once, cancelled with the
event, the ticket or the customer's word.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.calendar.events import calendar_event
from bot.calendar.wall_time import days_before
from bot.messenger import templates
from bot.replies import replies
from bot.store import outbox, timers
from bot.store.arrivals import insert
from bot.store.models import (
    Conversation,
    Customer,
    OutgoingMessage,
    OutgoingState,
    Timer,
    TimerState,
)
from bot.store.shop import CalendarEvent, Ticket, TicketHolder
from bot.store.types import AnyRow, Payload
from flows.ports import LAST_REMINDER
from flows.responses import Responses
from flows.spoken import event_words

KIND = "reminder"
CHANGED = "the event has changed"


@dataclass(frozen=True)
class Step:
    """One reminder of the plan: its name, its response, and when it is due."""

    name: str
    response: str
    due_at: datetime
    #: From when on it would be wrong, or another says it better.
    stale_at: datetime


def plan(event: AnyRow) -> tuple[Step, Step]:
    """Return the reminders of a calendar event."""
    wall = datetime.fromisoformat(event.wall_time)
    two_hours_before = event.starts_at - LAST_REMINDER
    return (
        Step(
            "day",
            "utter_reminder_day",
            days_before(wall, event.zone, 1),
            two_hours_before,
        ),
        Step("hours", "utter_reminder_hours", two_hours_before, event.starts_at),
    )


def switch_on(
    connection: Connection, customer_id: int, number: str, now: datetime
) -> None:
    """Tie a ticket to a customer who has proved it, and set its reminders.

    Whoever else has proved it keeps theirs. Whoever once said STOP has asked anew.
    """
    event = _event_of(connection, number)
    if event is not None:
        row = {"reminders": True, "linked_at": now}
        connection.execute(
            insert(connection, TicketHolder)
            .values(ticket_number=number, customer_id=customer_id, **row)
            .on_conflict_do_update(
                index_elements=["ticket_number", "customer_id"], set_=row
            )
        )
        connection.execute(
            update(Customer).where(Customer.id == customer_id).values(opted_out_at=None)
        )
        _set_timers(connection, customer_id, event, now)


def switch_off(
    connection: Connection, customer_id: int, number: str | None, reason: str
) -> None:
    """End one customer's reminders of a ticket, or all, and cancel those to come."""
    query = update(TicketHolder).where(TicketHolder.customer_id == customer_id)
    if number is not None:
        query = query.where(TicketHolder.ticket_number == number)
    ended = connection.scalars(
        query.values(reminders=False).returning(TicketHolder.ticket_number)
    ).all()
    events = connection.scalars(
        select(Ticket.event_id).where(Ticket.number.in_(ended)).distinct()
    ).all()
    for event_id in sorted(events):
        if not _wanted(connection, customer_id, event_id):
            _cancel(connection, customer_id, event_id, reason)
            _take_back(connection, customer_id, event_id, reason)


def replan(
    connection: Connection,
    event_id: str,
    now: datetime,
    left: Set[int] = frozenset(),
) -> None:
    """Set the reminders of an event anew after it or its tickets have changed.

    *left* are customers who have lost a ticket to it; another may still count.
    """
    event = _event(connection, event_id)
    reminded = _reminded(connection, event_id)
    for customer_id in sorted(reminded | left):
        _cancel(connection, customer_id, event_id, CHANGED)
        if event.status == "cancelled" or customer_id not in reminded:
            _take_back(connection, customer_id, event_id, CHANGED)
            continue
        still = [_key(customer_id, event, step) for step in plan(event)]
        _take_back(connection, customer_id, event_id, CHANGED, but=still)
        _set_timers(connection, customer_id, event, now)


def fire(
    connection: Connection,
    timer: AnyRow,
    responses: Responses,
    own: str,
    now: datetime,
) -> None:
    """Plan the message of a reminder that is due, unless it is out of date.

    *own* is the shop's own language: of the template, where theirs is not approved.
    """
    customer_id = timer.payload["customer"]
    event = _event(connection, timer.payload["event"])
    step = next(step for step in plan(event) if step.name == timer.payload["step"])
    if timer.key != _key(customer_id, event, step) or event.status == "cancelled":
        timers.settle(connection, timer.id, TimerState.CANCELLED, "the event changed")
    elif not _wanted(connection, customer_id, event.event_id):
        timers.settle(connection, timer.id, TimerState.CANCELLED, "switched off")
    elif step.stale_at <= now:
        timers.settle(connection, timer.id, TimerState.EXPIRED, "its time had passed")
    elif timers.take(connection, timer.id):
        languages = templates.preferred(responses.language, own)
        words = {one: event_words(calendar_event(event), now, one) for one in languages}
        message = _message(step, timer, responses, words)
        outbox.plan(connection, timer.conversation_id, now, [message])


def _message(
    step: Step, timer: AnyRow, responses: Responses, words: Mapping[str, Payload]
) -> outbox.Planned:
    said = responses.fill(step.response, {}, words[responses.language], seed=timer.id)
    reply = replies(said)[0]
    return outbox.Planned(
        message=reply.message,
        text=reply.text,
        author="system",
        purpose=KIND,
        send_class="expire",
        key=timer.key,
        template=templates.event_reminder(words),
        expires_at=step.stale_at,
    )


def _set_timers(
    connection: Connection, customer_id: int, event: AnyRow, now: datetime
) -> None:
    conversation_id = connection.scalar(
        select(Conversation.id).where(Conversation.customer_id == customer_id)
    )
    for step in plan(event):
        if step.due_at > now:
            timers.set_timer(
                connection,
                kind=KIND,
                key=_key(customer_id, event, step),
                conversation_id=conversation_id,
                due_at=step.due_at,
                wall_time=event.wall_time,
                zone=event.zone,
                payload={
                    "customer": customer_id,
                    "event": event.event_id,
                    "step": step.name,
                },
            )


def _key(customer_id: int, event: AnyRow, step: Step) -> str:
    start = event.starts_at.strftime("%Y%m%dT%H%M%SZ")
    return f"{_beginning(customer_id, event.event_id)}{step.name}:{start}"


def _beginning(customer_id: int, event_id: str) -> str:
    return f"{KIND}:{customer_id}:{event_id}:"


def _cancel(
    connection: Connection, customer_id: int, event_id: str, reason: str
) -> None:
    for timer in _timers(connection, customer_id, event_id):
        timers.settle(connection, timer.id, TimerState.CANCELLED, reason)


def _timers(
    connection: Connection, customer_id: int, event_id: str
) -> Iterator[AnyRow]:
    query = select(Timer.id).where(
        Timer.key.startswith(_beginning(customer_id, event_id), autoescape=True),
        Timer.state == TimerState.DUE,
    )
    yield from connection.execute(query).all()


def _take_back(
    connection: Connection,
    customer_id: int,
    event_id: str,
    reason: str,
    *,
    but: Sequence[str] = (),
) -> None:
    """Cancel what is planned and has not gone out: a Page may be shut for hours."""
    key = OutgoingMessage.key
    connection.execute(
        update(OutgoingMessage)
        .where(key.startswith(_beginning(customer_id, event_id), autoescape=True))
        .where(key.not_in(but), OutgoingMessage.state == OutgoingState.PENDING)
        .values(state=OutgoingState.CANCELLED, reason=reason)
    )


def _event(connection: Connection, event_id: str) -> AnyRow:
    query = select(*CalendarEvent.__table__.columns)
    return connection.execute(query.where(CalendarEvent.event_id == event_id)).one()


def _event_of(connection: Connection, number: str) -> AnyRow | None:
    """Return the event of a ticket, and let nobody move either before we are done."""
    return connection.execute(
        select(*CalendarEvent.__table__.columns)
        .join(Ticket, Ticket.event_id == CalendarEvent.event_id)
        .where(Ticket.number == number)
        .with_for_update(read=True)
    ).first()


def _reminded(connection: Connection, event_id: str) -> Set[int]:
    """Return the customers who want to be reminded of an event."""
    found = connection.scalars(
        select(TicketHolder.customer_id)
        .join(Ticket, Ticket.number == TicketHolder.ticket_number)
        .where(Ticket.event_id == event_id, TicketHolder.reminders.is_(True))
    )
    return frozenset(found)


def _wanted(connection: Connection, customer_id: int, event_id: str) -> bool:
    """Whether the customer still wants to be reminded of the event."""
    return (
        connection.scalar(
            select(Ticket.number)
            .join(TicketHolder, TicketHolder.ticket_number == Ticket.number)
            .join(Customer, Customer.id == TicketHolder.customer_id)
            .where(Customer.id == customer_id, Ticket.event_id == event_id)
            .where(TicketHolder.reminders.is_(True), Customer.opted_out_at.is_(None))
            .limit(1)
        )
        is not None
    )
