"""The rungs of a wait for a person who does not come: when each is due, what it says.

Only time in which somebody is there counts. Pure: scripts climb them too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.hours import Hours

#: After how long a customer is told that it takes a while, if nobody set it.
ANSWER_WITHIN = timedelta(minutes=10)
#: When to speak to a customer again for whom nobody came, where it is never closed.
AGAIN = timedelta(hours=12)


class Rung(StrEnum):
    """What is due."""

    CLOSED = "closed"  # everybody goes home: the customer is told when we're back
    TOLD = "told"  # the customer is told that it takes a while
    RAISED = "raised"  # the priority goes up, for everybody to see
    ESCALATED = "escalated"  # admins are called
    AGAIN = "again"  # the customer is told that they are not forgotten


NEXT = {Rung.TOLD: Rung.RAISED, Rung.RAISED: Rung.ESCALATED, Rung.ESCALATED: Rung.AGAIN}
#: The responses that customers are told with; who goes home says when we're back.
SAYS: Mapping[Rung, str] = {
    Rung.TOLD: "utter_nobody_yet",
    Rung.AGAIN: "utter_still_nobody",
}


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """After how much open time of waiting what happens."""

    told: timedelta
    raised: timedelta
    escalated: timedelta

    @classmethod
    def beginning(cls, told: timedelta) -> "Ladder":
        """Return the ladder of a shop that has set nothing but its first rung."""
        return cls(told=told, raised=3 * told, escalated=6 * told)

    def due(
        self, rung: Rung, hours: Hours, since: datetime, now: datetime
    ) -> datetime | None:
        """Return when a rung is due that has not been reached; None: not at all."""
        match rung:
            case Rung.CLOSED:
                return hours.closes(now) if hours.is_open(now) else now
            case Rung.AGAIN if hours.week is None:
                return now + AGAIN
            case Rung.AGAIN:
                return hours.opens(hours.closes(now) or now)
        spans = {
            Rung.TOLD: self.told,
            Rung.RAISED: self.raised,
            Rung.ESCALATED: self.escalated,
        }
        return hours.after(since, spans[rung])
