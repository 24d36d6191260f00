"""What two models make of the same texts, as a turn would act on it."""

from collections.abc import Iterable

from intents.classifier import Model
from intents.rejection import Outcome, decide


def judged(model: Model, texts: Iterable[str]) -> list[tuple[str | None, Outcome]]:
    """Return the intent of each text, and what would be done about it.

    A goal begins with a question, so it is held against the lower thresholds; an
    answer of the FAQ is believed, and held against the model's own.
    """
    return [_judged(model, text) for text in texts]


def _judged(model: Model, text: str) -> tuple[str | None, Outcome]:
    parse = model.classify(text, model.language)
    intent = parse["intent"]["name"]
    own = "/" in (intent or "")
    thresholds = model.thresholds if own else model.lenient_thresholds
    return intent, decide(parse, thresholds)
