"""The phrases that are pinned as Frontdesk comes: `data/pins.yml`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from flows.files import DataError, Source, nearest


@dataclass(frozen=True)
class Pinned:
    """A phrase, its language, and the intent that it must mean."""

    text: str
    language: str
    intent: str


def load(source: Source, known: Collection[str]) -> tuple[Pinned, ...]:
    """Return the phrases of a file; their intents must be *known*."""
    found: list[Pinned] = []
    problems = []
    for intent, languages in source.section("pins").items():
        where = f"{source.name}: pins of '{intent}'"
        if intent not in known:
            near = nearest(intent, known)
            problems.append(f"{where}: there is no such intent{near}")
        elif not isinstance(languages, dict):
            problems.append(f"{where}: write languages, each with a list of phrases")
        else:
            found += _pinned(intent, languages)
    if problems:
        raise DataError(problems)
    return tuple(found)


def _pinned(intent: str, languages: dict[str, Any]) -> Sequence[Pinned]:
    return [
        Pinned(str(text), str(language), intent)
        for language, texts in languages.items()
        for text in texts or ()
    ]
