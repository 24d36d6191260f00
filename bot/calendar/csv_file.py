"""Calendar events and tickets from a CSV file: one row a ticket."""

from collections.abc import Callable, Sequence, Set
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, delete, select

from bot.calendar.wall_time import moment
from bot.store.arrivals import insert
from bot.store.database import Database
from bot.store.shop import CalendarEvent, Ticket, TicketHolder
from bot.store.tables import (
    Columns,
    Report,
    Row,
    RowError,
    address,
    as_customers_give,
    needed,
    one_of,
    read,
)
from flows.ports import EventStatus
from intents.entities import Pattern

#: Called with an event that is not what it was, and the customers who have lost a
#: ticket to it.
Changed: TypeAlias = Callable[[Connection, str, Set[int]], None]

COLUMNS = Columns(
    (
        "event_id",
        "name",
        "starts_at",
        "zone",
        "venue",
        "status",
        "ticket",
        "holder_email",
    )
)


@dataclass(frozen=True)
class _Event:
    event_id: str
    name: str
    starts_at: datetime
    wall_time: str
    zone: str
    venue: str
    status: str


@dataclass(frozen=True)
class _Line:
    event: _Event
    ticket: str
    holder_email: str


def import_events(
    path: Path,
    database: Database,
    changed: Changed,
    patterns: Sequence[Pattern] = (),
) -> Report:
    """Put the events and tickets of a file into our tables.

    ``starts_at`` is the time on the wall of the venue (2026-12-24T19:30), ``zone``
    its IANA zone. *changed* is called once for each event that is not what it was,
    or one of whose tickets isn't. A ticket that is now under another e-mail is no
    longer held by the customers who proved it with the old one. By the *patterns*
    customers' messages are read: a ticket that none of them finds could never be given.
    """
    read_line = partial(_line, patterns)
    lines, report = read(path, COLUMNS, read_line, lambda line: line.ticket)
    database.write(lambda connection: _store(connection, lines, changed))
    return report


def _line(patterns: Sequence[Pattern], row: Row) -> _Line:
    zone = _zone(needed(row, "zone"))
    wall = _wall_time(needed(row, "starts_at"), zone)
    return _Line(
        event=_Event(
            event_id=needed(row, "event_id"),
            name=needed(row, "name"),
            starts_at=moment(wall, zone),
            wall_time=wall.isoformat(),
            zone=zone,
            venue=needed(row, "venue"),
            status=one_of(row, "status", get_args(EventStatus)),
        ),
        ticket=_ticket(row["ticket"], patterns),
        holder_email=address(row, "holder_email").casefold() if row["ticket"] else "",
    )


def _ticket(number: str, patterns: Sequence[Pattern]) -> str:
    if not number:
        return ""
    return as_customers_give(number, "ticket", patterns) or number.upper()


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (OSError, ValueError, ZoneInfoNotFoundError):
        raise RowError(f"zone {name!r} is none, such as Europe/London") from None


def _wall_time(text: str, zone: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise RowError(f"starts_at {text!r} is not 2026-12-24T19:30") from None
    if found.tzinfo is None:
        return found
    return found.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _store(connection: Connection, lines: Sequence[_Line], changed: Changed) -> None:
    left: dict[str, set[int]] = {}
    for event in {line.event.event_id: line.event for line in lines}.values():
        if _put(connection, event):
            left[event.event_id] = set()
    for line in lines:
        if line.ticket:
            for event_id, losers in _put_ticket(connection, line):
                left.setdefault(event_id, set()).update(losers)
    for event_id, customers in left.items():
        changed(connection, event_id, customers)


def _put(connection: Connection, event: _Event) -> bool:
    """Store an event; return whether one of its id was different before."""
    row = asdict(event)
    query = select(*CalendarEvent.__table__.columns)
    before = connection.execute(
        query.where(CalendarEvent.event_id == event.event_id)
    ).first()
    if before is not None and dict(before._mapping) == row:
        return False
    connection.execute(
        insert(connection, CalendarEvent)
        .values(**row)
        .on_conflict_do_update(index_elements=["event_id"], set_=row)
    )
    return before is not None


def _put_ticket(
    connection: Connection, line: _Line
) -> Sequence[tuple[str, Sequence[int]]]:
    """Store a ticket; return the events that this changes, and who has left them."""
    row = {"event_id": line.event.event_id, "holder_email": line.holder_email}
    query = select(Ticket.event_id, Ticket.holder_email)
    before = connection.execute(query.where(Ticket.number == line.ticket)).first()
    connection.execute(
        insert(connection, Ticket)
        .values(number=line.ticket, **row)
        .on_conflict_do_update(index_elements=["number"], set_=row)
    )
    if before is None or dict(before._mapping) == row:
        return []
    held_by = _holders(connection, line.ticket)
    if before.holder_email != line.holder_email:
        held = TicketHolder.ticket_number == line.ticket
        connection.execute(delete(TicketHolder).where(held))
    return [(before.event_id, held_by), (line.event.event_id, [])]


def _holders(connection: Connection, number: str) -> Sequence[int]:
    return connection.scalars(
        select(TicketHolder.customer_id).where(TicketHolder.ticket_number == number)
    ).all()
