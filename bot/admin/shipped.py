"""The responses of the flows, in the groups of their file, with what was changed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.content import COMPLETE, DATA, PREFIX
from bot.messenger.limits import length
from bot.saying import response_and_number
from bot.tongue import _, english
from bot.web import figures
from flows.responses import Responses, SlotIs, Variation

OWN = english("Your own")
#: The groups of our file, as it heads them; its other comments are notes in them.
HEADINGS = (
    english("The first words of a conversation"),
    english("Small talk"),
    english("What goals are called where customers choose"),
    english("Orders"),
    english("Payments, codes, items"),
    english("Events and tickets"),
    english("In any flow"),
    english("Fetching a person"),
)

LONGEST_TITLE = 60  # characters
_GROUP = re.compile(r"  # (.+)")
_NAME = re.compile(r"  (\w\S*):\s*")
_BRACES = re.compile(r"\{\{|\}\}|\{([A-Za-z_][\w.]*)\}")


@dataclass(frozen=True, kw_only=True)
class Wording:
    """One way to say a response: as it came, and as it reads now."""

    key: str
    #: The response that it is one way to say.
    name: str
    group: str
    said: Mapping[str, Any]
    shipped: str
    text: str
    when: str | None
    of: int

    @property
    def title(self) -> str:
        """Return by which words one knows it: those that it begins with."""
        text = " ".join(self.text.split())
        return (
            text if len(text) <= LONGEST_TITLE else f"{text[:LONGEST_TITLE].rstrip()}…"
        )

    @property
    def is_changed(self) -> bool:
        """Return whether an editor changed it."""
        return self.text != self.shipped

    def framed(self, text: str) -> str:
        """Return *text* with the blank lines around it that the shipped one has.

        They join it to other texts, and no form keeps them.
        """
        bare = self.shipped.strip()
        before, _, after = self.shipped.partition(bare)
        return before + text.strip() + after

    @property
    def places(self) -> list[str]:
        """Return the names that are filled in, in the order of the text."""
        return placeholders(self.shipped)


def placeholders(text: str) -> list[str]:
    """Return the ``{names}`` in a text, each once."""
    found = (match[1] for match in _BRACES.finditer(text))
    return list(dict.fromkeys(name for name in found if name))


def cut(text: str) -> Iterator[tuple[str, bool]]:
    """Yield *text* in pieces, and of each whether it is a ``{name}`` to fill in."""
    end = 0
    for match in _BRACES.finditer(text):
        if match[1]:
            yield text[end : match.start()], False
            yield match[0], True
            end = match.end()
    yield text[end:], False


def wordings(responses: Responses, edits: Mapping[str, str]) -> list[Wording]:
    """Return all that flows say in words, in the order of the file."""
    groups = _groups()
    order = {name: place for place, name in enumerate(groups)}
    names = sorted(
        (name for name in responses.by_name if not name.startswith(f"utter_{PREFIX}")),
        key=lambda name: order.get(name, len(order)),
    )
    return [
        wording
        for name in names
        for wording in _of(name, responses.by_name[name], groups, edits)
    ]


def find(responses: Responses, edits: Mapping[str, str], key: str) -> Wording | None:
    """Return one of them."""
    name, number = response_and_number(key)
    if name not in responses.by_name or key != _key(name, number):
        return None
    known = wordings(Responses({name: responses.by_name[name]}), edits)
    return next((wording for wording in known if wording.key == key), None)


def problem(wording: Wording, text: str, most: int) -> str | None:
    """Return why a wording can't be saved."""
    if not text.strip():
        return _("Write something, or restore the text that came with Frontdesk.")
    if (over := length(text) - most) > 0:
        return _(
            "Messenger takes %(most)s characters: shorten it by %(over)s.",
            most=figures.number(most),
            over=figures.number(over),
        )
    given, wanted = set(placeholders(text)), set(wording.places)
    if missing := [f"{{{name}}}" for name in wording.places if name not in given]:
        return _(
            "Keep %(places)s: it is filled in when this is said.",
            places=figures.listed(missing),
        )
    if unknown := [f"{{{name}}}" for name in placeholders(text) if name not in wanted]:
        return _(
            "There is nothing to fill in for %(places)s. Leave it out.",
            places=figures.listed(unknown),
        )
    return None


def _of(
    name: str,
    variations: tuple[Variation, ...],
    groups: Mapping[str, str],
    edits: Mapping[str, str],
) -> Iterator[Wording]:
    for number, variation in enumerate(variations):
        shipped = variation.said.get("text")
        if not shipped:
            continue
        key = _key(name, number)
        yield Wording(
            key=key,
            name=name,
            group=groups.get(name, OWN),
            said=variation.said,
            shipped=shipped,
            text=edits.get(key, shipped),
            when=_when(variation),
            of=len(variations),
        )


def _key(name: str, number: int) -> str:
    return f"{name}#{number}" if number else name


def _when(variation: Variation) -> str | None:
    """Return when a variation is said, if not always."""
    if not variation.conditions:
        return None
    told = [
        f"{condition.name.replace('_', ' ')} is {condition.value}"
        for condition in variation.conditions
        if isinstance(condition, SlotIs)
    ]
    return figures.listed(told) or _("a condition of the flow holds")


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, str]:
    """Return the heading under which each response stands in our file."""
    path = DATA / "responses" / f"{COMPLETE}.yml"
    heading, found = OWN, {}
    for line in path.read_text(encoding="utf-8").splitlines():
        comment = _GROUP.fullmatch(line)
        if comment and comment[1] in HEADINGS:
            heading = comment[1]
        elif name := _NAME.fullmatch(line):
            found[name[1]] = heading
    return found
