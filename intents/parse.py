"""What understanding hands on: Rasa's parse data, typed.

https://rasa.com/docs/rasa/action-server/sdk-tracker (``latest_message``)
"""

from typing import NotRequired, TypedDict


class Intent(TypedDict):
    """What the customer may want, and the chance that it is so.

    *name* is None when nothing of the message is known, as in Rasa.
    """

    name: str | None
    confidence: float


class Entity(TypedDict):
    """A value found in the text, at ``text[start:end]``, in canonical spelling."""

    entity: str
    start: int
    end: int
    value: str
    extractor: str
    processors: NotRequired[list[str]]


class Parse(TypedDict):
    """One message, understood."""

    text: str
    intent: Intent
    intent_ranking: list[Intent]
    entities: list[Entity]
    language: str
    #: The chance that what the customer wants is among the first three.
    among_three: NotRequired[float]
