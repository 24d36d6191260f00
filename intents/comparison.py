"""What a model makes of many texts, for another process to act on."""

from collections.abc import Iterable
from typing import TypedDict

from intents.classifier import Model
from intents.parse import Parse


class Readings(TypedDict):
    """What one model makes of each text, and what it is held against."""

    thresholds: dict[str, float]
    lenient_thresholds: dict[str, float]
    parses: list[Parse]


def readings(model: Model, texts: Iterable[str]) -> Readings:
    """Return the parse of each text, in order."""
    return Readings(
        thresholds=model.thresholds,
        lenient_thresholds=model.lenient_thresholds,
        parses=[model.classify(text, model.language) for text in texts],
    )
