"""One file of Rasa's NLU YAML, read with its line numbers.

Files are composed into nodes, not into values: nodes know their line, so an error
can name it, and nothing in a file can construct anything.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from intents import annotations, cost
from intents.entities import Pattern, phrases

Kind: TypeAlias = Literal["intent", "answer", "synonym", "regex", "lookup", "entity"]

_KINDS: tuple[Kind, ...] = ("intent", "synonym", "regex", "lookup")
_LONGEST_EXAMPLE = 2_000
_MOST_PHRASES = 2_000
_ANSWERS = "utter_"
_ESCAPES = {r"\n": "\n", r"\t": "\t", r"\r": "\r", r"\b": "\b", r"\f": "\f"}
_ESCAPED = re.compile(r"\\[ntrbf]")


class TrainingDataError(ValueError):
    """A training file can't be used as it is; says where, why and what to do."""

    def __init__(
        self, problem: str, path: Path | None = None, line: int | None = None
    ) -> None:
        place = f"{path}:{line}: " if line else f"{path}: " if path else ""
        super().__init__(place + problem)
        self.problem, self.path, self.line = problem, path, line


@dataclass(frozen=True, slots=True)
class Found:
    """One line of a file: an example, an answer, a synonym, a pattern and so on."""

    kind: Kind
    name: str
    text: str
    path: Path
    line: int


def read(text: str, path: Path) -> Iterator[Found]:
    """Yield what one file teaches: below ``nlu``, and what it answers to that.

    As Rasa has it, ``utter_faq/hours`` below ``responses`` answers ``faq/hours``.
    """
    root = _compose(text, path)
    if root is None:
        return
    for item in _items(root, path):
        yield from _item(item, path)
    yield from _answers(root, path)


def lookup(entity: str, values: Iterable[str]) -> Pattern:
    """Return the pattern of a lookup table."""
    values = list(values)
    if len(values) > _MOST_PHRASES:
        raise TrainingDataError(
            f"lookup '{entity}' has {len(values)} entries, at most {_MOST_PHRASES} "
            "are quick enough; shorten it or use a regex"
        )
    return phrases(entity, values)


def _compose(text: str, path: Path) -> Node | None:
    try:
        node: Node | None = YAML(typ="safe").compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise TrainingDataError(
            f"this is not YAML ({error.problem or error.context}); indent with "
            "spaces, and put quotation marks around texts with ': ' or ' #'",
            path,
            mark.line + 1 if mark else None,
        ) from None
    except (YAMLError, ValueError) as error:
        raise TrainingDataError(
            f"this is not YAML ({error}); remove what is not text", path
        ) from None
    except RecursionError:
        raise TrainingDataError(
            "the file is nested too deeply; begin anew from an example", path
        ) from None
    return node


def _items(root: Node, path: Path) -> Iterator[MappingNode]:
    if not isinstance(root, MappingNode):
        raise _error("the file must begin with 'nlu:'", root, path)
    listed = [value for key, value in root.value if key.value == "nlu"]
    if len(listed) > 1:
        raise _error("'nlu:' stands here twice; join the two lists", listed[1], path)
    if not listed or _is_empty(listed[0]):
        return
    if not isinstance(listed[0], SequenceNode):
        raise _error("'nlu:' must be a list of '- intent: ...'", listed[0], path)
    for item in listed[0].value:
        if not isinstance(item, MappingNode):
            raise _error("write '- intent: its name' here", item, path)
        yield item


def _item(item: MappingNode, path: Path) -> Iterator[Found]:
    fields = _fields(item)
    kind = next((kind for kind in _KINDS if kind in fields), None)
    if kind is None:
        near = [one for key in fields for one in get_close_matches(key, _KINDS, 1)]
        meant = f"; did you mean '{near[0]}'?" if near else ""
        raise _error(f"write one of {', '.join(_KINDS)} here{meant}", item, path)
    name = fields[kind]
    if not _is_text(name) or not name.value.strip():
        raise _error(f"the {kind} has no name; write one after '{kind}:'", item, path)
    if "examples" not in fields:
        raise _error(f"the {kind} has no examples; add 'examples: |'", item, path)
    for text, line in _examples(fields["examples"], path):
        yield from _READERS[kind](Found(kind, name.value.strip(), text, path, line))


