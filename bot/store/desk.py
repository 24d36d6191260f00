"""One conversation as an agent has it before them: who, what was said, what is owed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, func, select

from bot.store import notes, reads
from bot.store.models import (
    Author,
    Conversation,
    Customer,
    Message,
    OutgoingMessage,
    OutgoingState,
    Page,
    Status,
)
from bot.store.people import Staff
from bot.store.types import DatabaseSeconds, Payload


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A conversation, its customer and its Page, as they stand."""

    id: int
    revision: int
    status: Status
    assignee_id: int | None
    assignee: str | None
    epoch: int
    priority: int
    snoozed_until: datetime | None
    resolved_at: datetime | None
    language: str
    last_heard_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None
    waiting_since: datetime | None
    overdue_at: datetime | None
    handoff_reason: str | None
    handoff_summary: str | None
    handoff_turn_id: int | None
    customer_id: int
    psid: str
    name: str | None
    customer_language: str | None
    since: datetime
    opted_out_at: datetime | None
    unreachable_at: datetime | None
    abilities: dict[str, Any]
    parked_reason: str | None
    is_parked: bool
    #: Since when its Page is not among the settings any more.
    left_at: datetime | None
    page_id: str
    page_name: str | None
    #: Whether there are others to tell the Page from.
    has_other_pages: bool

    @property
    def known_language(self) -> str:
        """Return its language, or what Messenger says of its customer, if anything."""
        return self.language or self.customer_language or ""


@dataclass(frozen=True, kw_only=True)
class Said:
    """One message of the thread, and what became of it if it is ours."""

    id: int
    author: Author
    staff_id: int | None
    staff_name: str | None
    text: str | None
    parts: Payload
    at: datetime
    late: bool
    reaction: str | None
    outgoing_id: int | None
    state: OutgoingState | None
    reason: str | None
    by: str | None
    purpose: str | None = None
    is_forgotten: bool = False
    #: When we planned it, if it is ours: its turn has the same moment.
    planned_at: datetime | None = None


def find(connection: Connection, conversation_id: int) -> Desk | None:
    """Return a conversation, None if there is none of this number."""
    row = connection.execute(_FIND, {"conversation": conversation_id}).first()
    return None if row is None else Desk(**row._mapping)


_SHOWN = (
    "id",
    "revision",
    "status",
    "assignee_id",
    "epoch",
    "priority",
    "snoozed_until",
    "resolved_at",
    "language",
    "last_heard_at",
    "delivered_at",
    "read_at",
    "waiting_since",
    "overdue_at",
    "handoff_reason",
    "handoff_summary",
    "handoff_turn_id",
)
_OTHER_PAGE = Page.__table__.alias("other")
_OTHER = select(_OTHER_PAGE.c.page_id)
# Built once, as what follows: pages ask all day, and to build one costs more than
# to run it.
_FIND = (
    select(
        *(getattr(Conversation, name) for name in _SHOWN),
        Conversation.customer_id,
        Staff.name.label("assignee"),
        Customer.psid,
        Customer.name,
        Customer.language.label("customer_language"),
        Customer.created_at.label("since"),
        Customer.opted_out_at,
        Customer.unreachable_at,
        Page.abilities,
        Page.parked_reason,
        func.coalesce(Page.parked_until > DatabaseSeconds(), False).label("is_parked"),
        Page.left_at,
        Page.page_id,
        Page.name.label("page_name"),
        exists(
            _OTHER.where(_OTHER_PAGE.c.page_id != Page.page_id).correlate(Page)
        ).label("has_other_pages"),
    )
    .join(Customer, Customer.id == Conversation.customer_id)
    .join(Page, Page.page_id == Customer.page_id)
    .outerjoin(Staff, Staff.id == Conversation.assignee_id)
    .where(Conversation.id == bindparam("conversation"))
)


def revision(connection: Connection, conversation_id: int) -> int | None:
    """Return what goes up with each change of a conversation that a page shows."""
    return connection.scalar(
        select(Conversation.revision).where(Conversation.id == conversation_id)
    )


def thread(
    connection: Connection, conversation_id: int, most: int
) -> tuple[list[Said], bool]:
    """Return the newest *most* messages, oldest first, and whether there are others."""
    asked = {"conversation": conversation_id, "most": most + 1}
    rows = connection.execute(_THREAD, asked).all()
    newest = [Said(**row._mapping) for row in rows[:most]]
    return newest[::-1], len(rows) > most


_THREAD = (
    select(
        Message.id,
        Message.author,
        Message.staff_id,
        Staff.name.label("staff_name"),
        Message.text,
        Message.parts,
        Message.at,
        Message.late,
        Message.reaction,
        OutgoingMessage.id.label("outgoing_id"),
        OutgoingMessage.state,
        OutgoingMessage.reason,
        OutgoingMessage.author.label("by"),
        OutgoingMessage.purpose,
        Message.forgotten_at.is_not(None).label("is_forgotten"),
        OutgoingMessage.created_at.label("planned_at"),
    )
    .outerjoin(OutgoingMessage, OutgoingMessage.message_id == Message.id)
    .outerjoin(Staff, Staff.id == Message.staff_id)
    .where(Message.conversation_id == bindparam("conversation"))
    .order_by(Message.at.desc(), Message.id.desc())
    .limit(bindparam("most"))
)


def parts_of(
    connection: Connection, conversation_id: int, message_id: int
) -> Payload | None:
    """Return what a message of a conversation holds beside its text."""
    return connection.scalar(
        select(Message.parts).where(
            Message.id == message_id, Message.conversation_id == conversation_id
        )
    )


def said_by_others(connection: Connection, conversation_id: int, staff_id: int) -> int:
    """Return how many messages somebody else wrote: more of them is news.

    Counted, not remembered by the newest id: on PostgreSQL a smaller id may be
    committed later.
    """
    asked = {"conversation": conversation_id, "reader": staff_id}
    return connection.scalar(_SAID_BY_OTHERS, asked) or 0


_SAID_BY_OTHERS = (
    select(func.count())
    .select_from(Message)
    .where(Message.conversation_id == bindparam("conversation"))
    .where(reads.by_others(Message, bindparam("reader")))
)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How far somebody has read a conversation."""

    #: How many messages others wrote.
    said: int
    #: Of how many it is noted that they have seen them; None: they never looked.
    seen: int | None
    #: Whether a note calls them that they have not seen.
    is_called: bool


def reading(connection: Connection, conversation_id: int, staff_id: int) -> Reading:
    """Return how far somebody has read a conversation."""
    asked = {"conversation": conversation_id, "reader": staff_id}
    row = connection.execute(_READING, asked).one()
    return Reading(said=row.said, seen=row.seen, is_called=bool(row.is_called))


_READING = select(
    _SAID_BY_OTHERS.scalar_subquery().label("said"),
    reads.marked(bindparam("conversation"), bindparam("reader")).label("seen"),
    notes.calls(bindparam("conversation"), bindparam("reader")).label("is_called"),
)
