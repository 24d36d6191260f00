"""A wait for a person that goes on and on: what a customer is told, and when.

The rungs of `bot/rungs.py`, without the tables and timers of those who really wait.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot import closing
from bot.hours import Hours
from bot.rungs import ANSWER_WITHIN, LAST, NEXT, SAYS, Ladder, Rung, again
from bot.rungs import Wait as Stand
from flows.responses import Responses

_LADDER = Ladder.beginning(ANSWER_WITHIN)


@dataclass(frozen=True, kw_only=True)
class Wait:
    """Somebody waits: how far that has come, in which hours, which rung comes next."""

    stand: Stand
    now: datetime
    hours: Hours
    rung: Rung = Rung.TOLD
    #: When everybody goes home, if the customer is still to be told so.
    closes: datetime | None = None
    #: When they are asked whether to go on waiting; None: once they have spoken.
    last: datetime | None

    @classmethod
    def begun(cls, now: datetime, hours: Hours) -> "Wait":
        """Return the wait of who is handed over now."""
        stand = Stand(since=now, heard=now, told=now)
        closes, last = hours.closes(now), now + LAST
        return cls(stand=stand, now=now, hours=hours, closes=closes, last=last)

    def hears(self, now: datetime) -> "Wait":
        """Return the wait of who says something: they may be spoken to for a day."""
        wait, told = self.stand, self.stand.told
        due = again(self.hours, told, wait.times)
        # What could not be said then is looked at again after as long a while.
        while (
            self.rung is Rung.AGAIN and due <= now and not wait.may_say(self.rung, due)
        ):
            told, due = due, again(self.hours, due, wait.times)
        stand = replace(wait, heard=now, told=told)
        return replace(self, stand=stand, now=now, last=now + LAST)

    def go_on(self) -> "tuple[Rung | None, Wait]":
        """Return what the customer is told next, None if nothing, and the wait then."""
        due = _LADDER.due(self.rung, self.hours, self.stand, self.now)
        if due is not None and not self.stand.may_say(self.rung, due):
            due = None
        coming = {Rung.CLOSED: self.closes, Rung.LAST: self.last, self.rung: due}
        moments = {rung: at for rung, at in coming.items() if at is not None}
        if not moments:
            return None, self
        rung = min(moments, key=lambda one: moments[one])
        later = replace(self, now=max(moments[rung], self.now))
        match rung:
            case Rung.CLOSED:
                return rung, replace(later, closes=None)
            case Rung.LAST:
                return rung, replace(later, last=None)
        return later._climbed()

    def _climbed(self) -> "tuple[Rung | None, Wait]":
        told = self.stand.times + (self.rung is Rung.AGAIN)
        stand = replace(self.stand, told=self.now, times=told)
        later = replace(self, stand=stand, rung=NEXT.get(self.rung, self.rung))
        return (self.rung, later) if self.rung in SAYS else later.go_on()


def told(
    rung: Rung, responses: Responses, hours: Hours, now: datetime
) -> dict[str, Any]:
    """Return what the customer is told on a rung."""
    if rung is Rung.CLOSED:
        return {"text": closing.words(responses, hours, now), "metadata": {}}
    if rung is Rung.LAST:
        return closing.asked_to_wait(responses, hours, now)
    return dict(responses.fill(SAYS[rung], {}, {}, seed=0))
