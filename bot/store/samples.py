"""Orders, tickets and products of the sample shop that are worth a try."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.store.shop import CalendarEvent, ShopOrder, ShopProduct, Ticket
from bot.store.types import AnyRow


def orders(connection: Connection) -> Sequence[AnyRow]:
    """Return one order of each status, the newest, with the proof of whose it is."""
    newest = select(func.max(ShopOrder.number)).group_by(ShopOrder.status)
    return connection.execute(
        select(ShopOrder.number, ShopOrder.email, ShopOrder.status)
        .where(ShopOrder.number.in_(newest))
        .order_by(ShopOrder.number)
    ).all()


def tickets(connection: Connection, now: datetime) -> Sequence[AnyRow]:
    """Return one ticket for each of the next events, with the e-mail it is under."""
    first = select(func.min(Ticket.number)).group_by(Ticket.event_id)
    return connection.execute(
        select(
            Ticket.number,
            Ticket.holder_email,
            CalendarEvent.name,
            CalendarEvent.status,
            CalendarEvent.starts_at,
        )
        .join(CalendarEvent, CalendarEvent.event_id == Ticket.event_id)
        .where(Ticket.number.in_(first), CalendarEvent.starts_at > now)
        .order_by(CalendarEvent.starts_at)
        .limit(5)
    ).all()


def products(connection: Connection) -> Sequence[AnyRow]:
    """Return each product and variant, in the order of the file."""
    return connection.execute(
        select(
            ShopProduct.name,
            ShopProduct.variant,
            ShopProduct.stock,
            ShopProduct.price,
        ).order_by(ShopProduct.id)
    ).all()
