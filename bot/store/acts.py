"""Who did what with a conversation: lines of the thread that nobody wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.orm import aliased

from bot.store.people import Staff
from bot.store.teamwork import ActKind, ConversationAct
from bot.store.types import UtcDateTime

MOST = 500  # the newest: beyond that nobody reads who did what


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something somebody did, or the clock if nobody did."""

    id: int
    kind: ActKind
    staff_id: int | None
    staff_name: str | None
    to_id: int | None
    to_name: str | None
    details: dict[str, Any]
    at: datetime


def add(
    connection: Connection,
    conversation_id: int,
    kind: ActKind,
    at: datetime,
    *,
    staff_id: int | None = None,
    to_id: int | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Write down what somebody did; the caller stirs the conversation."""
    connection.execute(
        insert(ConversationAct).values(
            conversation_id=conversation_id,
            kind=kind,
            staff_id=staff_id,
            to_id=to_id,
            details=details or {},
            at=at,
        )
    )


@dataclass(frozen=True, kw_only=True)
class Resolve:
    """Who resolved a conversation; a mark left it to the assistant, which had it."""

    staff_id: int | None
    is_mark: bool


def resolve(connection: Connection, conversation_id: int) -> Resolve | None:
    """Return the resolve of a conversation, if nobody did anything with it since."""
    newest = connection.execute(
        select(ConversationAct.kind, ConversationAct.staff_id, ConversationAct.details)
        .where(ConversationAct.conversation_id == conversation_id)
        .where(ConversationAct.kind != ActKind.LOOKED_UP)
        .order_by(ConversationAct.at.desc(), ConversationAct.id.desc())
        .limit(1)
    ).first()
    if newest is None or newest.kind is not ActKind.RESOLVED:
        return None
    is_mark = bool(newest.details.get("assistant"))
    return Resolve(staff_id=newest.staff_id, is_mark=is_mark)


def of_thread(
    connection: Connection, conversation_id: int, since: datetime | None
) -> Sequence[Act]:
    """Return what was done in a conversation from *since* on, oldest first."""
    asked = {"conversation": conversation_id, "since": since}
    rows = connection.execute(_OF_THREAD[since is not None], asked)
    return [Act(**row._mapping) for row in rows][::-1]


def _of_thread(*conditions: Any) -> Any:
    whom = aliased(Staff)
    return (
        select(
            ConversationAct.id,
            ConversationAct.kind,
            ConversationAct.staff_id,
            Staff.name.label("staff_name"),
            ConversationAct.to_id,
            whom.name.label("to_name"),
            ConversationAct.details,
            ConversationAct.at,
        )
        .outerjoin(Staff, Staff.id == ConversationAct.staff_id)
        .outerjoin(whom, whom.id == ConversationAct.to_id)
        .where(ConversationAct.conversation_id == bindparam("conversation"))
        .where(*conditions)
        .order_by(ConversationAct.at.desc(), ConversationAct.id.desc())
        .limit(MOST)
    )


#: By whether it is of a part of the thread only.
_OF_THREAD = {
    False: _of_thread(),
    True: _of_thread(ConversationAct.at >= bindparam("since", type_=UtcDateTime())),
}
