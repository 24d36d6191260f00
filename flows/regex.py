"""Does a text match a pattern? In time proportional to the text, whatever the pattern.

Python's ``re`` backtracks: one careless pattern of an admin and one long message
of a customer would hold a thread for minutes. Here all the ways a pattern may go
on are followed at once, character by character (Thompson, 1968). What needs
backtracking is refused: back-references and look-around.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

LONGEST = 500
MOST_NODES = 2_000

_ATOM = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\[dDwWsSntr]|\\[^\w\s]|[^\\\[]", re.S)
_RESERVED = re.compile(r"(\\.)|[\[&~|]|(?<=-)-", re.DOTALL)
_REPEAT = re.compile(r"(?:([*+?])|\{(\d{1,3})(?:(,)(\d{1,3})?)?\})\??")
_ANCHORS = {"^": "start", "$": "end", r"\b": "border", r"\A": "start", r"\Z": "end"}

_Test: TypeAlias = Callable[[str], object]


class RegexError(ValueError):
    """The pattern is not one we run; ``position`` says where."""

    def __init__(self, problem: str, position: int) -> None:
        super().__init__(f"{problem} at character {position + 1} of the pattern")
        self.position = position


@dataclass
class _Node:
    """One place in the pattern: eat a character, hold at an anchor, or go on."""

    kind: Literal["eat", "anchor", "fork", "accept"]
    test: _Test | None = None
    anchor: str = ""
    out: list[int] = field(default_factory=list)


class Regex:
    """A pattern, ready to be looked for."""

    def __init__(self, pattern: str) -> None:
        self._nodes: list[_Node] = []
        self._start = _Reader(pattern, self._nodes).read()

    def found_in(self, text: str) -> bool:
        """Whether any part of *text* matches."""
        here: set[int] = set()
        for at in range(len(text) + 1):
            here.add(self._start)
            here = self._spread(here, text, at)
            if any(self._nodes[number].kind == "accept" for number in here):
                return True
            if at < len(text):
                here = self._eat(here, text[at])
        return False

    def _eat(self, here: set[int], character: str) -> set[int]:
        eaters = (self._nodes[number] for number in here)
        return {
            onward
            for node in eaters
            if node.test is not None and node.test(character)
            for onward in node.out
        }

    def _spread(self, here: set[int], text: str, at: int) -> set[int]:
        """Return all places that can be reached without eating a character."""
        seen, todo = set(here), list(here)
        while todo:
            node = self._nodes[todo.pop()]
            if node.kind == "eat" or not _holds(node.anchor, text, at):
                continue
            fresh = [onward for onward in node.out if onward not in seen]
            seen.update(fresh)
            todo.extend(fresh)
        return seen


def _holds(anchor: str, text: str, at: int) -> bool:
    match anchor:
        case "start":
            return at == 0
        case "end":
            return at == len(text)
        case "border":
            return _is_word(text[at - 1 : at] if at else "") != _is_word(
                text[at : at + 1]
            )
        case _:
            return True


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


@dataclass
class _Part:
    """A piece of the pattern: where it begins and whose exits are still open."""

    start: int
    ends: list[int]


class _Reader:
    """Reads a pattern into nodes, by recursive descent."""

    def __init__(self, pattern: str, nodes: list[_Node]) -> None:
        if len(pattern) > LONGEST:
            raise RegexError(f"pattern is longer than {LONGEST} characters", LONGEST)
        flag = pattern.startswith("(?i)")
        self._flags = re.IGNORECASE if flag else re.NOFLAG
        self._text, self._at, self._nodes = pattern, 4 if flag else 0, nodes
        self._depth = 0

    def read(self) -> int:
        """Return the number of the first node."""
        part = self._choice()
        if self._at < len(self._text):
            raise RegexError("unexpected ')'", self._at)
        self._join(part, self._add(_Node("accept")))
        return part.start

    def _choice(self) -> _Part:
        part = self._sequence()
        while self._text.startswith("|", self._at):
            self._at += 1
            other = self._sequence()
            fork = self._add(_Node("fork", out=[part.start, other.start]))
            part = _Part(fork, part.ends + other.ends)
        return part

    def _sequence(self) -> _Part:
        empty = self._add(_Node("fork"))
        part = _Part(empty, [empty])
        while self._at < len(self._text) and self._text[self._at] not in "|)":
            following = self._repeated()
            self._join(part, following.start)
            part = _Part(part.start, following.ends)
        return part

    def _repeated(self) -> _Part:
        begin = self._at
        part = self._one()
        repeat = _REPEAT.match(self._text, self._at)
        if repeat is None:
            return part
        least, most = _bounds(repeat)
        if most is not None and most < least:
            raise RegexError("the repeat's bounds are the wrong way round", self._at)
        parts = [self._again(begin) for _ in range(least)]
        if most is None:
            parts.append(self._looped(self._again(begin)))
        else:
            parts += [self._optional(self._again(begin)) for _ in range(most - least)]
        self._at = repeat.end()
        return self._chained(parts)

    def _again(self, begin: int) -> _Part:
        self._at = begin
        return self._one()

    def _looped(self, part: _Part) -> _Part:
        fork = self._add(_Node("fork", out=[part.start]))
        self._join(part, fork)
        return _Part(fork, [fork])

    def _optional(self, part: _Part) -> _Part:
        fork = self._add(_Node("fork", out=[part.start]))
        return _Part(fork, [*part.ends, fork])

    def _chained(self, parts: list[_Part]) -> _Part:
        empty = self._add(_Node("fork"))
        whole = _Part(empty, [empty])
        for part in parts:
            self._join(whole, part.start)
            whole = _Part(whole.start, part.ends)
        return whole

    def _one(self) -> _Part:
        for sign, anchor in _ANCHORS.items():
            if self._text.startswith(sign, self._at):
                self._at += len(sign)
                return self._single(_Node("anchor", anchor=anchor))
        if self._text.startswith("(", self._at):
            return self._group()
        return self._single(_Node("eat", test=self._atom()))

    def _group(self) -> _Part:
        opened = self._at
        self._at += 3 if self._text.startswith("(?:", self._at) else 1
        if self._text.startswith("?", self._at):
            raise RegexError("look-around and named groups are not supported", opened)
        self._depth += 1
        if self._depth > 20:
            raise RegexError("groups are nested too deeply", opened)
        part = self._choice()
        self._depth -= 1
        if not self._text.startswith(")", self._at):
            raise RegexError("'(' is never closed", opened)
        self._at += 1
        return part

    def _atom(self) -> _Test:
        atom = _ATOM.match(self._text, self._at)
        if atom is None or atom.group() in "*+?{":
            raise RegexError(f"can't read '{self._text[self._at]}'", self._at)
        try:
            test = re.compile(_plain(atom.group()), self._flags | re.DOTALL).fullmatch
        except re.error as error:
            raise RegexError(str(error), self._at) from None
        self._at = atom.end()
        return test

    def _single(self, node: _Node) -> _Part:
        number = self._add(node)
        return _Part(number, [number])

    def _join(self, part: _Part, onward: int) -> None:
        for end in part.ends:
            self._nodes[end].out.append(onward)

    def _add(self, node: _Node) -> int:
        if len(self._nodes) >= MOST_NODES:
            raise RegexError("pattern repeats too much", self._at)
        self._nodes.append(node)
        return len(self._nodes) - 1


def _plain(atom: str) -> str:
    """Return a set of characters without what Python reserves for sets of sets."""
    if not atom.startswith("["):
        return atom
    opening = 2 if atom.startswith("[^") else 1
    inside = _RESERVED.sub(lambda sign: sign[1] or "\\" + sign[0], atom[opening:-1])
    return atom[:opening] + inside + "]"


def _bounds(repeat: re.Match[str]) -> tuple[int, int | None]:
    """Return how often a part must and may come; None is without end."""
    sign, least, comma, most = repeat.groups()
    if sign:
        return {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
    if not comma:
        return int(least), int(least)
    return int(least), int(most) if most else None