def _examples(node: Node, path: Path) -> Iterator[tuple[str, int]]:
    """Yield the examples of form A (one text) or form B (a list) with their lines."""
    match node:
        case ScalarNode():
            yield from _lines(node, path)
        case SequenceNode():
            for item in node.value:
                yield _text_of(item, path), item.start_mark.line + 1
        case _:
            raise _error("write 'examples: |' and a '- ' before each one", node, path)


def _lines(node: ScalarNode, path: Path) -> Iterator[tuple[str, int]]:
    literal = node.style == "|"
    first = node.start_mark.line + (2 if literal else 1)
    for number, line in enumerate(node.value.splitlines()):
        at = first + number if literal else first
        if not line.strip():
            continue
        if not line.lstrip().startswith("-"):
            raise TrainingDataError(
                "an example must begin with '- ' (and 'examples:' with '|')", path, at
            )
        yield _checked(line.lstrip()[1:].strip(), path, at), at


def _text_of(item: Node, path: Path) -> str:
    if isinstance(item, MappingNode):
        for key, value in item.value:
            if key.value == "text" and _is_text(value):
                return _checked(value.value.strip(), path, value.start_mark.line + 1)
    raise _error("write '- text: ...' here, or 'examples: |' above", item, path)


def _checked(text: str, path: Path, line: int) -> str:
    if not text:
        raise TrainingDataError(
            "the example is empty; write one or delete it", path, line
        )
    if len(text) > _LONGEST_EXAMPLE:
        raise TrainingDataError(
            f"the example has {len(text)} characters, at most {_LONGEST_EXAMPLE} are "
            "read; shorten it to what a customer would write",
            path,
            line,
        )
    return text


def _intent(found: Found) -> Iterator[Found]:
    text = _ESCAPED.sub(lambda escape: _ESCAPES[escape.group()], found.text)
    try:
        plain, marked = annotations.read(text)
    except annotations.AnnotationError as error:
        raise TrainingDataError(str(error), found.path, found.line) from None
    yield Found("intent", found.name, plain.strip(), found.path, found.line)
    for one in marked:
        yield Found("entity", one.entity, one.text, found.path, found.line)
        if one.value != one.text:
            yield Found("synonym", one.value, one.text, found.path, found.line)


def _regex(found: Found) -> Iterator[Found]:
    try:
        cost.steps(found.text)
    except re.error as error:
        raise TrainingDataError(
            f"this is not a regular expression ({error}); mend it or quote special "
            r"signs with \ ",
            found.path,
            found.line,
        ) from None
    except cost.CostlyPatternError as error:
        raise TrainingDataError(str(error), found.path, found.line) from None
    yield found


def _as_it_is(found: Found) -> Iterator[Found]:
    yield found


_READERS = {
    "intent": _intent,
    "synonym": _as_it_is,
    "regex": _regex,
    "lookup": _as_it_is,
}


def _answers(root: Node, path: Path) -> Iterator[Found]:
    """Yield the first answer to each intent that has one of its own.

    Whether responses are written as they should be is not for us to say.
    """
    for key, variations in _fields(_fields(root).get("responses")).items():
        name = key.removeprefix(_ANSWERS)
        if name == key or "/" not in name or not isinstance(variations, SequenceNode):
            continue
        text = _fields(next(iter(variations.value), None)).get("text")
        if text is not None and _is_text(text) and text.value.strip():
            yield Found("answer", name, text.value, path, text.start_mark.line + 1)


def _fields(node: Node | None) -> dict[str, Node]:
    if not isinstance(node, MappingNode):
        return {}
    return {key.value: value for key, value in node.value if _is_text(key)}


def _is_text(node: Node) -> bool:
    return isinstance(node, ScalarNode)


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.value in {"", "null", "~"}


def _error(problem: str, node: Node, path: Path) -> TrainingDataError:
    return TrainingDataError(problem, path, node.start_mark.line + 1)
