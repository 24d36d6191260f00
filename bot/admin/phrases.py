"""Under which question does a phrasing stand already? No two may share one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot import tongue
from bot.admin import telling
from bot.content import PREFIX
from bot.store.faq import Version
from bot.tongue import _
from intents import examples
from intents.rejection import OUT_OF_SCOPE_INTENT
from intents.text import as_said


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a phrasing stands: a title, and the name of its entry if it is one."""

    title: str
    #: Its entry if it is one, and its intent.
    entry: str | None = None
    intent: str = ""
    #: Whether somebody taught it from a message: that can be taken back.
    is_lesson: bool = False


def alike(phrase: str) -> str:
    """Return what two phrasings share that the assistant can't tell apart."""
    return as_said(phrase)


def once(lines: Iterable[str]) -> tuple[str, ...]:
    """Return *lines* without those that are like one before them."""
    first: dict[str, str] = {}
    for line in filter(None, lines):
        first.setdefault(alike(line) or line, line)
    return tuple(first.values())


def taken(
    others: Iterable[Version],
    lessons: Mapping[str, str],
    built_in: Sequence[Path],
) -> Mapping[str, Place]:
    """Return where each phrasing stands, by what makes it alike to others."""
    places = {
        phrase: Place(
            title=other.title(tongue.spoken()),
            entry=other.name,
            intent=PREFIX + other.name,
        )
        for other in others
        for phrase in _all_alike(tuple(other.phrasings))
    }
    for phrase, intent in lessons.items():
        places[alike(phrase)] = Place(
            title=titled(intent), intent=intent, is_lesson=True
        )
    for phrase, intent in _built_in(tuple(built_in)).items():
        places[phrase] = Place(title=titled(intent), intent=intent)
    return places


def titled(intent: str) -> str:
    """Return what an intent is called on a page, also what is for nobody here."""
    return _("Not for us") if intent == OUT_OF_SCOPE_INTENT else telling.called(intent)


def clashes(
    phrasings: Iterable[str], places: Mapping[str, Place]
) -> Iterator[tuple[str, Place]]:
    """Yield each phrasing that stands elsewhere, and where."""
    for phrase in phrasings:
        place = places.get(alike(phrase))
        if place is not None:
            yield phrase, place


@lru_cache(maxsize=256)
def _all_alike(phrasings: tuple[str, ...]) -> tuple[str, ...]:
    """Return what makes an entry's phrasings alike to others: most stay as they were.

    Those that ship are 15,000: to read them all took 0.3 s of each saving of one.
    """
    return tuple(map(alike, phrasings))


@lru_cache(maxsize=4)
def _built_in(paths: tuple[Path, ...]) -> Mapping[str, str]:
    """Return the intent of each phrasing in files; they are read once."""
    found = examples.load(paths).examples
    return {alike(example.text): example.intent for example in found}
