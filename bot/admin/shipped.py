"""The responses of the flows, in the groups of their file, with what was changed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot import saying
from bot.admin import conditions
from bot.content import COMPLETE, DATA, PREFIX
from bot.saying import response_and_number
from bot.store.wordings import Words
from bot.tongue import english
from flows.responses import Responses, Variation

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
    #: How it reads now, whole.
    now: Words
    #: When it is said, if not always: in words, and what these leave out as written.
    when: str | None
    condition: str
    of: int
    #: How many are said by turns where it is said, itself among them.
    turns: int = 1

    @property
    def text(self) -> str:
        """Return the text as it reads now."""
        return self.now.text

    @property
    def head(self) -> str:
        """Return what stands for all of it: its text, or else its cards and buttons."""
        return self.text.strip() or " · ".join(self.now.titles.values())

    @property
    def all_words(self) -> str:
        """Return all that it says, a line each: what a search looks through."""
        return "\n".join([self.text, *self.now.titles.values()])

    @property
    def came(self) -> Words:
        """Return how it read when it came with Frontdesk, whole."""
        return _whole(self.said, Words())

    @property
    def title(self) -> str:
        """Return by which words one knows it: those that it begins with."""
        text = " ".join(self.head.split())
        return (
            text if len(text) <= LONGEST_TITLE else f"{text[:LONGEST_TITLE].rstrip()}…"
        )

    @property
    def is_changed(self) -> bool:
        """Return whether an editor changed it."""
        return self.now != self.came

    def read(self, words: Words) -> Words:
        """Return how it reads, whole, with what these words change of it."""
        return _whole(self.said, words)

    def changed(self, whole: Words) -> Words:
        """Return what such words change of how it came; that alone is kept."""
        came = self.came
        return Words(
            text="" if whole.text == came.text else whole.text,
            titles={
                key: title
                for key, title in whole.titles.items()
                if title != came.titles[key]
            },
        )

    def framed(self, text: str) -> str:
        """Return *text* with the blank lines around it that the shipped one has.

        They join it to other texts, and no form keeps them.
        """
        bare = self.shipped.strip()
        if not bare:  # there are only cards
            return ""
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


def wordings(responses: Responses, edits: Mapping[str, Words]) -> list[Wording]:
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


def find(responses: Responses, edits: Mapping[str, Words], key: str) -> Wording | None:
    """Return one of them."""
    name, number = response_and_number(key)
    if name not in responses.by_name or key != _key(name, number):
        return None
    known = wordings(Responses({name: responses.by_name[name]}), edits)
    return next((wording for wording in known if wording.key == key), None)


def _of(
    name: str,
    variations: tuple[Variation, ...],
    groups: Mapping[str, str],
    edits: Mapping[str, Words],
) -> Iterator[Wording]:
    for number, variation in enumerate(variations):
        shipped = variation.said.get("text") or ""
        if not shipped and not saying.titled(variation.said):
            continue
        key = _key(name, number)
        yield Wording(
            key=key,
            name=name,
            group=groups.get(name, OWN),
            said=variation.said,
            shipped=shipped,
            now=_whole(variation.said, edits.get(key, Words())),
            when=conditions.told(variation.conditions or ()) or None,
            condition=conditions.codes(variation.conditions or ()),
            of=len(variations),
            turns=sum(_take_turns(variation, one) for one in variations),
        )


def _take_turns(one: Variation, other: Variation) -> bool:
    return (one.conditions, one.channel) == (other.conditions, other.channel)


def _whole(said: Mapping[str, Any], words: Words) -> Words:
    text = words.text or said.get("text") or ""
    return Words(text=text, titles=saying.titles(said, words))


def _key(name: str, number: int) -> str:
    return f"{name}#{number}" if number else name


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
