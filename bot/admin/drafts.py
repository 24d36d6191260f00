"""The list of the FAQ: what is live, what waits to be read, what was deleted."""

from collections.abc import Iterator, Sequence
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
    return _all_in("\n".join([entry.question, *texts]), words)


@dataclass(frozen=True, kw_only=True)
class Hit:
    """What of an entry a search found, where that is not what the list shows."""

    text: str
    #: Its language if it is a title or an answer; a phrasing has none here.
    language: str = ""


def hit(entry: Version, search: str, shown: Sequence[str], own: str) -> Hit | None:
    """Return what a search found beside what is *shown*: all its words, or one."""
    words = search.casefold().split()
    if not words or _all_in("\n".join(shown), words):
        return None
    looked_at = [*_hits(entry, own)]
    whole = (one for one in looked_at if _all_in(one.text, words))
    part = (one for one in looked_at if _any_in(one.text, words, shown))
    return next(whole, None) or next(part, None)


def _hits(entry: Version, own: str) -> Iterator[Hit]:
    """Yield all that a search looks at, titles first."""
    for language, text in {own: entry.question, **entry.titles}.items():
        yield Hit(text=text, language=language)
    for text in entry.phrasings:
        yield Hit(text=text)
    for language, text in entry.answers.items():
        yield Hit(text=text, language=language)


def _all_in(text: str, words: Sequence[str]) -> bool:
    return all(word in text.casefold() for word in words)


def _any_in(text: str, words: Sequence[str], shown: Sequence[str]) -> bool:
    """Whether a text has a word of the search that is not shown anyway."""
    hidden = [word for word in words if not _all_in("\n".join(shown), [word])]
    return any(word in text.casefold() for word in hidden)


def gone(known: Sequence[Version], name: str | None) -> Version | None:
    """Return what was deleted just now, for whoever did not mean to."""
    return next((one for one in known if one.name == name and one.deleted_at), None)
