"""What a script says was done, beyond words: do the tables keep it for later?"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from bot.scripts.world import World
from bot.store.models import Conversation, Customer
from bot.store.satisfaction import Satisfaction
from bot.store.shop import CalendarEvent, Ticket, TicketHolder


def hold(connection: Connection, world: World) -> None:
    """Let the events and tickets of the tables be those of a script."""
    for table in (TicketHolder, Ticket, CalendarEvent):
        connection.execute(delete(table))
    events = {event.event_id: event for event, _ in world.tickets.values()}
    for event in events.values():
        row = {
            "event_id": event.event_id,
            "name": event.name,
            "starts_at": event.starts_at,
            "wall_time": event.starts_at.replace(tzinfo=None).isoformat(),
            "zone": event.zone,
            "venue": event.venue,
            "status": event.status,
        }
        connection.execute(insert(CalendarEvent).values(row))
    for number, (event, email) in world.tickets.items():
        ticket = {"number": number, "event_id": event.event_id, "holder_email": email}
        connection.execute(insert(Ticket).values(ticket))


def is_reminded(connection: Connection, conversation_id: int, what: str) -> bool:
    """Whether reminders are as a line says: on or off a ticket, or off for all."""
    query = (
        select(TicketHolder.ticket_number)
        .join(Conversation, Conversation.customer_id == TicketHolder.customer_id)
        .where(Conversation.id == conversation_id, TicketHolder.reminders)
    )
    reminded = set(connection.scalars(query))
    state, _, number = what.partition(" ")
    if number == "for all":
        return not reminded
    return (number in reminded) is (state == "on")


def is_rated(connection: Connection, conversation_id: int, mark: str) -> bool:
    """Whether the last mark, or what it is for, is this one."""
    row = connection.execute(
        select(Satisfaction.score, Satisfaction.reason)
        .where(Satisfaction.conversation_id == conversation_id)
        .order_by(Satisfaction.id.desc())
        .limit(1)
    ).one()
    return mark in row


def is_left_alone(connection: Connection, conversation_id: int, _: None) -> bool:
    """Whether the customer is sent nothing unasked any more."""
    query = (
        select(Customer.opted_out_at)
        .join(Conversation, Conversation.customer_id == Customer.id)
        .where(Conversation.id == conversation_id)
    )
    return connection.scalar(query) is not None


#: By the line that says so.
KEPT: Mapping[str, Callable[[Connection, int, Any], bool]] = {
    "reminders": is_reminded,
    "rated": is_rated,
    "opted out": is_left_alone,
}
