"""What of a Rasa project was taken over, and what was not, and why?"""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any


class ProjectError(Exception):
    """A project can't be read as it is; says which file, which line and the cure."""


@dataclass(frozen=True)
class Left:
    """One thing that was not taken over."""

    file: str
    #: 0 if it is unknown.
    line: int
    what: str
    why: str

    def __str__(self) -> str:
        """Return it for people: where, what and why."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what}: {self.why}"


@dataclass
class Report:
    """What came of each kind of thing, as it is found out."""

    found: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    left: list[Left] = field(default_factory=list)
    #: What is another here than in Rasa, though it was taken over.
    notes: list[str] = field(default_factory=list)

    def take(self, kind: str, count: int = 1) -> None:
        """Count what was taken over."""
        self.found[kind] += count
        self.taken[kind] += count

    def leave(self, kind: str, left: Left) -> None:
        """Count what was not, and remember why."""
        self.found[kind] += 1
        self.left.append(left)

    def give_back(self, kind: str, count: int, left: Left) -> None:
        """Count as not taken over what was counted as taken before."""
        self.taken[kind] -= count
        self.left.append(left)

    def note(self, text: str) -> None:
        """Remember what should be known, once."""
        if text not in self.notes:
            self.notes.append(text)

    def lines(self) -> list[str]:
        """Return the report for a terminal."""
        counts = [
            f"{kind:<12}{self.taken[kind]:>6} of {found:<6}"
            f"{100 * self.taken[kind] / found:5.1f} %"
            for kind, found in self.found.items()
        ]
        left = [f"left: {one}" for one in self.left]
        return [*counts, *left, *(f"note: {one}" for one in self.notes)]

    def facts(self) -> dict[str, Any]:
        """Return the report as JSON."""
        return {
            "found": dict(self.found),
            "taken": {kind: self.taken[kind] for kind in self.found},
            "left": [asdict(one) for one in self.left],
            "notes": self.notes,
        }
