"""How sure must we be of what a customer means? As of all, or surer of one intent."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, Protocol

from bot.reading import Reading
from bot.realised import Raised
from bot.situation import Situation


class Model(Protocol):
    """What a turn needs of a trained model (intents.classifier.Model is one)."""

    @property
    def thresholds(self) -> Mapping[str, float]:
        """Return from which confidence on to answer, and from which to offer."""

    @property
    def lenient_thresholds(self) -> Mapping[str, float]:
        """Return the same for what costs little when it is wrong."""

    def classify(self, text: str, language: str = "en") -> Any:
        """Return Rasa's parse data of a text."""


class ReadOnce:
    """A model for one turn, whose parts look at the same texts: each is read once."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._read: dict[tuple[str, str], Any] = {}

    @cached_property
    def thresholds(self) -> Mapping[str, float]:
        """Return those of the model."""
        return self._model.thresholds

    @cached_property
    def lenient_thresholds(self) -> Mapping[str, float]:
        """Return those of the model."""
        return self._model.lenient_thresholds

    def classify(self, text: str, language: str = "en") -> Any:
        """Return Rasa's parse data of a text; whoever changes it copies it before."""
        key = text, language
        if key not in self._read:
            self._read[key] = self._model.classify(text, language)
        return self._read[key]


def thresholds(reading: Reading, model: Model) -> Mapping[str, float]:
    """Return what to hold the reading against.

    A goal begins with a question, which a customer who wants something else just
    does not answer. A wrong answer of the FAQ is believed.
    """
    intent = reading.parse["intent"]["name"] or ""
    return model.thresholds if "/" in intent else model.lenient_thresholds


def held(
    here: Situation, usual: Mapping[str, float], raised: Mapping[str, Raised]
) -> Situation:
    """Return it held against the usual thresholds, or a higher one of its intent."""
    higher = raised.get(here.intent)
    if higher is None or higher.threshold <= usual["answer"]:
        return replace(here, thresholds=usual, raised=None)
    told = {"since": higher.since.isoformat(), "usual": usual["answer"]}
    return replace(here, thresholds={**usual, "answer": higher.threshold}, raised=told)
