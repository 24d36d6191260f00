"""One measured figure beside its target, and what several sets answer together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from benchmarks.interval import Share
from intents.report import Evaluation

#: From how many answers on the sets together prove anything; of those, how many are
#: surely right, in per cent.
ENOUGH, SURELY = 400, 95.0


@dataclass(frozen=True)
class Answers:
    """What a set answered by itself at 98 %."""

    right: Share
    #: Of what belongs to an intent.
    answered: Share

    @classmethod
    def of(cls, found: Evaluation) -> Self:
        """Return what was answered, what belongs to no intent with it."""
        answered = found.confidence >= found.thresholds["answer"]
        right = int((answered & found.right).sum())
        ours = int(answered[: found.test_rows].sum())
        return cls(Share(right, int(answered.sum())), Share(ours, found.test_rows))


@dataclass(frozen=True)
class Figure:
    """One measured figure, and the target it is held against."""

    name: str
    seen: float
    #: None where the figure is told for its own sake.
    target: float | None
    at_least: bool = True
    #: What would be better than expected; None where nothing is.
    hoped: float | None = None
    #: What it is about, of a set that answers by itself.
    answers: Answers | None = None

    @property
    def is_met(self) -> bool:
        """Whether the target is met."""
        if self.target is None:
            return True
        return self.seen >= self.target if self.at_least else self.seen <= self.target


def pooled(found: Mapping[str, Iterable[Figure]]) -> dict[str, list[Figure]]:
    """Return the figures of all that answers by itself at 98 %, if any does."""
    every = [one.answers for some in found.values() for one in some if one.answers]
    right, answered = (
        Share(sum(one.count for one in some), sum(one.of for one in some))
        for some in (
            [one.right for one in every],
            [one.answered for one in every],
        )
    )
    if not every:
        return {}
    told = Figure("answered at 98 %", 100 * (answered.value or 0.0), None)
    if right.of < ENOUGH:
        return {"pooled": [told]}
    name = f"surely right of {right.of} answers"
    return {"pooled": [told, Figure(name, 100 * right.interval[0], SURELY)]}
