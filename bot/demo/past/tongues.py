"""What the past customers wrote, by language and topic: data/demo/past read."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.content import DATA
from bot.store.people import Role

FOLDER = DATA / "demo" / "past"
LANGUAGES = ("en", "es", "ar")


@dataclass(frozen=True, kw_only=True)
class Topic:
    """Something customers ask, in many words, and what they are told."""

    name: str
    #: What the assistant takes it for; None if it is nothing that it knows.
    intent: str | None = None
    title: str | None = None
    answer: str | None = None
    label: str | None = None
    #: Wordings that were understood, that were asked back, that were not understood.
    known: Sequence[str] = ()
    unsure: Sequence[str] = ()
    unknown: Sequence[str] = ()
    #: Wordings that were taken for something else, and for what.
    mistaken: Mapping[str, str] = field(default_factory=dict)
    #: What a colleague says, and to which wordings only this.
    person: Sequence[str] = ()
    pairs: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_flow(self) -> bool:
        """Return whether it is a goal, and no question of the FAQ."""
        return self.intent is not None and "/" not in self.intent


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """All that is said in one language, but for what stands in the content."""

    language: str
    locale: str
    first: Sequence[str]
    last: Sequence[str]
    openers: Sequence[str]
    closers: Sequence[str]
    thanks: Sequence[str]
    greetings: Sequence[str]
    endings: Sequence[str]
    late: Sequence[str]
    complaints: Sequence[str]
    #: What customers wrote who had found it bad, and what they were told.
    disappointed: Sequence[str]
    apologies: Sequence[str]
    notes: Sequence[str]
    said: Mapping[str, str]
    topics: Sequence[Topic]


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody who answered, and in which languages."""

    login: str
    name: str
    role: Role
    languages: Sequence[str]
    #: A visitor of the demo sees the inbox as theirs.
    visited: bool = False


@dataclass(frozen=True, kw_only=True)
class Pinned:
    """A phrase that somebody pinned to an intent; to none: it must reach a person."""

    text: str
    language: str
    by: str
    intent: str | None = None


@dataclass(frozen=True, kw_only=True)
class AtHand:
    """A canned reply; without a language it goes with every one."""

    code: str
    text: str
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who answered, what was said, and what they keep at hand: all of the files."""

    staff: Sequence[Member]
    labels: Mapping[str, str]
    canned: Sequence[AtHand]
    pins: Sequence[Pinned]
    tongues: Sequence[Tongue]


def load(folder: Path = FOLDER) -> Cast:
    """Return what the files say."""
    people, desk = _read(folder / "people.toml"), _read(folder / "desk.toml")
    return Cast(
        staff=[Member(**{**one, "role": Role(one["role"])}) for one in people["staff"]],
        labels=people["labels"],
        canned=[AtHand(**one) for one in desk["canned"]],
        pins=[Pinned(**one) for one in desk["pins"]],
        tongues=[_tongue(_read(folder / f"{name}.toml")) for name in LANGUAGES],
    )


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _tongue(found: dict[str, Any]) -> Tongue:
    topics = found.pop("topics")
    names = {name: found.pop(name).split() for name in ("first", "last")}
    said = found.pop("said", {})
    plain = {name: found.pop(name) for name in ("language", "locale")}
    return Tongue(
        **plain,
        **names,
        said=said,
        topics=[_topic(name, topic) for name, topic in topics.items()],
        **{name: lines.splitlines() for name, lines in found.items()},
    )


def _topic(name: str, found: dict[str, Any]) -> Topic:
    lists = ("known", "unsure", "unknown", "person")
    rows = {key: found.get(key, "").splitlines() for key in lists}
    rows["unknown"] += found.get("pairs", {})
    return Topic(name=name, **{**found, **rows})
