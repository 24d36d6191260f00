"""The list of the FAQ: what is live, what waits to be read, what was deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.store.faq import Version
from bot.tongue import english

CAME_WITH_US = english("came with Frontdesk")


class State(StrEnum):
    """What becomes of a question."""

    LIVE = "live"
    DRAFT = "draft"
    DELETED = "deleted"


@dataclass(frozen=True, kw_only=True)
class Listing:
    """The entries that were asked for, and how many there are of each state."""

    entries: Sequence[Version]
    counts: dict[str, int]
    #: Drafts that came with us and that nobody has looked at, in their order.
    unread: Sequence[str]


def state(version: Version) -> State:
    """Return what becomes of an entry."""
    if version.deleted_at is not None:
        return State.DELETED
    answered = version.live and any(version.answers.values())
    return State.LIVE if answered else State.DRAFT


def listing(entries: Sequence[Version], wanted: State | None, search: str) -> Listing:
    """Return the entries of a state, or all in use, in which *search* is found."""
    found = [
        entry
        for entry in entries
        if _is_of(entry, wanted) and _holds(entry, search.casefold().split())
    ]
    counts = {one.value: sum(state(e) is one for e in entries) for one in State}
    return Listing(entries=found, counts=counts, unread=unread(entries))


def missing(entry: Version, languages: Sequence[str]) -> list[str]:
    """Return the languages in which an entry has no answer."""
    return [one for one in languages if not entry.answers.get(one)]


def unread(entries: Sequence[Version]) -> list[str]:
    """Return the names of the drafts that are as they came with us."""
    return [
        entry.name
        for entry in entries
        if state(entry) is State.DRAFT and entry.note == CAME_WITH_US
    ]


def _is_of(entry: Version, wanted: State | None) -> bool:
    if wanted is None:
        return state(entry) is not State.DELETED
    return state(entry) is wanted


def _holds(entry: Version, words: list[str]) -> bool:
    texts = [*entry.titles.values(), *entry.phrasings, *entry.answers.values()]
    text = "\n".join([entry.question, *texts])
    return all(word in text.casefold() for word in words)


def gone(known: Sequence[Version], name: str | None) -> Version | None:
    """Return what was deleted just now, for whoever did not mean to."""
    return next((one for one in known if one.name == name and one.deleted_at), None)
