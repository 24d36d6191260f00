"""Which steps of the flows do the scripts go through, and which by none?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.scripts.player import Performance
from flows.steps import Flows


@dataclass(frozen=True, kw_only=True)
class Covered:
    """A flow: how many steps it has, and those that no script went through."""

    flow: str
    steps: int
    missed: tuple[str, ...]

    @property
    def passed(self) -> int:
        """Return how many of its steps some script went through."""
        return self.steps - len(self.missed)


def covered(performed: Iterable[Performance], flows: Flows) -> list[Covered]:
    """Return how far the scripts go through each flow, in the order of their names."""
    passed = frozenset[tuple[str, str]]().union(*(one.passed for one in performed))
    return [
        Covered(
            flow=flow.id,
            steps=len(flow.steps),
            missed=tuple(step for step in flow.steps if (flow.id, step) not in passed),
        )
        for flow in sorted(flows.by_id.values(), key=lambda one: one.id)
    ]


def told(found: Iterable[Covered]) -> Iterator[str]:
    """Yield a line for each flow, and one for all."""
    every = list(found)
    for one in every:
        missed = f", not {', '.join(one.missed)}" if one.missed else ""
        yield f"{one.flow}: {one.passed} of {one.steps} steps{missed}"
    steps, passed = sum(one.steps for one in every), sum(one.passed for one in every)
    share = 100 * passed // steps if steps else 100
    yield f"all flows: {passed} of {steps} steps, {share} %"
