"""Messages that other messages answer, found by the mid that Messenger names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, func, or_, select

from bot.store.arrivals import AGAIN
from bot.store.models import (
    Author,
    Conversation,
    Customer,
    IncomingEvent,
    Message,
    Turn,
)
from bot.store.people import Staff
from bot.store.types import Payload


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """A message that another answers; ``deep`` counts those of its thread after it."""

    id: int
    mid: str
    author: Author
    staff_id: int | None
    staff_name: str | None
    text: str | None
    parts: Payload
    is_forgotten: bool
    deep: int


def of(
    connection: Connection, conversation_id: int, mids: Iterable[str]
) -> Mapping[str, Quoted]:
    """Return messages of a conversation by their mids; no other conversation's."""
    asked = {"conversation": conversation_id, "mids": [*mids]}
    rows = connection.execute(_QUOTED, asked) if asked["mids"] else ()
    found = (Quoted(**row._mapping) for row in rows)
    return {one.mid: one for one in found}


def answered_at(connection: Connection, turn_id: int) -> str | None:
    """Return the mid of what the message of a turn answered, None if it names none."""
    parts: Payload | None = connection.scalar(_OF_TURN, {"turn": turn_id})
    return parts.get("reply_to") if parts else None


# Built once: pages ask all day, and to build one costs more than to run it.
_LATER = Message.__table__.alias("later")
_DEEP = (
    select(func.count())
    .select_from(_LATER)
    .where(_LATER.c.conversation_id == Message.conversation_id)
    .where(
        or_(
            _LATER.c.at > Message.at,
            and_(_LATER.c.at == Message.at, _LATER.c.id > Message.id),
        )
    )
    .correlate(Message)
    .scalar_subquery()
)
_PAGE = (
    select(Customer.page_id)
    .join(Conversation, Conversation.customer_id == Customer.id)
    .where(Conversation.id == bindparam("conversation"))
    .scalar_subquery()
)
_QUOTED = (
    select(
        Message.id,
        Message.mid,
        Message.author,
        Message.staff_id,
        Staff.name.label("staff_name"),
        Message.text,
        Message.parts,
        Message.forgotten_at.is_not(None).label("is_forgotten"),
        _DEEP.label("deep"),
    )
    .outerjoin(Staff, Staff.id == Message.staff_id)
    .where(Message.conversation_id == bindparam("conversation"))
    # A mid is looked up with its Page: that is what there is an index of.
    .where(Message.page_id == _PAGE)
    .where(Message.mid.in_(bindparam("mids", expanding=True)))
)
# Several messages may have one moment: the key of an event says which one it was.
_NAMES = (
    Message.page_id + kind + Message.mid for kind in ("|message|", f"|{AGAIN}message|")
)
_OF_TURN = (
    select(Message.parts)
    .join(
        IncomingEvent,
        and_(
            IncomingEvent.conversation_id == Message.conversation_id,
            IncomingEvent.at == Message.at,
            IncomingEvent.key.in_([*_NAMES]),
        ),
    )
    .join(Turn, Turn.event_id == IncomingEvent.id)
    .where(Turn.id == bindparam("turn"))
)
