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
#: After how much open time who still waits is told so again, each time longer.
AGAIN = (timedelta(hours=3), timedelta(hours=6), timedelta(hours=12))
#: Messenger lets us speak for a day after a customer's last word. After so much of it
#: the last thing is said, and for a while before that nothing else.
LAST = timedelta(hours=22)
NEAR_LAST = timedelta(hours=20)


class Rung(StrEnum):
    """What is due."""

    CLOSED = "closed"  # everybody goes home: the customer is told when we're back
    TOLD = "told"  # the customer is told that it takes a while
    RAISED = "raised"  # the priority goes up, for everybody to see
    ESCALATED = "escalated"  # admins are called
    AGAIN = "again"  # the customer is told that they are not forgotten; again and again
    LAST = "last"  # they are asked whether to go on waiting, while we may still speak


NEXT = {Rung.TOLD: Rung.RAISED, Rung.RAISED: Rung.ESCALATED, Rung.ESCALATED: Rung.AGAIN}
#: The responses that customers are told with; who goes home says when we're back.
SAYS: Mapping[Rung, str] = {
    Rung.TOLD: "utter_nobody_yet",
    Rung.AGAIN: "utter_still_nobody",
    Rung.LAST: "utter_wait_on",
}
#: What comes again for as long as somebody waits.
REPEATED = frozenset([Rung.AGAIN, Rung.LAST])


@dataclass(frozen=True, kw_only=True)
class Wait:
    """How far a wait has come: what its rungs are counted from."""

    since: datetime
    #: When the customer last said something.
    heard: datetime
    #: When the rung before was reached, and how often they have been told since.
    told: datetime
    times: int = 0

    def may_say(self, rung: Rung, now: datetime) -> bool:
        """Return whether what comes again is not too late, or too near to the last."""
        return rung is not Rung.AGAIN or now - self.heard < NEAR_LAST


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
        self, rung: Rung, hours: Hours, wait: Wait, now: datetime
    ) -> datetime | None:
        """Return when a rung is due that has not been reached; None: not at all."""
        match rung:
            case Rung.CLOSED:
                return hours.closes(now) if hours.is_open(now) else now
            case Rung.AGAIN:
                return again(hours, wait.told, wait.times)
            case Rung.LAST:
                return wait.heard + LAST
        spans = {
            Rung.TOLD: self.told,
            Rung.RAISED: self.raised,
            Rung.ESCALATED: self.escalated,
        }
        return hours.after(wait.since, spans[rung])


def again(hours: Hours, told: datetime, times: int) -> datetime:
    """Return when who was *told* something last is told that they wait still.

    The first time at the next opening, if that is sooner.
    """
    due = hours.after(told, AGAIN[min(times, len(AGAIN) - 1)])
    opening = hours.opens(hours.closes(told) or told) if hours.week else None
    return due if times or opening is None else min(due, opening)
