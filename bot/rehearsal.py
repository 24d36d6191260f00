"""What would the assistant do about a message, said first in a conversation?

Whoever says it first is answered in the language of the message itself.

The very turn that a customer would get, with a model that is asked elsewhere: no
process that serves loads a candidate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.assistants import Assistants
from bot.trainer import Said
from bot.turn import Heard, Turn, take_turn
from flows.stack import State
from intents.comparison import Readings
from intents.parse import Parse
from intents.rejection import OUT_OF_SCOPE_INTENT

#: Whoever is no customer: no ticket and no order is found to be theirs.
NOBODY = "nobody"
#: What a person is fetched for, however sure of it we are.
TO_A_PERSON = frozenset([OUT_OF_SCOPE_INTENT, "contact_human_agent"])


@dataclass(frozen=True)
class ReadElsewhere:
    """A model as a turn needs it, of texts that another process has read."""

    thresholds: Mapping[str, float]
    lenient_thresholds: Mapping[str, float]
    parses: Mapping[str, Parse]

    def classify(self, text: str, language: str = "en") -> Parse:
        """Return what the other process made of a text."""
        return self.parses[text]


@dataclass(frozen=True)
class AllReadElsewhere:
    """The models of all languages, of texts that another process has read."""

    found: Readings
    parses: Mapping[str, Parse]

    def of(self, language: str) -> ReadElsewhere:
        """Return the model of a language, or else that of the shop's own."""
        held = self.found["held"]
        one = held.get(language) or next(iter(held.values()))
        return ReadElsewhere(**one, parses=self.parses)


@dataclass(frozen=True, kw_only=True)
class Meant:
    """What would be done about a message; an intent only if it is acted upon."""

    #: answer, offer, person or unread.
    outcome: str
    intent: str | None = None


def with_readings(
    assistants: Assistants, texts: Sequence[str], found: Readings
) -> Assistants:
    """Return the assistant as it would be with the models that read the texts."""
    parses = dict(zip(texts, found["parses"], strict=True))
    return replace(assistants, models=AllReadElsewhere(found, parses))


def in_languages(texts: Sequence[str], assistants: Assistants) -> list[Said]:
    """Return each text with the language in which it will be read."""
    return [(text, assistants.reading(text).reading) for text in texts]


def rehearse(text: str, assistants: Assistants, now: datetime) -> Turn:
    """Return the turn that a customer would get who says *text* first."""
    heard = Heard(event_id=1, kind="text", text=text)
    assistant = assistants.hearing(heard).assistant
    return take_turn(
        heard, State(), (), assistant, psid=NOBODY, now=now, disclose=False
    )


def meant(turn: Turn) -> Meant:
    """Return what a turn took its message for."""
    trace = turn.trace
    intent = trace["parse"]["intent"]["name"]
    match trace["command"], trace["rule"]:
        case {"name": "HumanHandoff"}, _:
            return Meant(outcome="person")
        case _, "guesses":
            return Meant(outcome="offer")
        case _, "unreadable":
            return Meant(outcome="unread")
        case {"name": "StartFlow", "flow": flow}, "bare_number":
            return Meant(outcome="answer", intent=flow)
    if intent in TO_A_PERSON:
        return Meant(outcome="person")
    return Meant(outcome="answer", intent=intent)


def holds(found: Meant, intent: str | None) -> bool:
    """Return whether a pin on *intent* holds where this is what is meant."""
    if intent is None or intent in TO_A_PERSON:
        return found.outcome == "person"
    return found.intent == intent
