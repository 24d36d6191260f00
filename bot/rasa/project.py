"""The YAML files of a Rasa project, read with comments, lines and suspicion.

A project is anybody's: nothing in it may be run, lead out of its folder, or be so
large or so nested that reading it hurts. Such a file is refused by name.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import NoneType
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    NodeEvent,
)

from bot.rasa.report import ProjectError

LARGEST = 4_000_000  # bytes of one file
LARGEST_ALL = 40_000_000  # bytes of all files
MOST_FILES = 2_000
DEEPEST = 40  # levels of one file
#: Folders that hold no training data: programs, what was made, other people's code.
SKIPPED = frozenset(
    ["actions", "models", "results", "node_modules", "venv", "__pycache__"]
)
#: Files with passwords and addresses of servers: nothing of them is taken.
SECRETS = frozenset(["credentials", "endpoints"])
SUFFIXES = frozenset([".yml", ".yaml"])
_PLAIN = frozenset(
    f"tag:yaml.org,2002:{kind}"
    for kind in ("str", "int", "float", "bool", "null", "map", "seq", "timestamp")
)
#: What must stand below a key, if anything does.
_SHAPES: dict[type, frozenset[str]] = {
    list: frozenset(
        ["nlu", "intents", "entities", "actions", "rules", "stories", "test_cases"]
    ),
    dict: frozenset(
        ["slots", "responses", "templates", "flows", "session_config", "config"]
    ),
}


@dataclass(frozen=True)
class Document:
    """One file: its path in the project, as it stands there, and what it says."""

    path: str
    text: str
    contents: CommentedMap

    def line(self, key: Any, inside: Any = None) -> int:
        """Return the line of a key, or of an item of a list; 0 if it is unknown."""
        return line_of(self.contents if inside is None else inside, key)


def line_of(inside: Any, key: Any) -> int:
    """Return the line of a key of a mapping or an item of a list; 0 if unknown."""
    try:
        lines = inside.lc
        place = lines.item(key) if isinstance(key, int) else lines.key(key)
        return int(place[0]) + 1
    except (AttributeError, KeyError, TypeError, IndexError):
        return 0


def writer() -> YAML:
    """Return what writes YAML the same way each time."""
    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    yaml.width = 100_000
    yaml.indent(mapping=2, sequence=2, offset=0)
    return yaml


def written(contents: Any) -> str:
    """Return YAML as a text."""
    out = io.StringIO()
    writer().dump(contents, out)
    return out.getvalue()


def read(root: Path) -> list[Document]:
    """Return the project's YAML files in order of their paths; raise ProjectError."""
    if not root.is_dir():
        raise ProjectError(f"{root} is no folder: name that of a Rasa project")
    paths, size = [], 0
    for path in _paths(root):
        paths.append(path)
        size += path.stat().st_size
        if len(paths) > MOST_FILES or size > LARGEST_ALL:
            raise ProjectError(
                f"{root} has more than {MOST_FILES} YAML files or "
                f"{LARGEST_ALL // 1_000_000} MB of them: name the folder of one project"
            )
    return [document(path, root) for path in paths]


def _paths(root: Path) -> Iterator[Path]:
    for path in sorted(root.iterdir(), key=lambda one: one.name):
        name = path.relative_to(root).as_posix()
        if name.startswith(".") or name in SKIPPED:
            continue
        is_data = path.suffix in SUFFIXES
        if path.is_symlink() and (is_data or path.is_dir()):
            raise ProjectError(
                f"{path} is a link: put the file itself there, or take the link out"
            )
        if path.is_dir():
            yield from _paths(path)
        elif is_data and path.is_file() and path.stem not in SECRETS:
            yield path


def document(path: Path, root: Path) -> Document:
    """Return one file, or raise ProjectError."""
    name = path.relative_to(root).as_posix()
    if path.stat().st_size > LARGEST:
        raise ProjectError(
            f"{name} is larger than {LARGEST // 1_000_000} MB: split it, or take it out"
        )
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise ProjectError(f"{name} is not UTF-8: save it with that encoding") from None
    except OSError as error:
        raise ProjectError(f"{name} can't be read ({error.strerror})") from None
    return parse(text, name)


def parse(text: str, name: str) -> Document:
    """Return what *text* says under the name of its file, or raise ProjectError."""
    try:
        _refuse_hostile(text, name)
        contents = writer().load(text)
    except MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise ProjectError(f"{name}{line}: this is not YAML: {error.problem}") from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise ProjectError(f"{name}: this is not YAML: {error}") from None
    if contents is None:
        contents = CommentedMap()
    if not isinstance(contents, CommentedMap):
        raise ProjectError(f"{name}:1: must begin with keys such as 'nlu:' or 'slots:'")
    for shape, keys in _SHAPES.items():
        for key in keys & {*contents}:
            if not isinstance(contents[key], shape | NoneType):
                kind = "a list" if shape is list else "a mapping of names"
                at = line_of(contents, key)
                raise ProjectError(f"{name}:{at}: '{key}' must be {kind}")
    return Document(str(PurePosixPath(name)), text, contents)


def _refuse_hostile(text: str, name: str) -> None:
    """Refuse what Rasa's files have no use for, before anything is built of it."""
    depth = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        depth += isinstance(event, CollectionStartEvent)
        depth -= isinstance(event, CollectionEndEvent)
        if (why := _hostile(event, depth)) is not None:
            raise ProjectError(f"{name}:{event.start_mark.line + 1}: {why}")


def _hostile(event: Event, depth: int) -> str | None:
    if depth > DEEPEST:
        return f"nested more than {DEEPEST} levels deep: no file of Rasa's is"
    if isinstance(event, AliasEvent) or (
        isinstance(event, NodeEvent) and event.anchor is not None
    ):
        return "has an anchor (& or *), which can be made to grow: write it out"
    tag = str(getattr(event, "tag", None) or "")
    if tag and tag not in _PLAIN and tag != "!":
        return f"has the tag {tag}: take it out"
    return None
