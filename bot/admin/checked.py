"""A check as a page shows it: what stops it first, then what would be worse."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.admin.telling import called, change, fares
from bot.check import Check, Doing, Report, State
from bot.comparing import Difference, Verdict
from bot.scripts import telling
from bot.scripts.player import Break

#: How many lines of a kind stand there at once, and how many each look for more gives.
MOST_SHOWN = 20
AT_ONCE = 100


class Kind(StrEnum):
    """What lines are of, as their address says."""

    BROKEN = "broken"
    UNHEARD = "unheard"
    WORSE = "worse"
    OTHER = "other"
    ASKED = "asked"
    BETTER = "better"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A message, and how it would fare otherwise."""

    text: str
    change: str


@dataclass(frozen=True, kw_only=True)
class Lines:
    """As many lines as one reads, and how many more there are."""

    shown: Sequence[Line] = ()
    more: int = 0
    kind: str = ""
    #: Where the next ones are.
    path: str = ""

    @property
    def count(self) -> int:
        """Return how many there are in all."""
        return len(self.shown) + self.more


@dataclass(frozen=True, kw_only=True)
class BrokenScript:
    """A script that breaks, for whoever mends it."""

    title: str
    where: str
    expected: str
    came: str
    understood: str
    cure: str


@dataclass(frozen=True, kw_only=True)
class Scripts:
    """What came of the scripts."""

    count: int = 0
    broken: Sequence[BrokenScript] = ()
    failing: Sequence[BrokenScript] = ()
    #: What the others wait for, and how many do.
    waiting: Mapping[str, int] = field(default_factory=dict)
    problems: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A check as a page shows it."""

    key: str
    state: str
    #: What it is at, while it runs.
    doing: str = Doing.WAITING.value
    seen: int = 0
    total: int = 0
    #: How many seconds the last one took here, None if there was none.
    took: float | None = None
    error: str | None = None
    #: Whether the draft is another by now.
    is_stale: bool = False
    #: How many messages were read; None where only what must hold was tried.
    messages: int | None = None
    answered: int = 0
    gained: int = 0
    broken: Lines = Lines()
    unheard: Lines = Lines()
    worse: Lines = Lines()
    other: Lines = Lines()
    asked: Lines = Lines()
    better: Lines = Lines()
    #: How many of its own ways to ask were tried; None where none were.
    ways: int | None = None
    #: Those that would not get the answer, and what they would get.
    missed: Sequence[Line] = ()
    #: How many who fare better are asked back, and perhaps about what they mean.
    offered: int = 0
    #: Whether all who lose what they get now are asked back instead.
    only_asks: bool = False
    #: Whether more would lose their answer than goes without saying why.
    harms: bool = False
    scripts: Scripts = Scripts()

    @property
    def waits(self) -> bool:
        """Return whether it has not ended, or has not even begun."""
        return self.state in (State.RUNNING, State.BUSY)

    @property
    def breaks(self) -> bool:
        """Return whether a pin or a script breaks."""
        return bool(self.broken.count or self.scripts.broken)

    @property
    def stops(self) -> bool:
        """Return whether it is published only with a reason."""
        return self.breaks or self.harms

    @property
    def losers(self) -> int:
        """Return how many would not get what they get now, and should perhaps."""
        return sum(one.count for one in (self.unheard, self.worse, self.other))

    @property
    def same(self) -> int:
        """Return how many messages would fare as they do."""
        otherwise = (self.unheard, self.worse, self.other, self.asked, self.better)
        return (self.messages or 0) - sum(one.count for one in otherwise)

    @property
    def tone(self) -> str:
        """Return how bad it is: it stops, somebody should look, or neither."""
        if self.stops or self.unheard.count:
            return "bad"
        return "warn" if self.worse.count or self.other.count else "good"


def shown(check: Check) -> Shown:
    """Return a check as a page shows it."""
    if check.report is None:
        return Shown(
            key=check.key,
            state=check.state.value,
            doing=check.doing.value,
            seen=check.seen,
            total=check.total,
            took=check.took,
            error=check.error,
        )
    return _shown(check, check.report)


def _shown(check: Check, report: Report) -> Shown:
    played = report.scripts
    return Shown(
        key=check.key,
        state=check.state.value,
        messages=report.messages,
        answered=report.answered,
        gained=len(report.gained),
        broken=lines(check.key, report, Kind.BROKEN),
        unheard=lines(check.key, report, Kind.UNHEARD),
        worse=lines(check.key, report, Kind.WORSE),
        other=lines(check.key, report, Kind.OTHER),
        asked=lines(check.key, report, Kind.ASKED),
        better=lines(check.key, report, Kind.BETTER),
        ways=report.ways,
        missed=[Line(text=text, change=fares(meant)) for text, meant in report.missed],
        offered=sum(map(_is_offer, report.changes.get(Verdict.BETTER, ()))),
        only_asks=all(map(_is_offer, report.changes.get(Verdict.WORSE, ()))),
        harms=report.harms,
        scripts=Scripts(
            count=played.count,
            broken=[*map(broken, played.broken)],
            failing=[*map(broken, played.failing)],
            waiting=Counter(filter(None, map(telling.waits, played.waiting))),
            problems=played.problems,
        ),
    )


def _is_offer(one: Difference) -> bool:
    return one.after.outcome == "offer"


def lines(
    key: str, report: Report, kind: Kind, after: int = 0, most: int = MOST_SHOWN
) -> Lines:
    """Return the lines of a kind *after* so many."""
    found, end = _found(report, kind), after + most
    told = [Line(text=one.text[:300], change=change(one)) for one in found[after:end]]
    path = f"/admin/checks/{key}/{kind}?after={end}"
    return Lines(shown=told, more=max(len(found) - end, 0), kind=kind, path=path)


def _found(report: Report, kind: Kind) -> Sequence[Difference]:
    if kind is Kind.BROKEN:
        return report.broken
    return report.changes.get(Verdict[kind.name], ())


def broken(found: Break) -> BrokenScript:
    """Return a script that breaks, for whoever mends it."""
    return BrokenScript(
        title=found.script.title,
        where=telling.where(found),
        expected=found.step.written,
        came=telling.came(found),
        understood=telling.understood(found, called),
        cure=telling.cure(found),
    )
