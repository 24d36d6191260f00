"""What a model makes of many texts, for another process to act on."""

from collections.abc import Iterable
from typing import TypedDict

from intents.parse import Parse
from intents.polyglot import Polyglot


class Held(TypedDict):
    """What the readings of one language are held against."""

    thresholds: dict[str, float]
    lenient_thresholds: dict[str, float]


class Readings(TypedDict):
    """What the models make of each text, and what that is held against."""

    held: dict[str, Held]
    parses: list[Parse]


def readings(models: Polyglot, texts: Iterable[tuple[str, str]]) -> Readings:
    """Return the parse of each text, read in its language, in order."""
    return Readings(
        held={
            language: Held(
                thresholds=model.thresholds,
                lenient_thresholds=model.lenient_thresholds,
            )
            for language, model in models.parts.items()
        },
        parses=[
            models.of(language).classify(text, language) for text, language in texts
        ],
    )
