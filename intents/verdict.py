"""What one message would come to: the line ``frontdesk classify`` prints."""

from typing import TypedDict

from intents.classifier import Model
from intents.rejection import Outcome, decide

MOST_CHOICES = 3


class Verdict(TypedDict):
    """A message, what it was taken for, and what would be done."""

    text: str
    language: str
    intent: str | None
    confidence: float
    outcome: Outcome
    #: What would be offered; empty unless the outcome is ``offer``.
    choices: list[str]


def verdict(model: Model, text: str, language: str = "en") -> Verdict:
    """Return what *text* would come to, alone and without a conversation."""
    parse = model.classify(text, language)
    outcome = decide(parse, model.thresholds)
    ranked = [one["name"] for one in parse["intent_ranking"][:MOST_CHOICES]]
    return Verdict(
        text=text,
        language=language,
        intent=parse["intent"]["name"],
        confidence=parse["intent"]["confidence"],
        outcome=outcome,
        choices=[name for name in ranked if name] if outcome == "offer" else [],
    )
