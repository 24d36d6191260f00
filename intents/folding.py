"""Which fold is a thing in? By its content, so that another thing moves hardly any.

Training may only be judged by what it has not seen, so rows and whole intents are
held back, a tenth at a time. Dealt out by rank, one more of them would move all
that follow, and with them the thresholds of everything else.
"""

from collections.abc import Iterable, Mapping, Set
from hashlib import blake2b
from math import ceil

FOLDS = 10
#: The most a fold takes, as a multiple of its even share: without a limit a shop of
#: few intents could find all of them in one fold, and nothing left to learn from.
_FULL = 1.5
_NOBODY: Set[str] = frozenset()


def folds(
    things: Iterable[str], salt: str, near: Mapping[str, Set[str]] | None = None
) -> dict[str, int]:
    """Return a fold for each thing: the one its hash says, or else one after it.

    No fold is overfull, and things that are *near* one another are kept apart as far
    as may be.
    """
    marks = {one: mark(f"{salt}\n{one}") for one in things}
    most = ceil(_FULL * len(marks) / FOLDS)
    held: list[set[str]] = [set() for _ in range(FOLDS)]
    found: dict[str, int] = {}
    for one in sorted(marks, key=lambda one: (marks[one], one)):
        apart = _NOBODY if near is None else near[one]
        turns = ((marks[one] + step) % FOLDS for step in range(FOLDS))
        free = (fold for fold in turns if len(held[fold]) < most)
        found[one] = min(free, key=lambda fold: len(apart & held[fold]))
        held[found[one]].add(one)
    return found


def mark(text: str) -> int:
    """Return a number that scatters texts the same way on every machine."""
    return int.from_bytes(
        blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    )
