"""What changed between two texts, word by word."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["same", "added", "removed"]

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is in both versions, or in one."""

    kind: Kind
    text: str


def words(before: str, after: str) -> list[Piece]:
    """Return *after* in pieces, with what is gone between them."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    return [piece for piece in _pieces(old, new, "") if piece.text]


def lines(before: Sequence[str], after: Sequence[str]) -> list[Piece]:
    """Return the lines that are new, and those that are gone."""
    old, new = set(before), set(after)
    gone = [Piece("removed", line) for line in before if line not in new]
    return gone + [Piece("added", line) for line in after if line not in old]


def _pieces(old: list[str], new: list[str], joint: str) -> Iterator[Piece]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal":
            yield Piece("same", _joined(old[i:j], joint))
            continue
        yield Piece("removed", _joined(old[i:j], joint))
        yield Piece("added", _joined(new[k:m], joint))


def _joined(parts: Iterable[str], joint: str) -> str:
    return joint.join(parts)
