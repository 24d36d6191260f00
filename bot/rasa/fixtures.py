"""The slots that end-to-end test cases find set: their fixtures, by name.

https://rasa.com/docs/reference/testing/test-cases-format
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.rasa.project import Document, line_of
from bot.rasa.report import ProjectError
from flows.files import nearest

KEY = "fixtures"


@dataclass(frozen=True, kw_only=True)
class Fixture:
    """What one sets, and in which line each slot stands."""

    file: str
    slots: Mapping[str, Any]
    lines: Mapping[str, int]


class FixtureError(Exception):
    """A case names what is not there; says what, and where: a file and a line."""

    def __init__(self, file: str, line: int, why: str) -> None:
        super().__init__(why)
        self.file, self.line = file, line


def read(documents: Sequence[Document]) -> dict[str, Fixture]:
    """Return the fixtures of all documents, by name, or raise ProjectError.

    As in Rasa a case may use those of any file.
    """
    found: dict[str, Fixture] = {}
    for document in documents:
        items = document.contents.get(KEY) or []
        if not isinstance(items, list):
            raise _shapeless(document, document.line(KEY))
        for place, item in enumerate(items):
            found.update(_fixtures(document, item, line_of(items, place)))
    return found


def _fixtures(document: Document, item: Any, line: int) -> dict[str, Fixture]:
    found = {}
    for name, slots in item.items() if isinstance(item, dict) else [("", None)]:
        if not isinstance(slots, list) or not all(isinstance(o, dict) for o in slots):
            raise _shapeless(document, line)
        found[str(name)] = Fixture(
            file=document.path,
            slots={str(slot): one[slot] for one in slots for slot in one},
            lines={str(slot): line_of(one, slot) for one in slots for slot in one},
        )
    return found


def _shapeless(document: Document, line: int) -> ProjectError:
    return ProjectError(
        f"{document.path}:{line}: write fixtures as names, each with a list of slots: "
        "- premium: [{membership: premium}]"
    )


def known(
    case: Mapping[str, Any],
    document: Document,
    fixtures: Mapping[str, Fixture],
    slots: Collection[str],
) -> dict[str, Any]:
    """Return what a case finds set, or raise FixtureError."""
    names = case.get(KEY) or []
    listed = names if isinstance(names, list) else [names]
    found: dict[str, Any] = {}
    for place, name in enumerate(map(str, listed)):
        if name not in fixtures:
            inside = names if isinstance(names, list) else case
            key = place if isinstance(names, list) else KEY
            why = f"there is no fixture '{name}'{nearest(name, fixtures)}"
            raise FixtureError(document.path, line_of(inside, key), why)
        _refuse_unknown(name, fixtures[name], slots)
        found.update(fixtures[name].slots)
    return found


def _refuse_unknown(name: str, fixture: Fixture, slots: Collection[str]) -> None:
    for slot, line in fixture.lines.items():
        if slot not in slots:
            raise FixtureError(
                fixture.file,
                line,
                f"fixture '{name}' sets '{slot}', which is no slot of the project"
                f"{nearest(slot, slots)}",
            )
