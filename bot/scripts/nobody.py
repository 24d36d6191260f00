"""A wait for a person that goes on and on: what a customer is told, and when.

The rungs of `bot/rungs.py`, without the tables and timers of those who really wait.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot import closing
from bot.hours import Hours
from bot.rungs import ANSWER_WITHIN, NEXT, SAYS, Ladder, Rung
from flows.responses import Responses

_LADDER = Ladder.beginning(ANSWER_WITHIN)


@dataclass(frozen=True, kw_only=True)
class Wait:
    """Somebody waits: since when, in which hours, and which rung comes next."""

    since: datetime
    now: datetime
    hours: Hours
    rung: Rung | None = Rung.TOLD
    #: When everybody goes home, if the customer is still to be told so.
    closes: datetime | None = None

    @classmethod
    def begun(cls, now: datetime, hours: Hours) -> "Wait":
        """Return the wait of who is handed over now."""
        return cls(since=now, now=now, hours=hours, closes=hours.closes(now))

    def go_on(self) -> "tuple[Rung | None, Wait]":
        """Return what the customer is told next, None if nothing, and the wait then."""
        due = self._due()
        if self.closes is not None and (due is None or self.closes <= due):
            home = max(self.closes, self.now)
            return Rung.CLOSED, replace(self, now=home, closes=None)
        if self.rung is None or due is None:
            return None, self
        later = replace(self, now=max(due, self.now), rung=NEXT.get(self.rung))
        return (self.rung, later) if self.rung in SAYS else later.go_on()

    def _due(self) -> datetime | None:
        if self.rung is None:
            return None
        return _LADDER.due(self.rung, self.hours, self.since, self.now)


def told(
    rung: Rung, responses: Responses, hours: Hours, now: datetime
) -> dict[str, Any]:
    """Return what the customer is told on a rung."""
    if rung is Rung.CLOSED:
        return {"text": closing.words(responses, hours, now), "metadata": {}}
    return dict(responses.fill(SAYS[rung], {}, {}, seed=0))
