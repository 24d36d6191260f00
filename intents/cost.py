"""How long may a regular expression take?

Python's ``re`` backtracks: one careless pattern and one long message could hold a
thread for minutes, and nothing can interrupt it. So each pattern of the training
data is measured before it is used. The measure is an upper bound, made by reading
the pattern from its end: how many ways there are to go on, and how many steps they
cost together. A repetition costs one way where the next character settles whether
it goes on (`[0-9]+x`), and as many ways as it has lengths where it does not
(`[0-9]+1`).
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from re import _compiler, _constants, _parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

from intents.text import LONGEST_READ

Characters: TypeAlias = frozenset[str]
Node: TypeAlias = tuple[Any, Any]

#: What a repetition without an end counts as: a pattern of fewer steps has none, and
#: takes time in proportion to the length of a message, others to its square.
ENDLESS = LONGEST_READ
#: Steps from one place of a message. With this many, a text of LONGEST_READ takes some
#: milliseconds.
MOST_STEPS = 5_000
LONGEST_PATTERN = 10_000
_UNBOUNDED = 10**9

# Stand for all characters, together with those around every character the pattern
# names: two sets that meet do so at an end of one of them.
_USUAL = [*map(chr, range(128)), *"\u00e9\u0130\u017f\u212a\u0663\u4e2d\u00a0\u0301"]
_NOTHING: Characters = frozenset()


class CostlyPatternError(ValueError):
    """A pattern could take too long on a customer's message."""


@dataclass(frozen=True, slots=True)
class _Cost:
    """A part of a pattern: how it may begin, and what it may cost."""

    first: Characters
    nullable: bool = False
    ways: int = 1
    steps: int = 1


def steps(pattern: str) -> int:
    """Return how many steps *pattern* may take from one place of a message.

    Raises CostlyPatternError where that is too many, and re.error where the
    pattern can't be read.
    """
    if len(pattern) > LONGEST_PATTERN:
        raise CostlyPatternError(
            f"the pattern has {len(pattern)} characters, at most {LONGEST_PATTERN} work"
        )
    found = _steps(pattern)
    if found > MOST_STEPS:
        raise CostlyPatternError(
            "the pattern may take too long on a long message. Give its open-ended "
            "parts an end ({1,30} in place of + and {0,30} in place of *), and do "
            r"without references to groups (\1)"
        )
    return found


@lru_cache(maxsize=256)
def _steps(pattern: str) -> int:
    try:
        return _Meter(_parser.parse(pattern, re.IGNORECASE)).steps()
    except RecursionError:
        return _UNBOUNDED


class _Meter:
    """Reads a parsed pattern from its end to its beginning."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = nodes
        named = {chr(code) for code in _named(nodes)}
        cases = {case for one in named for case in one.lower() + one.upper()}
        self._sample: Characters = frozenset({*_USUAL, *named, *cases})
        self._known: dict[tuple[int, Characters], _Cost] = {}

    def steps(self) -> int:
        """Return the steps of the whole pattern: at its end it has matched."""
        return self._sequence(self._nodes, _NOTHING).steps

    def _sequence(self, nodes: Sequence[Node], follow: Characters) -> _Cost:
        """Return the cost of nodes in a row, *follow* being what may come next."""
        known = self._known.get((id(nodes), follow))
        if known is not None:
            return known
        total = _Cost(first=_NOTHING, nullable=True, steps=0)
        for kind, content in reversed(list(nodes)):
            onward = total.first | follow if total.nullable else total.first
            total = _before(self._node(str(kind), content, onward), total)
        self._known[id(nodes), follow] = total
        return total

    def _node(self, kind: str, content: Any, follow: Characters) -> _Cost:
        match kind:
            case "MAX_REPEAT" | "MIN_REPEAT":
                return self._repeat(content, follow)
            case "SUBPATTERN":
                return self._sequence(content[-1], follow)
            case "BRANCH":
                choices = [self._sequence(one, follow) for one in content[1]]
                return _branch(choices, follow)
        return self._settled(kind, content)

    def _settled(self, kind: str, content: Any) -> _Cost:
        """Return the cost of a part that goes on in one way, or not at all."""
        match kind:
            case "LITERAL" | "NOT_LITERAL" | "ANY" | "IN":
                return _Cost(first=self._beginnings(kind, content))
            case "POSSESSIVE_REPEAT":
                return replace(self._repeat(content, _NOTHING), ways=1)
            case "ATOMIC_GROUP":
                return replace(self._sequence(content, _NOTHING), ways=1)
        return _Cost(first=self._sample, nullable=True, steps=self._look(kind, content))

    def _look(self, kind: str, content: Any) -> int:
        """Return the steps of what takes no characters.

        It may fail whatever comes next, and so settles nothing before it.
        """
        if kind == "AT":
            return 1
        if kind in {"ASSERT", "ASSERT_NOT"}:
            return self._sequence(content[1], _NOTHING).steps
        return _UNBOUNDED

    def _repeat(
        self, content: tuple[int, int, Sequence[Node]], follow: Characters
    ) -> _Cost:
        least, most, part = content
        most = min(int(most), ENDLESS)
        begins = self._sequence(part, _NOTHING).first
        once = self._sequence(part, begins | follow)
        if once.nullable and most > 1:
            return _Cost(begins, nullable=True, ways=_UNBOUNDED, steps=_UNBOUNDED)
        lengths = most - least + 1 if begins & follow else 1
        growth = 1 if once.ways == 1 else once.ways ** min(most, 30)
        return _Cost(
            first=begins,
            nullable=least == 0 or once.nullable,
            ways=min(lengths * growth, _UNBOUNDED),
            steps=min(most * once.steps * growth + 1, _UNBOUNDED),
        )

    def _beginnings(self, kind: str, content: Any) -> Characters:
        """Return which of the sample a part of one character accepts."""
        node = (getattr(_constants, kind), content)
        part = _parser.SubPattern(_parser.State(), [node])
        accepts = _compiler.compile(part, re.IGNORECASE | re.DOTALL).match
        return frozenset(filter(accepts, self._sample))


def _named(nodes: Any) -> Iterator[int]:
    """Yield the code points at the ends of every range a pattern names."""
    match nodes:
        case (kind, int(code)) if str(kind) in {"LITERAL", "NOT_LITERAL"}:
            yield from _around(code, code)
        case (kind, (int(low), int(high))) if str(kind) == "RANGE":
            yield from _around(low, high)
        case tuple() | list() | _parser.SubPattern():
            for node in nodes:
                yield from _named(node)


def _around(low: int, high: int) -> tuple[int, int, int, int]:
    return max(low - 1, 0), low, high, min(high + 1, sys.maxunicode)


def _before(part: _Cost, rest: _Cost) -> _Cost:
    return _Cost(
        first=part.first | rest.first if part.nullable else part.first,
        nullable=part.nullable and rest.nullable,
        ways=min(part.ways * rest.ways, _UNBOUNDED),
        steps=min(part.steps + part.ways * rest.steps, _UNBOUNDED),
    )


def _branch(choices: Sequence[_Cost], follow: Characters) -> _Cost:
    """Return the cost of alternatives: one way if the next character tells."""
    begins = [one.first | follow if one.nullable else one.first for one in choices]
    apart = sum(map(len, begins)) == len(_NOTHING.union(*begins))
    ways = [one.ways for one in choices]
    return _Cost(
        first=_NOTHING.union(*(one.first for one in choices)),
        nullable=any(one.nullable for one in choices),
        ways=max(ways) if apart else min(sum(ways), _UNBOUNDED),
        steps=min(sum(one.steps for one in choices), _UNBOUNDED),
    )
