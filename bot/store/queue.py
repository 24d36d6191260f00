"""What the inbox's lists show, line by line, and how many there are on each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    Connection,
    exists,
    func,
    literal_column,
    select,
)

from bot.store import filters, labels, lists, notes, presence, reads, threads
from bot.store.among import among
from bot.store.filters import Filter
from bot.store.labels import Tag
from bot.store.lists import ME, View
from bot.store.models import (
    Author,
    Conversation,
    Customer,
    Message,
    Status,
)
from bot.store.notes import Call
from bot.store.people import Staff, StaffSession
from bot.store.search import Hit
from bot.store.teamwork import Presence
from bot.store.types import AnyRow, DatabaseSeconds, Payload, word

EVERYTHING = Filter()
RAISED, ESCALATED = 2, 3  # rungs of the ladder
MOST_COUNTED = 1000  # beyond that a page says "999+", and the count stays cheap


@dataclass(frozen=True, kw_only=True)
class Line:
    """One conversation as a list shows it."""

    id: int
    revision: int
    status: Status
    assignee_id: int | None
    assignee: str | None
    name: str | None
    page_id: str
    waiting_since: datetime | None
    overdue_at: datetime | None
    rung: int
    handoff_reason: str | None
    priority: int
    snoozed_until: datetime | None
    is_unread: bool
    #: Whether Messenger refused what its agent said last.
    is_unsent: bool
    last_message_at: datetime | None
    last_author: Author | None
    last_text: str | None
    last_parts: Payload | None
    labels: Sequence[Tag] = ()
    #: Where a search found it.
    hit: Hit | None = None
    #: The note in it that calls whoever looks, on the list of those.
    call: Call | None = None

    @property
    def is_unanswered(self) -> bool:
        """Return whether the customer had the last word."""
        return self.last_author is Author.CUSTOMER


def counts(
    connection: Connection, staff_id: int, wanted: Filter = EVERYTHING
) -> dict[str, int]:
    """Return how long each list is; of whose own, how many owe a word or are unread."""
    row = connection.execute(_counts(wanted), {"me": staff_id}).one()
    return dict(row._mapping)


def revisions(
    connection: Connection,
    view: View,
    staff_id: int,
    most: int,
    wanted: Filter = EVERYTHING,
) -> Sequence[tuple[int, int, bool]]:
    """Return what tells how a list looks: id and revision, and what is unread."""
    query = _listed_revisions(view, most, wanted)
    rows = connection.execute(query, {"me": staff_id})
    return [(row.id, row.revision, bool(row.is_unread)) for row in rows]


def lines(
    connection: Connection,
    view: View,
    staff_id: int,
    most: int,
    wanted: Filter = EVERYTHING,
) -> Sequence[Line]:
    """Return what a list shows, in its order."""
    listed = _lines(connection, _listed_lines(view, most, wanted), staff_id)
    if view is not View.MENTIONS:
        return listed
    ids = [line.id for line in listed]
    calls = notes.newest_calls(connection, ids, staff_id)
    return [replace(line, call=calls.get(line.id)) for line in listed]


def found(connection: Connection, hits: Sequence[Hit], staff_id: int) -> Sequence[Line]:
    """Return the lines of conversations that a search found, in its order."""
    whose = [hit.conversation_id for hit in hits]
    lines = _lines(connection, _found_lines(), staff_id, whose=whose)
    by_id = {line.id: line for line in lines}
    return [replace(by_id[hit.conversation_id], hit=hit) for hit in hits]


def _lines(
    connection: Connection, query: Any, staff_id: int, **asked: Any
) -> Sequence[Line]:
    rows = connection.execute(query, {"me": staff_id, **asked}).all()
    tags = labels.of(connection, [row.id for row in rows])
    return [Line(**row._mapping, labels=tags.get(row.id, ())) for row in rows]


def _line() -> Any:
    """Return the query for all that a line shows."""
    return (
        select(
            Conversation.id,
            Conversation.revision,
            Conversation.status,
            Conversation.waiting_since,
            Conversation.overdue_at,
            Conversation.rung,
            Conversation.handoff_reason,
            Conversation.priority,
            lists.snoozed_until().label("snoozed_until"),
            Conversation.last_message_at,
            reads.unread(ME).label("is_unread"),
            (lists.has_unsent() & lists.WITH_PERSON).label("is_unsent"),
            Conversation.assignee_id,
            Customer.name,
            Customer.page_id,
            Staff.name.label("assignee"),
            Message.author.label("last_author"),
            Message.text.label("last_text"),
            Message.parts.label("last_parts"),
        )
        .join(Customer, Customer.id == Conversation.customer_id)
        .outerjoin(Staff, Staff.id == Conversation.assignee_id)
        .outerjoin(Message, Message.id == threads.newest(Message.id))
    )


def holder(connection: Connection, conversation_id: int) -> AnyRow | None:
    """Return who answers a conversation: its status, and the name of its agent."""
    return connection.execute(
        select(Conversation.status, Conversation.assignee_id, Staff.name)
        .outerjoin(Staff, Staff.id == Conversation.assignee_id)
        .where(Conversation.id == conversation_id)
    ).first()


def left_alone(
    connection: Connection,
    now: datetime,
    away: timedelta,
    conversation_id: int | None = None,
) -> dict[int, AnyRow]:
    """Return what agents hold who are away for so long, and owe a word; by whose.

    Who works without our script says nothing of where they are: a click in that
    time, or a conversation taken in it, counts as being there.
    """
    clicked = exists().where(
        StaffSession.staff_id == Staff.id,
        StaffSession.seen > DatabaseSeconds() - away.total_seconds(),
    )
    query = (
        select(Conversation.id, Staff.id.label("staff_id"), Staff.name)
        .join(Staff, Staff.id == Conversation.assignee_id)
        .join(Presence, Presence.staff_id == Staff.id)
        .where(Conversation.status == Status.AGENT, Conversation.status_at < now - away)
        .where(presence.away_for(away.total_seconds()), ~clicked | Presence.is_away)
        .where(Conversation.snoozed_until.is_(None))
        .where(threads.newest(Message.author) == Author.CUSTOMER)
    )
    if conversation_id is not None:
        query = query.where(Conversation.id == conversation_id)
    return {row.id: row for row in connection.execute(query)}


def escalated(connection: Connection) -> int:
    """Return for how many customers nobody came although everybody was told."""
    return (
        connection.scalar(
            select(func.count())
            .select_from(Conversation)
            .where(
                Conversation.status == Status.WAITING, Conversation.rung >= ESCALATED
            )
        )
        or 0
    )


def owes_word(connection: Connection, conversation_id: int) -> bool:
    """Return whether the customer had the last word."""
    newest = select(threads.newest(Message.author)).where(
        Conversation.id == conversation_id
    )
    return connection.scalar(newest) == Author.CUSTOMER


# Built once for all who ask: to build one costs more than to run it.


@lru_cache(64)
def _counts(wanted: Filter) -> Any:
    narrow = filters.conditions(wanted, ME)
    waiting, mine = lists.conditions(View.WAITING), lists.conditions(View.MINE)
    counted = {
        **{view.value: lists.conditions(view) for view in View},
        "overdue": [*waiting, Conversation.overdue_at.is_not(None)],
        "unanswered": [*mine, threads.newest(Message.author) == word(Author.CUSTOMER)],
        "unread": [*mine, reads.unread(ME)],
        "called": [notes.is_called(ME)],
    }
    return select(*(_counted([*counted[one], *narrow]).label(one) for one in counted))


@lru_cache(64)
def _listed_revisions(view: View, most: int, wanted: Filter) -> Any:
    unread = reads.unread(ME).label("is_unread")
    query = select(Conversation.id, Conversation.revision, unread)
    return _listed(query, view, most, wanted)


@lru_cache(64)
def _listed_lines(view: View, most: int, wanted: Filter) -> Any:
    return _listed(_line(), view, most, wanted)


@cache
def _found_lines() -> Any:
    return _line().where(among(Conversation.id, "whose"))


def _listed(query: Any, view: View, most: int, wanted: Filter) -> Any:
    order = lists.order(view)
    narrow = filters.conditions(wanted, ME)
    listed = select(Conversation.id).where(*lists.conditions(view), *narrow)
    # First which, then what of them: else each of thousands is looked at whole.
    # A number, not a parameter: of how many PostgreSQL would not know, and plan anew.
    few = listed.order_by(*order).limit(literal_column(str(most))).scalar_subquery()
    return query.where(Conversation.id.in_(few)).order_by(*order)


def _counted(conditions: list[Any]) -> Any:
    # Numbers, not parameters: psycopg reads a statement of over 4,096 letters anew
    # each time, which costs as much as to run it.
    some: Any = select(literal_column("1")).select_from(Conversation).where(*conditions)
    few = some.limit(literal_column(str(MOST_COUNTED))).subquery()
    # Without the name that SQLAlchemy would give each count.
    return select(literal_column("count(*)")).select_from(few).scalar_subquery()
