"""When people are there, how long a customer waits for them, when we resume.

Every save is a version, and the newest counts; whoever needs it reads it in their
own transaction, so that all processes go by it from the next thing they do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, ForeignKey, bindparam, literal_column, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.hours import Hours
from bot.rungs import ANSWER_WITHIN, Ladder
from bot.store.arrivals import insert
from bot.store.models import Base, Id
from bot.store.people import Staff
from bot.store.types import AnyRow

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
NUDGE_AFTER = 15 * MINUTE
#: The span of what is never done.
OFF = timedelta(0)
SHOWN = 20  # versions


class AttendanceVersion(Base):
    """All that was set, as somebody saved it; the first is version 1."""

    __tablename__ = "attendance_version"

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    content: Mapped[dict[str, Any]]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """What counts, and which version it is; 0: nobody has saved anything."""

    ladder: Ladder
    hours: Hours = field(default_factory=Hours)
    #: After how long without a word from a person the assistant answers again.
    resume_after: timedelta = 12 * HOUR
    #: After how much silence customers are asked how it was.
    ask_after: timedelta = OFF
    #: After how long without an answer a question is put again, once.
    nudge_after: timedelta = NUDGE_AFTER
    version: int = 0

    def hours_in(self, zone: str) -> Hours:
        """Return the hours; *zone* is the shop's until somebody saves one."""
        return self.hours if self.version else Hours(zone=zone)

    def to_json(self) -> dict[str, Any]:
        """Return all that is set as JSON."""
        return {
            "hours": self.hours.to_json(),
            "told": self.ladder.told // MINUTE,
            "raised": self.ladder.raised // MINUTE,
            "escalated": self.ladder.escalated // MINUTE,
            "resume_after": self.resume_after // HOUR,
            "nudge_after": self.nudge_after // MINUTE,
            "ask_after": self.ask_after // MINUTE,
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any], version: int) -> "Attendance":
        """Return what `to_json` has written down."""
        return cls(
            hours=Hours.from_json(content["hours"]),
            ladder=Ladder(
                told=content["told"] * MINUTE,
                raised=content["raised"] * MINUTE,
                escalated=content["escalated"] * MINUTE,
            ),
            resume_after=content["resume_after"] * HOUR,
            ask_after=content.get("ask_after", 0) * MINUTE,
            # Saved by a version that knew no nudge: as if nobody had chosen.
            nudge_after=content.get("nudge_after", NUDGE_AFTER // MINUTE) * MINUTE,
            version=version,
        )


def current(
    connection: Connection, answer_within: timedelta = ANSWER_WITHIN
) -> Attendance:
    """Return what counts; *answer_within* is the first rung until somebody saves."""
    row = connection.execute(NEWEST).first()
    version, content = row or (None, None)
    return saved(version, content, answer_within)


def saved(
    version: int | None, content: Mapping[str, Any] | None, answer_within: timedelta
) -> Attendance:
    """Return what counts, as a row of `NEWEST` has it; None: nobody has saved."""
    if version is None or content is None:
        return Attendance(ladder=Ladder.beginning(answer_within))
    return Attendance.from_json(content, version)


def find(connection: Connection, version: int) -> Attendance | None:
    """Return what somebody once saved."""
    row = connection.execute(_ONE, {"version": version}).first()
    return Attendance.from_json(row.content, row.id) if row is not None else None


def save(
    connection: Connection, new: Attendance, *, staff_id: int, now: datetime
) -> int | None:
    """Let *new* count from now on; return the number of this version.

    ``new.version`` is the one it was made from: None, and nothing is saved, if
    somebody else has saved in between.
    """
    if current(connection).version != new.version:
        return None
    row = {"id": new.version + 1, "content": new.to_json(), "staff_id": staff_id}
    query = insert(connection, AttendanceVersion).values(**row, at=now)
    found: int | None = connection.scalar(
        query.on_conflict_do_nothing().returning(AttendanceVersion.id)
    )
    return found


def versions(connection: Connection) -> Sequence[AnyRow]:
    """Return who saved when, the newest first."""
    return connection.execute(
        select(AttendanceVersion.id, AttendanceVersion.at, Staff.name)
        .outerjoin(Staff, Staff.id == AttendanceVersion.staff_id)
        .order_by(AttendanceVersion.id.desc())
        .limit(SHOWN)
    ).all()


NEWEST = (
    select(AttendanceVersion.id, AttendanceVersion.content)
    .order_by(AttendanceVersion.id.desc())
    # No parameter: PostgreSQL would take it for many, and plan what has it in it anew
    # each time.
    .limit(literal_column("1"))
)
_ONE = select(AttendanceVersion.id, AttendanceVersion.content).where(
    AttendanceVersion.id == bindparam("version")
)
