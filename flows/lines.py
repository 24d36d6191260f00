"""Where in its file stands what a response says?

Lines are kept as bare numbers: a mapping of lines beside each mapping of five
languages cost every process more than a megabyte.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flows.files import Payload, line_of, place


@dataclass(frozen=True)
class Lines:
    """Where a variation of a response stands; a line is 0 if it is unknown."""

    file: str = ""
    line: int = 0
    condition: int = 0
    #: That of each of its parts, in their order.
    inside: tuple[int, ...] = ()

    def itself(self) -> str:
        """Return where it begins."""
        return place(self.file, self.line)

    def of_condition(self) -> str:
        """Return where its condition stands."""
        return place(self.file, self.condition or self.line)

    def of(self, part: Payload, said: Mapping[str, Any]) -> str:
        """Return where a choice or a card stands that is *said*."""
        known = zip(parts(said), self.inside, strict=False)
        line = next((line for one, line in known if one is part), 0)
        return place(self.file, line or self.line)


def read(file: str, body: Any, said: Mapping[str, Any]) -> Lines:
    """Return where a variation stands; *said* is what its *body* says, with lines."""
    inside = tuple(map(line_of, parts(said)))
    return Lines(file, line_of(body), line_of(body, "condition"), inside)


def parts(said: Mapping[str, Any]) -> Iterator[Payload]:
    """Yield each choice, and each card before its own buttons."""
    for key in ("buttons", "quick_replies"):
        yield from said.get(key) or ()
    for card in said.get("elements") or ():
        yield card
        yield from card.get("buttons") or ()
