"""What do the assistant's YAML files say? Read safely, refused by name.

A refusal is for the person who wrote the file: which file, what is wrong, and
what to write instead.
"""

import difflib
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, SequenceNode

Payload: TypeAlias = dict[str, Any]


class DataError(ValueError):
    """Files can't be used; ``problems`` holds a sentence for each thing wrong."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class ShapeError(DataError):
    """A file can be read, but is no mapping: it is of another kind altogether."""


class Lined(dict[str, Any]):
    """A mapping of a file that knows in which line it begins, and each of its keys."""

    line = 0
    lines: Mapping[str, int] = MappingProxyType({})


class LinedList(list[Any]):
    """A list of a file that knows in which line each of its items begins."""

    lines: Sequence[int] = ()


class _Constructor(SafeConstructor):
    """Makes mappings and lists that know their lines."""

    def construct_lined(self, node: MappingNode) -> Iterator[Lined]:
        found = Lined()
        yield found
        found.update(self.construct_mapping(node))
        found.line = node.start_mark.line + 1
        found.lines = {str(key.value): key.start_mark.line + 1 for key, _ in node.value}

    def construct_listed(self, node: SequenceNode) -> Iterator[LinedList]:
        found = LinedList()
        yield found
        found.extend(self.construct_sequence(node))
        found.lines = tuple(item.start_mark.line + 1 for item in node.value)


_Constructor.add_constructor("tag:yaml.org,2002:map", _Constructor.construct_lined)
_Constructor.add_constructor("tag:yaml.org,2002:seq", _Constructor.construct_listed)


@dataclass(frozen=True)
class Source:
    """One file: its name, as errors show it, and what it says."""

    name: str
    contents: Payload

    def section(self, key: str) -> Payload:
        """Return the mapping below a key; none is an empty one."""
        found = self.contents.get(key) or {}
        if not isinstance(found, dict):
            raise DataError([f"{self.name}: '{key}' must be a mapping of names"])
        return {str(name): body for name, body in found.items()}

    def at(self, key: str, name: str) -> str:
        """Return where *name* stands below a key: the file, and the line if known."""
        return place(self.name, line_of(self.contents.get(key), name))

    def listed(self, key: str) -> list[Any]:
        """Return the list below a key; none is an empty one."""
        found = self.contents.get(key) or []
        if not isinstance(found, list):
            raise DataError([f"{self.name}: '{key}' must be a list"])
        return found


def read(paths: Iterable[Path], root: Path | None = None) -> list[Source]:
    """Return these files; errors name them from the folder *root* on."""
    return [
        parse(
            path.read_text(encoding="utf-8"),
            str(path.relative_to(root)) if root else str(path),
        )
        for path in paths
    ]


#: What is said of `- bot: Noted: 25 seats`, and what to do about it.
A_COLON = "mapping values are not allowed"
IN_QUOTES = '; put a text with a colon in quotes: "…"'


def parse(text: str, name: str) -> Source:
    """Return what *text* says, or raise DataError."""
    try:
        contents = _reader().load(text)
    except MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        cure = IN_QUOTES if str(error.problem).startswith(A_COLON) else ""
        raise DataError([f"{name}{line}: not YAML: {error.problem}{cure}"]) from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise DataError([f"{name}: not YAML: {error}"]) from None
    if contents is None:
        return Source(name, {})
    if not isinstance(contents, dict):
        raise ShapeError([f"{name}: must be a mapping such as 'flows:'"])
    return Source(name, contents)


def place(file: str, line: int) -> str:
    """Return where something stands, as errors say it: the line if it is known."""
    return f"{file}, line {line}" if line else file


def line_of(body: Any, key: str | None = None) -> int:
    """Return the line in which a mapping begins, or one of its keys; 0 if unknown."""
    if not isinstance(body, Lined):
        return 0
    return body.line if key is None else body.lines.get(key, 0)


def without_lines(body: Any) -> Any:
    """Return what a file says as plain mappings, for whoever keeps it."""
    match body:
        case dict():
            return {key: without_lines(inside) for key, inside in body.items()}
        case list():
            return [without_lines(inside) for inside in body]
        case _:
            return body


def _reader() -> YAML:
    reader = YAML(typ="safe", pure=True)
    reader.Constructor = _Constructor
    return reader


def edition(body: Payload) -> str:
    """Return a name for what a mapping says: the same says the same, in any order."""
    written = json.dumps(body, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the end of a sentence that says what *name* may have meant."""
    choices = sorted(known)
    near = difflib.get_close_matches(name, choices, n=1, cutoff=0.5)
    if near:
        return f"; did you mean '{near[0]}'?"
    if 0 < len(choices) <= 12:
        return f"; known: {', '.join(choices)}"
    return ""
