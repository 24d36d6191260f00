"""One figure of the count, and what it must be."""

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN = 5  # examples of what must not be there; what is allowed is listed in full


@dataclass(frozen=True)
class Sum:
    """One figure, and what it must be; None: it is only told."""

    name: str
    figure: int
    must_be: int | None = None
    examples: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the figure is what it must be."""
        return self.must_be is None or self.figure == self.must_be


def none(name: str, found: Iterable[object]) -> Sum:
    """Return the sum of something that must not be there at all."""
    listed = [str(one) for one in found]
    return Sum(name, len(listed), 0, tuple(listed[:SHOWN]))


def listed(name: str, found: Iterable[object]) -> Sum:
    """Return the sum of something that may be, each one by name."""
    names = tuple(str(one) for one in found)
    return Sum(name, len(names), examples=names)
