"""What is around the customer of a script: the time, the hours, who answers."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.hours import Hours
from bot.rungs import Rung
from bot.scripts.nobody import Wait
from bot.situation import Attendant
from bot.turn import Turn

#: Of a shop in which nobody is there.
CLOSED = Hours(week=((),) * 7)


@dataclass(kw_only=True)
class Around:
    """It changes as the script goes on."""

    now: datetime
    hours: Hours
    country: str | None = None
    #: For a person who has not come yet.
    wait: Wait | None = None

    @property
    def attendant(self) -> Attendant:
        """Return who answers: nobody, while a person has yet to come."""
        if self.wait is None:
            return "assistant"
        return "nobody_yet" if self.hours.is_open(self.now) else "after_hours"

    def on_the_wall(self) -> datetime:
        """Return what the shop's clock shows."""
        return self.now.astimezone(ZoneInfo(self.hours.zone))

    def go_to(self, wall: datetime) -> bool:
        """Let the shop's clock show that; False where it would have to go back."""
        zone = ZoneInfo(self.hours.zone)
        moment = wall.replace(tzinfo=zone).astimezone(UTC)
        if moment < self.now:
            return False
        self.now = moment
        return True

    def take(self, turn: Turn) -> None:
        """Let a person be awaited from now on, or no more, as the turn says."""
        if any(event["event"] == "handoff_withdrawn" for event in turn.events):
            self.wait = None
        elif turn.handoff:
            self.wait = Wait.begun(self.now, self.hours)
        elif self.wait is not None:
            self.wait = self.wait.hears(self.now)

    def go_on_waiting(self, wait: Wait) -> Rung | None:
        """Let time pass until who waits is told something; return on which rung."""
        late = replace(wait, now=max(self.now, wait.now))
        rung, self.wait = late.go_on()
        self.now = self.wait.now
        return rung
