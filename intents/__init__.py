"""What the customer wants: text in, intent and entities out."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intents.classifier import Model
    from intents.parse import Parse


def classify(text: str, language: str = "en", *, model: "Model") -> "Parse":
    """Return what *text* means to *model*, as Rasa's parse data."""
    return model.classify(text, language)
