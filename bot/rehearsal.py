"""What would the assistant do about a message, said first in a conversation?

Whoever says it first is answered in the language of the message itself.

It is the very turn that a customer would get.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot import borders
from bot.assistants import Assistants
from bot.guard import NOBODY
from bot.guesses import PERSON
from bot.hours import Hours
from bot.trainer import Said
from bot.turn import ALWAYS, Heard, Turn, take_turn
from flows.stack import State
from intents.rejection import OUT_OF_SCOPE_INTENT

#: What a person is fetched for, however sure of it we are.
TO_A_PERSON = frozenset([OUT_OF_SCOPE_INTENT, PERSON])
#: What must be heard, whatever else is taught.
WISHES = frozenset([PERSON, "cancel", "stop"])


@dataclass(frozen=True, kw_only=True)
class Meant:
    """What would be done about a message; an intent only if it is acted upon."""

    #: answer, offer, person or unread.
    outcome: str
    intent: str | None = None
    #: What the customer gets who wants no answer: a person, no flow, no messages.
    wish: str | None = field(default=None, compare=False)
    #: What an offer lets them choose from.
    offered: tuple[str, ...] = field(default=(), compare=False)


def in_languages(texts: Sequence[str], assistants: Assistants) -> list[Said]:
    """Return all that may be read of each text, with the language it is read in."""
    read = {text: assistants.reading(text).reading for text in texts}
    return [
        (part, language)
        for text, language in read.items()
        for part in borders.readable(text)
    ]


def rehearse(
    text: str, assistants: Assistants, now: datetime, hours: Hours = ALWAYS
) -> Turn:
    """Return the turn that a customer would get who says *text* first."""
    heard = Heard(event_id=1, kind="text", text=text)
    assistant = assistants.hearing(heard).assistant
    return take_turn(
        heard,
        State(),
        (),
        assistant,
        psid=NOBODY,
        now=now,
        disclose=False,
        hours=hours,
    )


def meant(turn: Turn) -> Meant:
    """Return what a turn took its message for."""
    trace = turn.trace
    intent = trace["parse"]["intent"]["name"]
    match trace["command"], trace["rule"]:
        case {"name": "HumanHandoff"}, _:
            asked = PERSON if trace["handoff"] == "asked" else None
            return Meant(outcome="person", wish=asked)
        case ({"name": "Clarify"}, _) | (_, "too_short"):
            choices = (one.get("intent") for one in trace["offer"])
            return Meant(outcome="offer", offered=tuple(filter(None, choices)))
        case _, "unreadable":
            return Meant(outcome="unread")
        case {
            "name": "StartFlow",
            "flow": flow,
        }, "bare_number" | "named" | "names_product" | "numbered":
            return Meant(outcome="answer", intent=flow)
    if trace["command"].get("flow") == PERSON:
        intent = PERSON  # asked for in so many words, whatever else it is about
    if intent in TO_A_PERSON:
        return Meant(outcome="person", wish=intent if intent == PERSON else None)
    wish = intent if intent in WISHES else None
    return Meant(outcome="answer", intent=intent, wish=wish)


def holds(found: Meant, intent: str | None) -> bool:
    """Return whether a pin on *intent* holds where this is what is meant."""
    if intent is None or intent in TO_A_PERSON:
        return found.outcome == "person"
    return found.intent == intent
