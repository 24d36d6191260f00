"""Entities marked in an example: ``where is [48213](order_number)``.

Rasa's grammar: ``[text](entity)``, ``[text](entity:value)``, ``[text]{json}`` and
``[text][{json}, {json}]``, the JSON with ``entity``, ``value``, ``role``, ``group``.
https://rasa.com/docs/rasa/training-data-format#entities
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_MARKED = re.compile(
    r"\[(?P<text>[^\]]+?)\]"
    r"(?:\((?P<entity>[^:)]+?)(?::(?P<value>[^)]+))?\)"
    r"|(?P<one>\{[^}]+?\})"
    # A bracket inside a string of the JSON ends no list. What has a string that never
    # ends is no JSON, and is told so.
    r"|\[(?P<many>\{(?:[^\]\"]|\"(?:[^\"\\]|\\.)*+\")*\}|\{[^\]]*\})\])"
)


class AnnotationError(ValueError):
    """An entity is marked in a way that can't be read."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One entity marked in an example."""

    text: str
    entity: str
    value: str


def read(example: str) -> tuple[str, tuple[Marked, ...]]:
    """Return the example as a customer would write it, and what was marked."""
    marked = tuple(
        one for match in _MARKED.finditer(example) for one in _entities(match)
    )
    return _MARKED.sub(r"\g<text>", example), marked


def _entities(match: re.Match[str]) -> Iterator[Marked]:
    text = match["text"]
    if match["entity"]:
        yield Marked(text, match["entity"].strip(), match["value"] or text)
        return
    for entity in _objects(match["one"] or match["many"]):
        if not isinstance(entity, dict) or not isinstance(entity.get("entity"), str):
            raise AnnotationError(
                f"the entity marked on [{text}] has no name; "
                f'write [{text}]{{"entity": "its name"}}'
            )
        yield Marked(text, entity["entity"], str(entity.get("value", text)))


def _objects(source: str) -> list[Any]:
    try:
        found: list[Any] = json.loads(f"[{source}]")
    except json.JSONDecodeError as error:
        raise AnnotationError(
            f"the entity marked as {source} is not JSON ({error.msg}); "
            'write {"entity": "name", "value": "value"}'
        ) from None
    return found
