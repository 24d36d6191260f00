"""Calendar events and tickets in our own tables; a ticket has to be proved."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.guard import Guard, Record
from bot.store.database import Database
from bot.store.shop import CalendarEvent as EventRow
from bot.store.shop import Ticket
from bot.store.types import AnyRow
from flows.ports import Admission, CalendarEvent, PortError

TICKET = "ticket"
MOST_UPCOMING = 5
#: So many can be asked about by their names.
MOST_ANNOUNCED = 500


class TableCalendar:
    """Looks tickets and events up in the tables that a CSV file filled."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def records(self, ticket: str) -> Sequence[Record[Admission]]:
        """Return what a ticket admits to, if there is such a ticket."""
        query = (
            select(Ticket.number, Ticket.holder_email, *EventRow.__table__.columns)
            .join(EventRow, EventRow.event_id == Ticket.event_id)
            .where(Ticket.number == ticket)
        )
        return [_record(row) for row in self._rows(query)]

    def upcoming(self) -> Sequence[CalendarEvent]:
        """Return the public events to come, the soonest first."""
        query = self._to_come().where(EventRow.status != "cancelled")
        rows = self._rows(query.limit(MOST_UPCOMING))
        return [calendar_event(row) for row in rows]

    def announced(self) -> Sequence[CalendarEvent]:
        """Return the same and those that were cancelled: what anybody may ask about."""
        rows = self._rows(self._to_come().limit(MOST_ANNOUNCED))
        return [calendar_event(row) for row in rows]

    def _to_come(self) -> Select[Any]:
        return (
            select(*EventRow.__table__.columns)
            .where(EventRow.starts_at > self._clock())
            .order_by(EventRow.starts_at, EventRow.event_id)
        )

    def _rows(self, query: object) -> Sequence[AnyRow]:
        try:
            with self._database.read() as connection:
                return connection.execute(query).all()  # type: ignore[call-overload,no-any-return]
        except SQLAlchemyError as error:
            raise PortError(f"calendar: {type(error).__name__}") from error


class GuardedCalendar:
    """The calendar, and its tickets for whoever proves that one is theirs."""

    def __init__(self, calendar: TableCalendar, guard: Guard) -> None:
        self._calendar = calendar
        self._guard = guard

    def find(self, ticket: str, email: str, customer: str) -> Admission | None:
        """Return the admission; None if it is unknown or *email* is not its own."""
        return self._guard.find(
            ticket, email, customer, lambda: self._calendar.records(ticket)
        )

    def upcoming(self) -> Sequence[CalendarEvent]:
        """Return the public events to come, the soonest first."""
        return self._calendar.upcoming()

    def announced(self) -> Sequence[CalendarEvent]:
        """Return the same and those that were cancelled: what anybody may ask about."""
        return self._calendar.announced()


def _record(row: AnyRow) -> Record[Admission]:
    return Record(
        number=row.number,
        email=row.holder_email,
        tell=lambda: Admission(ticket=row.number, event=calendar_event(row)),
    )


def calendar_event(row: AnyRow) -> CalendarEvent:
    """Return the event of a row, its start in the zone of its venue."""
    start: datetime = row.starts_at
    return CalendarEvent(
        event_id=row.event_id,
        name=row.name,
        starts_at=start.astimezone(ZoneInfo(row.zone)),
        zone=row.zone,
        venue=row.venue,
        status=row.status,
    )
