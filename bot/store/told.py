"""What somebody is told of beside every list: what they were given, what calls them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    bindparam,
    exists,
    func,
    literal_column,
    select,
    union_all,
)

from bot.store import notes
from bot.store.models import Conversation, Customer, Status
from bot.store.people import Staff
from bot.store.teamwork import ActKind, ConversationAct, Read
from bot.store.types import AnyRow


@dataclass(frozen=True, kw_only=True)
class Told:
    """What others did that somebody has not seen yet, each by whom and with whose."""

    #: What others gave to them, who have not looked at it since.
    given: Sequence[AnyRow]
    #: What others took from them, who have not looked at it since.
    taken: Sequence[AnyRow]
    #: The newest note that a colleague left in each of their conversations.
    noted: Sequence[AnyRow]
    #: The notes that call them.
    calling: Sequence[AnyRow]


def of(connection: Connection, staff_id: int) -> Told:
    """Return what somebody is told of, the oldest of a kind first."""
    rows = connection.execute(_TOLD, {"me": staff_id}).all()
    return Told(**{kind: [row for row in rows if row.kind == kind] for kind in _KINDS})


_ME = bindparam("me", type_=Integer())


def _unseen(kind: ActKind, held: Any) -> Any:
    """Return the query for the newest acts of a kind that concern who has not seen."""
    newest = (
        select(func.max(ConversationAct.id))
        .where(ConversationAct.conversation_id == Conversation.id)
        .where(ConversationAct.kind == kind)
        .correlate(Conversation)
        .scalar_subquery()
    )
    seen = exists().where(Read.conversation_id == Conversation.id, Read.staff_id == _ME)
    return (
        select(
            ConversationAct.id,
            ConversationAct.conversation_id,
            Customer.name,
            Staff.name.label("by"),
        )
        .select_from(Conversation)
        .join(ConversationAct, ConversationAct.id == newest)
        .join(Customer, Customer.id == Conversation.customer_id)
        .join(Staff, Staff.id == ConversationAct.staff_id)
        .where(Conversation.status == Status.AGENT)
        .where(held, ~seen)
        .where(ConversationAct.to_id == _ME, Staff.id != _ME)
    )


_KINDS = {
    "given": _unseen(ActKind.ASSIGNED, Conversation.assignee_id == _ME),
    "taken": _unseen(ActKind.TAKEN_OVER, Conversation.assignee_id != _ME),
    "noted": notes.unread(_ME),
    "calling": notes.calling(_ME),
}
# Built once, and one for all: every page asks, and hardly ever is there any.
_TOLD = union_all(
    *(
        select(literal_column(f"'{kind}'").label("kind"), *query.subquery().c)
        for kind, query in _KINDS.items()
    )
).order_by("kind", "id")
