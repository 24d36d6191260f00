"""The inbox's lists: which conversations each holds, and in which order."""

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Integer,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from bot.store import notes, snoozes, threads
from bot.store.models import (
    REFUSED,
    Conversation,
    OutgoingMessage,
    OutgoingState,
    Status,
)
from bot.store.types import word

ME = bindparam("me", type_=Integer())  # who looks, in a statement made for all


class View(StrEnum):
    """A list of the inbox."""

    WAITING = "waiting"
    MINE = "mine"
    COLLEAGUES = "colleagues"
    ELSEWHERE = "elsewhere"
    ASSISTANT = "assistant"
    CHECK = "check"  # a message of which nobody knows, or a person's that was refused
    SNOOZED = "snoozed"
    RESOLVED = "resolved"
    ALL = "all"
    MENTIONS = "mentions"


def conditions(view: View) -> list[Any]:
    """Return what the conversations of a list have in common."""
    assignee = Conversation.assignee_id
    lists: dict[View, list[Any]] = {
        View.WAITING: [Conversation.status == word(Status.WAITING)],
        View.MINE: [WITH_PERSON, assignee == ME, _AWAKE],
        View.SNOOZED: [
            or_(
                and_(WITH_PERSON, assignee == ME, ~_AWAKE),
                and_(_WITH_ASSISTANT, Conversation.id.in_(snoozes.of(ME))),
            )
        ],
        View.COLLEAGUES: [WITH_PERSON, assignee.is_not(None), assignee != ME],
        View.ELSEWHERE: [WITH_PERSON, assignee.is_(None)],
        View.ASSISTANT: [_WITH_ASSISTANT, _UNRESOLVED, _SPOKEN],
        View.RESOLVED: [~_UNRESOLVED],
        View.CHECK: [Conversation.id.in_(_to_check())],
        View.ALL: [_SPOKEN],
        View.MENTIONS: [notes.was_called(ME)],
    }
    return lists[view]


def order(view: View) -> tuple[Any, ...]:
    """Return what a list is sorted by: what is owed before what is new.

    The lists that grow with the shop are sorted by an index alone.
    """
    return _ORDERS.get(view, _LATEST_FIRST)


WITH_PERSON = Conversation.status == word(Status.AGENT)
_WITH_ASSISTANT = Conversation.status == word(Status.BOT)
_AWAKE = Conversation.snoozed_until.is_(None)
_UNRESOLVED = Conversation.resolved_at.is_(None)
_SPOKEN = Conversation.last_message_at.is_not(None)


def snoozed_until() -> Any:
    """Return until when whoever looks has put a conversation by."""
    return func.coalesce(snoozes.column(ME), Conversation.snoozed_until)


def has_unsent() -> Any:
    """Return whether a person's answer was refused, and none has gone out since."""
    return exists().where(*_is_unsent(Conversation)).correlate(Conversation)


def _is_unsent(conversation: Any) -> list[Any]:
    # Short names: psycopg reads a long statement anew each time, see `queue._counts`.
    ours, later = (OutgoingMessage.__table__.alias(name) for name in ("o", "l"))
    refused = [word(state) for state in REFUSED]
    overtaken = exists().where(
        later.c.conversation_id == ours.c.conversation_id,
        later.c.seq > ours.c.seq,
        later.c.state.not_in(refused),
    )
    return [
        ours.c.conversation_id == conversation.id,
        ours.c.author == literal_column("'agent'"),
        ours.c.state.in_(refused),
        ~overtaken,
    ]


def _to_check() -> Any:
    """Return the ids of what is to be checked; each part is found by an index alone."""
    sent = OutgoingMessage.__table__.alias("o")
    unknown = select(sent.c.conversation_id).where(
        sent.c.state == word(OutgoingState.UNCONFIRMED)
    )
    held = aliased(Conversation, name="h")
    refused = select(held.id).where(
        held.status == word(Status.AGENT), exists().where(*_is_unsent(held))
    )
    return unknown.union_all(refused.correlate(None))


_RAISED_SINCE = case(
    (Conversation.raised_at > Conversation.last_message_at, Conversation.raised_at)
)
# Since when somebody is to act: the customer asks, or it came before its agent anew.
_OWED_SINCE = func.coalesce(threads.asked_since(), _RAISED_SINCE)
_LATEST_FIRST = (Conversation.last_message_at.desc(), Conversation.id.desc())
_OWED_FIRST = (
    case((_OWED_SINCE.is_(None), 1), else_=0),
    Conversation.priority.desc(),
    _OWED_SINCE,
    *_LATEST_FIRST,
)
_ORDERS: dict[View, tuple[Any, ...]] = {
    View.WAITING: (
        case((Conversation.overdue_at.is_(None), 1), else_=0),
        Conversation.priority.desc(),
        Conversation.waiting_since,
        Conversation.id,
    ),
    View.MINE: _OWED_FIRST,
    View.COLLEAGUES: _OWED_FIRST,
    View.ELSEWHERE: _OWED_FIRST,
    # What calls somebody who has not seen it, then what did.
    View.MENTIONS: (
        case((notes.is_called(ME), 0), else_=1),
        notes.called_last(ME).desc(),
        Conversation.id.desc(),
    ),
    View.SNOOZED: (snoozed_until(), Conversation.id),
    View.RESOLVED: (Conversation.resolved_at.desc(), Conversation.id.desc()),
}
