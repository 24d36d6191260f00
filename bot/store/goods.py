"""What customers have bought, as an agent has it before them: orders and tickets."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, and_, bindparam, or_, select

from bot.store.shop import (
    CalendarEvent,
    Shipment,
    ShopOrder,
    Ticket,
    TicketHolder,
)
from bot.store.types import AnyRow


def orders(connection: Connection, numbers: Sequence[str]) -> Sequence[AnyRow]:
    """Return what there is to know of orders, items too; no address, no price."""
    if not numbers:
        return []
    return connection.execute(
        select(
            ShopOrder.id,
            ShopOrder.number,
            ShopOrder.status,
            ShopOrder.placed_on,
            ShopOrder.items,
        )
        .where(ShopOrder.number.in_([*numbers]))
        .order_by(ShopOrder.placed_on.desc(), ShopOrder.number)
    ).all()


def parcels(connection: Connection, orders: Sequence[int]) -> Sequence[AnyRow]:
    """Return the parcels of orders."""
    if not orders:
        return []
    return connection.execute(
        select(
            Shipment.order_id,
            Shipment.status,
            Shipment.courier,
            Shipment.tracking_number,
            Shipment.tracking_url,
            Shipment.expected_on,
        )
        .where(Shipment.order_id.in_([*orders]))
        .order_by(Shipment.id)
    ).all()


def events(connection: Connection, ids: Sequence[str]) -> Sequence[AnyRow]:
    """Return what anybody may know of events."""
    if not ids:
        return []
    query = select(*_EVENT).where(CalendarEvent.event_id.in_([*ids]))
    return connection.execute(query).all()


def tickets(
    connection: Connection, customer_id: int, numbers: Iterable[str]
) -> Sequence[AnyRow]:
    """Return tickets with these numbers and those a customer is reminded of.

    The next event first.
    """
    asked = {"customer": customer_id, "numbers": [*numbers]}
    return connection.execute(_TICKETS, asked).all()


_EVENT = (
    CalendarEvent.event_id,
    CalendarEvent.name,
    CalendarEvent.starts_at,
    CalendarEvent.zone,
    CalendarEvent.venue,
    CalendarEvent.status,
)
# Built once: every page asks, and to build it costs more than to run it.
_TICKETS = (
    select(
        Ticket.number,
        TicketHolder.reminders,
        *_EVENT,
    )
    .join(CalendarEvent, CalendarEvent.event_id == Ticket.event_id)
    .outerjoin(
        TicketHolder,
        and_(
            TicketHolder.ticket_number == Ticket.number,
            TicketHolder.customer_id == bindparam("customer"),
        ),
    )
    .where(
        or_(
            TicketHolder.customer_id.is_not(None),
            Ticket.number.in_(bindparam("numbers", expanding=True)),
        )
    )
    .order_by(CalendarEvent.starts_at, Ticket.number)
)
