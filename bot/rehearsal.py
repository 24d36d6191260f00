"""What would the assistant do about a message, or about one after the other?

Whoever says it first is answered in the language of the message itself.

These are the very turns that a customer would get.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from rasa_sdk.events import EventType

from bot import borders
from bot.assistants import Assistants
from bot.guard import NOBODY
from bot.guesses import PERSON
from bot.hours import Hours
from bot.replies import Payload, Reply
from bot.situation import Attendant
from bot.trainer import Said
from bot.turn import ALWAYS, Heard, Turn, take_turn
from flows.stack import State
from intents.rejection import OUT_OF_SCOPE_INTENT

#: What a person is fetched for, however sure of it we are.
TO_A_PERSON = frozenset([OUT_OF_SCOPE_INTENT, PERSON])
#: What must be heard, whatever else is taught.
WISHES = frozenset([PERSON, "cancel", "stop"])
#: Between what is done and what is done next: they read the answer before they go on,
#: and so no message is a piece of the one before.
PACE = timedelta(seconds=20)


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
    return Rehearsal(began=now).after(Move(text=text), assistants, hours).turns[-1]


@dataclass(frozen=True, kw_only=True)
class Move:
    """What a customer does: they write a text, or tap what is offered."""

    #: Of a tap, its title.
    text: str
    #: Of a tap; None where words were written.
    payload: str | None = None


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    """A conversation that nobody has, as far as it has gone; immutable."""

    began: datetime
    turns: tuple[Turn, ...] = ()
    state: State = State()
    #: The language that its customer is known to write.
    language: str = ""
    events: tuple[EventType, ...] = ()
    #: Whether a person was fetched, who never comes here.
    waits: bool = False

    def after(
        self, move: Move, assistants: Assistants, hours: Hours = ALWAYS
    ) -> "Rehearsal":
        """Return the same, one turn further."""
        heard, now = self._heard(move), self.began + PACE * len(self.turns)
        spoken = assistants.hearing(heard, self.language)
        turn = take_turn(
            heard,
            # As it is kept between two turns of a customer.
            State.from_json(self.state.to_json()),
            self.events,
            spoken.assistant,
            psid=NOBODY,
            now=now,
            disclose=False,
            attendant=self._attendant(hours, now),
            hours=hours,
        )
        return replace(
            self,
            turns=(*self.turns, turn),
            state=turn.state,
            language=spoken.language,
            events=(*self.events, *turn.events),
            waits=_waits(turn, so_far=self.waits),
        )

    def _heard(self, move: Move) -> Heard:
        """Return what was done as a turn takes it.

        A tap is one on what was offered here under its title: under the same payload
        another assistant may have offered something else. Where nothing was, its
        title counts as words, as in Messenger.
        """
        event_id = len(self.turns) + 1
        if move.payload is None:
            return Heard(event_id=event_id, kind="text", text=move.text)
        offers = (one for turn in reversed(self.turns) for one in _offers(turn))
        named = [one["payload"] for one in offers if one["title"] == move.text]
        payload = move.payload if move.payload in named else next(iter(named), None)
        return Heard(event_id=event_id, kind="tap", text=move.text, payload=payload)

    def _attendant(self, hours: Hours, now: datetime) -> Attendant:
        if not self.waits:
            return "assistant"
        return "nobody_yet" if hours.is_open(now) else "after_hours"


def tappable(reply: Reply) -> list[Payload]:
    """Return what can be tapped on a message and comes back to us, cards included."""
    payload = reply.message.get("attachment", {}).get("payload", {})
    cards = [payload, *payload.get("elements", ())]
    buttons = (one for card in cards for one in card.get("buttons", ()))
    taps = [one for one in buttons if one["type"] == "postback"]
    return [*taps, *reply.message.get("quick_replies", ())]


def _offers(turn: Turn) -> Iterator[Payload]:
    for reply in turn.replies:
        yield from tappable(reply)


def _waits(turn: Turn, *, so_far: bool) -> bool:
    if any(event["event"] == "handoff_withdrawn" for event in turn.events):
        return False
    return so_far or turn.handoff is not None


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


def surely_meant(turn: Turn) -> Meant:
    """Return what a turn took its message for, where no more than likely is a guess.

    A goal that is far ahead of the rest is begun, and may be another's for all that.
    """
    found = meant(turn)
    guessed = turn.trace["rule"] == "far_ahead" and found.intent is not None
    return Meant(outcome="offer", offered=(str(found.intent),)) if guessed else found


def holds(found: Meant, intent: str | None) -> bool:
    """Return whether a pin on *intent* holds where this is what is meant."""
    if intent is None or intent in TO_A_PERSON:
        return found.outcome == "person"
    return found.intent == intent
