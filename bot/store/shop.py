"""The tables of what customers ask about: orders, parcels, events, tickets."""

from datetime import date, datetime

from sqlalchemy import Float, ForeignKey, Identity, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.models import Base, Id


class ShopOrder(Base):
    """An order as the shop knows it; e-mail and postcode are kept normalised."""

    __tablename__ = "shop_order"

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    postcode: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(32))
    placed_on: Mapped[date | None]
    refund: Mapped[str | None] = mapped_column(String(32))
    refunded_on: Mapped[date | None]
    #: How its return stands; `return` is a word of SQL.
    returned: Mapped[str | None] = mapped_column(String(32))
    #: What is in it, in JSON: pairs of a name and how many.
    items: Mapped[str | None] = mapped_column(Text)
    #: What it came to, as a number, and the code of its currency.
    total: Mapped[str | None] = mapped_column(String(20))
    currency: Mapped[str | None] = mapped_column(String(3))
    #: When its customer had it marked to be cancelled.
    cancel_asked_at: Mapped[datetime | None]
    #: Where it is to go instead, as its customer wrote it, in JSON, and when.
    new_address: Mapped[str | None] = mapped_column(Text)
    address_asked_at: Mapped[datetime | None]


class Shipment(Base):
    """One parcel of an order."""

    __tablename__ = "shipment"

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"), index=True)
    status: Mapped[str] = mapped_column(String(32))
    courier: Mapped[str | None] = mapped_column(String(80))
    tracking_number: Mapped[str | None] = mapped_column(String(80))
    tracking_url: Mapped[str | None] = mapped_column(Text)
    expected_on: Mapped[date | None]


class ShopProduct(Base):
    """A product, or one of its variants, as a file has it; all are replaced at once."""

    __tablename__ = "shop_product"

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    #: The shop's own; the variants of a product share it.
    key: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(Text)
    #: Empty if there are none.
    variant: Mapped[str] = mapped_column(Text)
    stock: Mapped[str] = mapped_column(String(16))
    price: Mapped[str | None] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    image: Mapped[str | None] = mapped_column(Text)
    imported_at: Mapped[datetime]


class CalendarEvent(Base):
    """Something that takes place; ``wall_time`` is what the poster says."""

    __tablename__ = "calendar_event"

    event_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    starts_at: Mapped[datetime]
    wall_time: Mapped[str] = mapped_column(String(32))
    zone: Mapped[str] = mapped_column(String(64))
    venue: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16))


class Ticket(Base):
    """The right to be at a calendar event."""

    __tablename__ = "ticket"

    number: Mapped[str] = mapped_column(String(40), primary_key=True)
    event_id: Mapped[str] = mapped_column(
        ForeignKey("calendar_event.event_id"), index=True
    )
    holder_email: Mapped[str] = mapped_column(String(254))


class TicketHolder(Base):
    """A customer who has proved a ticket; a couple may both have proved the same."""

    __tablename__ = "ticket_holder"

    ticket_number: Mapped[str] = mapped_column(
        ForeignKey("ticket.number"), primary_key=True
    )
    customer_id: Mapped[int] = mapped_column(
        ForeignKey("customer.id"), primary_key=True, index=True
    )
    reminders: Mapped[bool]
    linked_at: Mapped[datetime]


class LookupCount(Base):
    """How often a proof did not fit; `store/lookups.py` says what a key stands for.

    Times are seconds by the database's clock.
    """

    __tablename__ = "lookup_count"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    failures: Mapped[int]
    since: Mapped[float] = mapped_column(Float, index=True)
    rounds: Mapped[int]


class LookupProof(Base):
    """That a customer has proved a record, for a day; neither is told by the row."""

    __tablename__ = "lookup_proof"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    record: Mapped[str] = mapped_column(String(80))
    at: Mapped[float] = mapped_column(Float, index=True)


class MailedCode(Base):
    """The code that was mailed to a customer last, and whether it came back.

    One row a customer; the key tells not whose, the address is sealed. Times are
    seconds by the database's clock.
    """

    __tablename__ = "mailed_code"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    address: Mapped[bytes] = mapped_column(LargeBinary)
    code: Mapped[str] = mapped_column(String(80))
    mailed_at: Mapped[float] = mapped_column(Float, index=True)
    tries: Mapped[int]
    proved_at: Mapped[float | None] = mapped_column(Float)


class OrderCancel(Base):
    """That a shop was asked to cancel an order, and what came of it.

    The key tells neither which nor whose; `at` is seconds by the database's clock.
    """

    __tablename__ = "order_cancel"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    came: Mapped[str | None] = mapped_column(String(32))
    at: Mapped[float] = mapped_column(Float)
