"""How good customers found it, counted: by week, language, who did it, and what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, case, func, select

from bot.store.models import Conversation, Customer
from bot.store.people import Staff
from bot.store.satisfaction import GOOD, Marks, Satisfaction
from bot.store.types import AnyRow

AT_ONCE = 1000
#: What was marked: a value, and how.
By: TypeAlias = dict[Any, Marks]
ASSISTANT = "assistant"
AGENT = "agent"


@dataclass(frozen=True, kw_only=True)
class Span:
    """From when on, and until before when."""

    since: datetime
    until: datetime


def by_stretch(connection: Connection, begins: Sequence[datetime]) -> By:
    """Return the marks of each stretch of time by its number; each begins the next."""
    numbered = [(Satisfaction.asked_at >= at, n) for n, at in enumerate(begins)]
    number = case(*reversed(numbered), else_=-1).label("number")
    return _by(connection, number, Satisfaction.asked_at >= begins[0])


def by_language(connection: Connection, span: Span) -> By:
    """Return the marks by the language of the conversation, "" where nobody knows."""
    return _by(connection, Conversation.language, *_in(span))


def by_doer(connection: Connection, span: Span) -> By:
    """Return the marks of the assistant's work and of agents'."""
    return _by(connection, _DOER, *_in(span))


def by_agent(connection: Connection, span: Span) -> By:
    """Return the marks of the work of each agent by name."""
    known = Satisfaction.staff_id.is_not(None)
    return _by(connection, Staff.name, *_in(span), known)


def by_goal(connection: Connection, span: Span) -> By:
    """Return the marks of what the assistant did, by intent."""
    return _by(connection, Satisfaction.goal, *_in(span), Satisfaction.goal != "")


def by_reason(connection: Connection, span: Span) -> dict[str, int]:
    """Return how many bad marks name which reason, "" for none."""
    reason = func.coalesce(Satisfaction.reason, "")
    query = select(reason, func.count()).where(*_in(span), *_BAD).group_by(reason)
    return {row[0]: row[1] for row in connection.execute(query)}


def bad(
    connection: Connection, span: Span, reason: str | None, most: int
) -> Sequence[AnyRow]:
    """Return bad marks, the newest first; of a reason, or of all if that is None."""
    query = _rows(span).where(*_BAD)
    if reason is not None:
        query = query.where(func.coalesce(Satisfaction.reason, "") == reason)
    newest = query.order_by(Satisfaction.asked_at.desc(), Satisfaction.id.desc())
    return connection.execute(newest.limit(most)).all()


def all_of(connection: Connection, span: Span) -> Iterator[AnyRow]:
    """Yield whoever was asked, in order, a stretch of rows at a time."""
    last = 0
    while True:
        query = _rows(span).where(Satisfaction.id > last).order_by(Satisfaction.id)
        rows = connection.execute(query.limit(AT_ONCE)).all()
        yield from rows
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].id


_DOER = case((Satisfaction.staff_id.is_(None), ASSISTANT), else_=AGENT)
_BAD = (Satisfaction.score.is_not(None), Satisfaction.score != GOOD)


def _in(span: Span) -> tuple[Any, Any]:
    return Satisfaction.asked_at >= span.since, Satisfaction.asked_at < span.until


def _rows(span: Span) -> Any:
    return (
        select(
            Satisfaction.id,
            Satisfaction.conversation_id,
            Satisfaction.asked_at,
            Satisfaction.score,
            Satisfaction.reason,
            Satisfaction.goal,
            Staff.name.label("agent"),
            Conversation.language,
            Customer.id.label("customer_id"),
            Customer.name.label("customer"),
        )
        .join(Conversation, Conversation.id == Satisfaction.conversation_id)
        .join(Customer, Customer.id == Conversation.customer_id)
        .outerjoin(Staff, Staff.id == Satisfaction.staff_id)
        .where(*_in(span))
    )


def _by(connection: Connection, what: Any, *where: Any) -> By:
    good = func.count().filter(Satisfaction.score == GOOD)
    query = (
        select(what, func.count(), func.count(Satisfaction.score), good)
        .select_from(Satisfaction)
        .join(Conversation, Conversation.id == Satisfaction.conversation_id)
        .outerjoin(Staff, Staff.id == Satisfaction.staff_id)
        .where(*where)
        .group_by(what)
    )
    return {
        row[0]: Marks(asked=row[1], answered=row[2], good=row[3])
        for row in connection.execute(query)
    }
