"""The tables of a conversation: who talks, what arrived, what we owe.

`store/people.py`, `store/teamwork.py`, `store/teaching.py` and `store/shop.py` hold
the others.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.store.types import Json, Name, Payload, UtcDateTime

# SQLite numbers rows by itself only when the key is INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """The registry of all tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        datetime: UtcDateTime,
        dict[str, Any]: Json,
        list[Any]: Json,
        bytes: LargeBinary,
    }


class Status(StrEnum):
    """Who answers a conversation."""

    BOT = "bot"
    WAITING = "waiting"
    AGENT = "agent"


class EventState(StrEnum):
    """How far we are with something that arrived."""

    NEW = "new"
    HANDLED = "handled"
    KEPT = "kept"  # stored and never acted on: an unknown Page, a kind without effect
    QUARANTINED = "quarantined"


class OutgoingState(StrEnum):
    """How far we are with a message we owe."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"  # Messenger refused it for good
    REFUSED = "refused"  # our own rules forbid it: window, opt-out
    UNCONFIRMED = "unconfirmed"  # Messenger may have taken it; a person decides
    CANCELLED = "cancelled"  # somebody took over before it went out
    EXPIRED = "expired"


UNSETTLED = (OutgoingState.PENDING, OutgoingState.SENDING)
#: By Messenger, or by its rules before it was asked.
REFUSED = (OutgoingState.FAILED, OutgoingState.REFUSED)
UNSENT = (OutgoingState.CANCELLED, OutgoingState.EXPIRED, *REFUSED)


class Author(StrEnum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    ELSEWHERE = "elsewhere"  # a person or program that answers in another app


def _where(condition: str) -> dict[str, Any]:
    """Return what lets an index hold some rows alone, on both databases."""
    return {f"{one}_where": text(condition) for one in ("sqlite", "postgresql")}


class Page(Base):
    """A Facebook Page that we answer for.

    ``left_at`` is since when it is not among the settings any more: what arrives for
    it is stored and not answered, and nothing is sent to its customers.
    """

    __tablename__ = "page"

    page_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str | None] = mapped_column(Text)
    token: Mapped[bytes]
    abilities: Mapped[dict[str, Any]] = mapped_column(default=dict)
    parked_reason: Mapped[str | None] = mapped_column(Text)
    parked_until: Mapped[float | None] = mapped_column(Float)
    left_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class PageHealth(Base):
    """What the last checks of a Page's connection found.

    ``refused_at`` is when we last turned away a webhook that claimed to be about
    the Page and was signed with a secret that is not ours.
    """

    __tablename__ = "page_health"

    page_id: Mapped[str] = mapped_column(ForeignKey("page.page_id"), primary_key=True)
    checked_at: Mapped[datetime | None]
    results: Mapped[list[Any]] = mapped_column(default=list)
    reds: Mapped[int] = mapped_column(default=0)
    refused_at: Mapped[datetime | None]


class Customer(Base):
    """A person on Messenger, as one Page knows them.

    ``country`` is that of the language which they have set in Facebook.
    ``profile_at`` is when we last asked Messenger who they are, whatever it said.
    """

    __tablename__ = "customer"
    __table_args__ = (UniqueConstraint("page_id", "channel", "psid"),)

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    page_id: Mapped[str] = mapped_column(ForeignKey("page.page_id"))
    channel: Mapped[str] = mapped_column(String(32), default="messenger")
    psid: Mapped[str | None] = mapped_column(String(255))
    name: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(String(16))
    country: Mapped[str | None] = mapped_column(String(2))
    zone: Mapped[str | None] = mapped_column(String(64))
    opted_out_at: Mapped[datetime | None]
    unreachable_at: Mapped[datetime | None]
    profile_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Conversation(Base):
    """All that one customer and we have said, and who answers.

    ``claim`` counts the workers that took it, ``epoch`` the changes of who
    answers, ``revision`` every change that a page shows. ``last_heard_at`` is the
    last action of the customer that lets us answer. ``language`` is empty until
    they have written enough to tell. ``handled_at`` and
    ``handled_id`` name the newest event a turn has taken, ``lease_until`` is
    seconds by the database's clock. ``priority`` is 0 as a rule, 1 high, 2 urgent.
    ``raised_at`` is when it came before its agent anew: a snooze ended, a colleague
    handed it on. ``handoff_turn_id`` names the turn that fetched a person, ``rung`` is
    how far the ladder was climbed while nobody came.
    """

    __tablename__ = "conversation"
    __table_args__ = (
        Index("ix_conversation_status", "status", "waiting_since"),
        Index("ix_conversation_newest", "last_message_at", "id"),
        Index("ix_conversation_language", "language"),
    )

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), unique=True)
    status: Mapped[Status] = mapped_column(Name(Status), default=Status.BOT)
    status_at: Mapped[datetime]
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    epoch: Mapped[int] = mapped_column(default=0)
    claim: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[float | None] = mapped_column(Float)
    state: Mapped[dict[str, Any]] = mapped_column(default=dict)
    language: Mapped[str] = mapped_column(String(16), default="")
    revision: Mapped[int] = mapped_column(default=0)
    last_seq: Mapped[int] = mapped_column(default=0)
    last_heard_at: Mapped[datetime | None]
    last_message_at: Mapped[datetime | None]
    handled_at: Mapped[datetime | None]
    handled_id: Mapped[int | None] = mapped_column(BigInteger)
    disclosed_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    waiting_since: Mapped[datetime | None]
    handoff_reason: Mapped[str | None] = mapped_column(String(64))
    handoff_summary: Mapped[str | None] = mapped_column(Text)
    handoff_turn_id: Mapped[int | None] = mapped_column(BigInteger)
    overdue_at: Mapped[datetime | None]
    priority: Mapped[int] = mapped_column(default=0, server_default="0")
    snoozed_until: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None] = mapped_column(index=True)
    raised_at: Mapped[datetime | None]
    rung: Mapped[int] = mapped_column(default=0, server_default="0")


class IncomingEvent(Base):
    """Something Messenger told us, kept once however often it is told."""

    __tablename__ = "incoming_event"
    __table_args__ = (
        Index(
            "ix_incoming_event_owed",
            "conversation_id",
            "at",
            "id",
            **_where("state = 'new'"),
        ),
        Index("ix_incoming_event_received_at", "received_at"),
    )

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    key: Mapped[str] = mapped_column(String(400), unique=True)
    page_id: Mapped[str] = mapped_column(String(64))
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id"))
    kind: Mapped[str] = mapped_column(String(80))
    raw: Mapped[bytes]
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    state: Mapped[EventState] = mapped_column(Name(EventState))
    tries: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None] = mapped_column(Text)


class Message(Base):
    """One message as the thread shows it, whoever wrote it, until it is forgotten."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("page_id", "mid"),
        Index("ix_message_thread", "conversation_id", "at", "id"),
        # What is unread in a list is counted from this alone.
        Index("ix_message_said", "conversation_id", "author", "staff_id"),
        Index(
            "ix_message_kept",
            "at",
            **_where("forgotten_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    page_id: Mapped[str] = mapped_column(String(64))
    author: Mapped[Author] = mapped_column(Name(Author))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[str | None] = mapped_column(Text)
    parts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]
    mid: Mapped[str | None] = mapped_column(String(255))
    late: Mapped[bool] = mapped_column(default=False)
    reaction: Mapped[str | None] = mapped_column(String(64))
    forgotten_at: Mapped[datetime | None]


class MessageWording(Base):
    """What a message said, edit by edit; see `store/wording.py`."""

    __tablename__ = "message_wording"

    page_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    mid: Mapped[str] = mapped_column(String(255), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]


class OutgoingMessage(Base):
    """A message we owe a customer, until its fate is known.

    ``lease_until`` and ``not_before`` are seconds by the database's clock;
    ``expires_at`` is a moment of the world the message speaks of.
    """

    __tablename__ = "outgoing_message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        Index(
            "ix_outgoing_message_owed",
            "conversation_id",
            "seq",
            **_where("state in ('pending', 'sending')"),
        ),
        Index(
            "ix_outgoing_message_unconfirmed",
            "conversation_id",
            **_where("state = 'unconfirmed'"),
        ),
        Index(
            "ix_outgoing_message_refused",
            "conversation_id",
            **_where("author = 'agent' and state in ('failed', 'refused')"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    seq: Mapped[int]
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    author: Mapped[str] = mapped_column(String(16))  # flow | agent | system
    purpose: Mapped[str] = mapped_column(String(32))
    send_class: Mapped[str] = mapped_column(String(16))  # repeatable | park | expire
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    epoch: Mapped[int]
    payload: Mapped[Payload] = mapped_column(Json)
    template: Mapped[Payload | None] = mapped_column(Json)
    state: Mapped[OutgoingState] = mapped_column(Name(OutgoingState))
    attempt: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[float | None] = mapped_column(Float)
    not_before: Mapped[float | None] = mapped_column(Float)
    expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    reason: Mapped[str | None] = mapped_column(Text)
    #: Whether Messenger may have taken it at an earlier attempt.
    in_doubt: Mapped[bool] = mapped_column(default=False, server_default=false())


class Turn(Base):
    """What we made of one customer message, and, until it is forgotten, why."""

    __tablename__ = "turn"
    __table_args__ = (
        Index(
            "ix_turn_kept",
            "at",
            **_where("forgotten_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("incoming_event.id"), unique=True)
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id"), index=True
    )
    at: Mapped[datetime]
    language: Mapped[str | None] = mapped_column(String(16))
    intent: Mapped[str | None] = mapped_column(String(200))
    confidence: Mapped[float | None] = mapped_column(Float)
    model: Mapped[str | None] = mapped_column(String(80))
    flow: Mapped[str | None] = mapped_column(String(200))
    outcome: Mapped[str] = mapped_column(String(32))
    trace: Mapped[dict[str, Any]] = mapped_column(default=dict)
    forgotten_at: Mapped[datetime | None]


class TrackerEvent(Base):
    """One rasa event; together, in order, they are the log of the state."""

    __tablename__ = "tracker_event"
    __table_args__ = (Index("ix_tracker_event_log", "conversation_id", "id"),)

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    turn_id: Mapped[int | None] = mapped_column(ForeignKey("turn.id"))
    event: Mapped[dict[str, Any]]


class TimerState(StrEnum):
    """How far we are with something to do later."""

    DUE = "due"  # in the future, or owed
    DONE = "done"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Timer(Base):
    """Something to do at a moment; ``wall_time`` and ``zone`` say why then."""

    __tablename__ = "timer"
    __table_args__ = (
        Index(
            "ix_timer_due_at",
            "due_at",
            **_where("state = 'due'"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(200), unique=True)
    conversation_id: Mapped[int | None] = mapped_column(
        ForeignKey("conversation.id"), index=True
    )
    due_at: Mapped[datetime]
    wall_time: Mapped[str | None] = mapped_column(String(32))
    zone: Mapped[str | None] = mapped_column(String(64))
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[TimerState] = mapped_column(Name(TimerState), default=TimerState.DUE)
    reason: Mapped[str | None] = mapped_column(Text)
