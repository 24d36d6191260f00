"""A check of a change: how far it is, and what it found."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.candidates import Both
from bot.change import Change
from bot.comparing import Difference, Verdict, harms
from bot.holding import Played
from bot.hours import Hours
from bot.rehearsal import Meant, Move, Rehearsal


class State(StrEnum):
    """How far a check is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    BUSY = "busy"  # too many others wait: nothing was begun


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a change would do."""

    #: How many messages were read; None where none would be read otherwise.
    messages: int | None = None
    #: How many of them would get what the change is about.
    answered: int = 0
    #: The messages that would fare otherwise, by what that is to the customer.
    changes: Mapping[Verdict, tuple[Difference, ...]] = field(default_factory=dict)
    #: Those of them that do not get it now, and all others that fare otherwise.
    gained: tuple[Difference, ...] = ()
    changed: tuple[Difference, ...] = ()
    #: Pins that hold now and would not.
    broken: tuple[Difference, ...] = ()
    scripts: Played = Played()
    #: What becomes of those who asked what is taken away, and of how many.
    own: tuple[tuple[Meant, int], ...] = ()
    #: Of an entry that would be live: how many of its own ways to ask were tried, and
    #: those that would not get its answer, with what they would get.
    ways: int | None = None
    missed: tuple[tuple[str, Meant], ...] = ()

    @property
    def harms(self) -> bool:
        """Return whether many would lose the answer they get, or one not be heard."""
        return harms(self.changes, self.messages or 0)

    @property
    def stops(self) -> bool:
        """Return whether it is made only if somebody says why."""
        return bool(self.broken or self.scripts.broken) or self.harms


def losers(report: Report) -> list[tuple[Difference, ...]]:
    """Return those who would not get what they get now, by what that is to them."""
    wanted = (Verdict.UNHEARD, Verdict.WORSE, Verdict.OTHER)
    return [report.changes.get(one, ()) for one in wanted]


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What a customer gets now who does this, and what they would after a change."""

    change: Change
    moves: tuple[Move, ...]
    now: Rehearsal
    then: Rehearsal

    def after(self, move: Move, both: Both, hours: Hours) -> "Tried":
        """Return the same, one turn further on either side."""
        return replace(
            self,
            moves=(*self.moves, move),
            now=self.now.after(move, both.now, hours),
            then=self.then.after(move, both.then, hours),
        )


class Doing(StrEnum):
    """What a check that runs is at."""

    WAITING = "waiting"
    LEARNING = "learning"
    READING = "reading"
    PLAYING = "playing"


@dataclass(frozen=True, kw_only=True)
class Check:
    """A check of one change to one state of all that is taught."""

    key: str
    state: State
    doing: Doing = Doing.WAITING
    #: How much of that it has seen, of how much; 0 where nothing is counted.
    seen: int = 0
    total: int = 0
    #: How many seconds the last one of its kind took in this process, if there was one.
    took: float | None = None
    report: Report | None = None
    tried: Tried | None = None
    error: str | None = None
