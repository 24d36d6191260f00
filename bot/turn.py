"""One turn of a conversation: what the customer did, in; what we say and remember, out.

Pure: it reads no clock, no table and no network, so the same turn can be played
again from its record.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, Literal, TypeAlias

from rasa_sdk.events import EventType, UserUttered

from bot import (
    again,
    at_hand,
    contents_asked,
    damaged,
    events_asked,
    follow_ups,
    fragments,
    memory,
    naming,
    prices_asked,
    products_asked,
    refused,
    several,
    speech,
    tickets_back,
    unchosen,
)
from bot.circumstances import circumstances
from bot.event_names import EventNames
from bot.held import Model, held, thresholds
from bot.hours import Hours
from bot.named import Place, also, place
from bot.prices_asked import Spoken
from bot.product_names import ProductNames
from bot.reading import Reading, parsed, read_tap, read_text
from bot.realised import Raised
from bot.replies import Reply
from bot.situation import PROMPTS, Attendant, Situation
from bot.summary import Brief, brief, summary
from bot.trace import Step, trace
from bot.unanswered import as_goals
from bot.voice import Voice
from flows.commands import Ignore, RepeatBotMessages
from flows.domain import Domain
from flows.editions import Editions
from flows.ports import HandoffReason, RunAction
from flows.record import Perform as Performer
from flows.responses import Responses
from flows.run import Outcome
from flows.stack import Frame, State, changes
from flows.steps import Flows

__all__ = ["Assistant", "Handoff", "Heard", "Model", "Reply", "Turn", "take_turn"]

Payload: TypeAlias = dict[str, Any]

WELCOME = "greet"
ALWAYS = Hours()
#: The rules by which a customer is asked to say it in words, or in others, once.
UNREAD = frozenset(["unreadable", "too_short", "was_misread"])


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One thing the customer did, or that they have done nothing for a while."""

    event_id: int
    kind: Literal[
        "text",
        "tap",
        "thumbs_up",
        "attachment",
        "referral",
        "silence",
        "satisfaction",
        "given_back",
    ]
    #: Typed text, or the title of what was tapped.
    text: str = ""
    #: Of a tap; None unless we offered exactly this payload.
    payload: str | None = None


@dataclass(frozen=True, kw_only=True)
class Handoff:
    """A person is needed: why, and what they should know."""

    reason: HandoffReason
    summary: str
    brief: Brief


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What came of one thing the customer did."""

    #: answered, asked, offered, handed_over, confirmed or silent.
    outcome: str = "silent"
    state: State
    events: tuple[EventType, ...]
    replies: tuple[Reply, ...]
    handoff: Handoff | None
    #: Why all this: JSON, for whoever asks later.
    trace: Payload = field(default_factory=dict)


@dataclass(frozen=True)
class Assistant:
    """All a turn needs; immutable, and swapped whole when an admin saves.

    It answers in the language of its responses, and may read another.
    """

    model: Model
    flows: Flows
    responses: Responses
    domain: Domain
    run_action: RunAction
    #: The language of its model.
    reading: str = "en"
    #: Flows as they were, for who is inside one.
    editions: Editions = Editions()
    #: Intents that are answered only from a higher confidence on.
    raised: Mapping[str, Raised] = field(default_factory=dict)
    #: When and where a text is read, for what it says of days; None: it is not asked.
    place: Place | None = None
    #: Of the events to come, which customers call by their names.
    names: EventNames = EventNames()
    #: Of the shop's products: what can be looked up.
    products: ProductNames = ProductNames()
    #: What the conversation was about, for who asks a price of nothing else.
    spoken: Spoken = Spoken()

    def inside(self, stack: Iterable[Frame]) -> "Assistant":
        """Return the same for who has this stack: its flows as they were begun."""
        flows = self.editions.begun(self.flows, stack)
        return self if flows is self.flows else replace(self, flows=flows)

    def classify(self, text: str) -> Any:
        """Return Rasa's parse data of a text, with the event or product it names."""
        wanted = self.domain.entities_wanted
        way: Any = {
            "language": self.reading,
            "answered": self.model.lenient_thresholds["answer"],
        }
        events = self.names if naming.EVENT in wanted else EventNames()
        parse = naming.read(text, self._classify, events, **way)
        if products_asked.PRODUCT in wanted:
            parse = products_asked.read(parse, self._classify, self.products, **way)
            parse = self._priced(parse)
        if tickets_back.GOAL in self.flows.by_id:
            parse = tickets_back.read(parse)
        parse = self._of_contents(self._of_all_events(parse))
        return also(parse, wanted, self.place)

    def looks_up(self) -> frozenset[str]:
        """Return the goals that are carried through, whatever the FAQ says of them."""
        known = self.products.products and products_asked.GOAL in self.flows.by_id
        return frozenset([products_asked.GOAL] if known else [])

    def _priced(self, parse: Payload) -> Payload:
        if prices_asked.GOAL not in self.flows.by_id:
            return parse
        strict, lenient = self.model.thresholds, self.model.lenient_thresholds
        return prices_asked.read(parse, self.products, strict, lenient, self.spoken)

    def _of_all_events(self, parse: Payload) -> Payload:
        if events_asked.WHICH not in self.flows.by_id:
            return parse
        return events_asked.read(parse, self.names, self.model.thresholds["answer"])

    def _of_contents(self, parse: Payload) -> Payload:
        known = contents_asked.GOAL in self.flows.by_id
        return contents_asked.read(parse) if known else parse

    def _classify(self, text: str) -> Any:
        parse = refused.read(text, lambda one: self.model.classify(one, self.reading))
        return damaged.read(parse) if damaged.GOAL in self.flows.by_id else parse


def take_turn(
    heard: Heard,
    state: State,
    history: Sequence[EventType],
    assistant: Assistant,
    *,
    psid: str,
    now: datetime,
    disclose: bool,
    attendant: Attendant = "assistant",
    hours: Hours = ALWAYS,
    country: str | None = None,
) -> Turn:
    """Understand what the customer did, let the flows answer, and say what came of it.

    *disclose* lets the first reply begin with the words that a program answers.
    Where a person is the *attendant*, nothing is said. *hours* are those in which
    people are there, *country* is the customer's.
    """
    where, remembered = place(now, hours.zone, country), memory.fresh(state, now)
    # Where no product is known nobody is told a price: nothing need be looked for.
    known = assistant.products.products
    spoken = _spoken(heard.text, remembered, history, now) if known else Spoken()
    assistant = replace(assistant.inside(state.stack), place=where, spoken=spoken)
    alone = replace(_situation(heard, remembered, assistant), attendant=attendant)
    part = partial(_part, alone, replace(assistant, spoken=Spoken(is_part=True)))
    here = fragments.joined(alone, history, now, part)
    did = _did(alone, here.reading, now)
    around = circumstances(now, hours, country)

    def perform(one: Situation) -> Performer:
        return _voice(one, assistant, psid, [*history, *did], around).perform

    strictly = partial(_strictly, assistant)
    steps = several.dealt_with(here, part, strictly, perform, now)
    steps = again.with_person(steps, history, perform, now)
    steps = unchosen.with_others(steps, here, perform, now)
    outcome, last = several.together(steps), steps[-1]
    said = speech.said(outcome, assistant.responses, hours, now)
    told = speech.disclosed(said, assistant.responses) if disclose else said
    after = _after(last, said, now)
    events = [*did, *outcome.events, *changes(state, after)]
    turn = Turn(
        state=after,
        events=tuple({**event, "timestamp": now.timestamp()} for event in events),
        replies=() if attendant == "person" else speech.spoken(told),
        handoff=_handoff(alone, outcome, history),
    )
    named = _outcome(turn)
    noted = {**again.noted(outcome.events), **_ended(turn), "outcome": named}
    why = {**trace(here, steps, outcome, after), **noted}
    return replace(turn, outcome=named, trace=why)


def _spoken(
    text: str, state: State, history: Sequence[EventType], now: datetime
) -> Spoken:
    goal, offer = memory.last_goal(state, history, now), state.offer
    guessed = offer is not None and any(one.intent for one in offer.choices)
    others = goal is not None and goal not in (products_asked.GOAL, prices_asked.GOAL)
    return Spoken(item=memory.spoken_of(state, text), elsewhere=guessed or others)


def _strictly(assistant: Assistant, one: Situation) -> Situation:
    return held(one, assistant.model.thresholds, assistant.raised)


def _part(here: Situation, assistant: Assistant, text: str) -> Situation:
    """Return the same as if *text* had been said instead."""
    parse = {"language": assistant.reading, **assistant.classify(text)}
    reading = _as_goals(Reading(parse=parse), assistant)
    said = at_hand.read(replace(here, text=text, reading=reading))
    return held(said, thresholds(reading, assistant.model), assistant.raised)


def _as_goals(reading: Reading, assistant: Assistant) -> Reading:
    is_asked = not reading.chosen and products_asked.is_of_one(reading.parse)
    done = assistant.looks_up() if is_asked else frozenset[str]()
    return as_goals(reading, assistant.flows, assistant.responses, done)


def _did(here: Situation, reading: Reading, now: datetime) -> list[EventType]:
    """Return what the customer did as Rasa's event, none if they did nothing."""
    if here.kind in PROMPTS:
        return []
    # With its time: to the actions it is the present.
    parse, at = {**reading.parse, "text": here.text}, now.timestamp()
    return [UserUttered(here.text, parse, timestamp=at, input_channel="facebook")]


def _situation(heard: Heard, state: State, assistant: Assistant) -> Situation:
    found = _reading(heard, state, assistant)
    reading = _as_goals(found, assistant)
    usual = thresholds(reading, assistant.model)
    here = Situation(
        event_id=heard.event_id,
        kind=heard.kind,
        text=heard.text,
        reading=reading,
        thresholds=usual,
        state=state,
        flows=assistant.flows,
        responses=assistant.responses,
    )
    told = follow_ups.read(at_hand.read(here))
    return held(told, thresholds(told.reading, assistant.model), assistant.raised)


def _voice(
    here: Situation,
    assistant: Assistant,
    psid: str,
    history: Sequence[EventType],
    around: Mapping[str, Any],
) -> Voice:
    return Voice(
        assistant.responses,
        assistant.domain,
        assistant.run_action,
        psid=psid,
        parse=here.reading.parse,
        seed=here.event_id,
        history=history,
        slots=here.state.slots,
        around=around,
    )


def _reading(heard: Heard, state: State, assistant: Assistant) -> Reading:
    found = _read(heard, state, assistant)
    return replace(found, parse={"language": assistant.reading, **found.parse})


def _read(heard: Heard, state: State, assistant: Assistant) -> Reading:
    match heard.kind:
        case "tap" if heard.payload is not None:
            return read_tap(heard.text, heard.payload, state, assistant.classify)
        case "text" | "tap" if heard.text.strip():
            question = assistant.domain.slots.get(state.asked or "")
            return read_text(heard.text, state, assistant.classify, question)
        case "thumbs_up":
            return Reading(parse=parsed(heard.text, "affirm"), chosen=True)
        case "referral":
            return Reading(parse=parsed(heard.text, WELCOME), chosen=True)
        case _:
            nothing = {"name": None, "confidence": 0.0}
            return Reading(parse={**parsed(heard.text, None), "intent": nothing})


def _after(last: Step, said: Sequence[Payload], now: datetime) -> State:
    """Return the state with what this turn offers, and how long we could not read."""
    here, decision, outcome = last.here, last.decision, last.outcome
    if isinstance(decision.command, Ignore):
        return outcome.state
    # What is said again may be tapped again, and means what it meant.
    again = isinstance(decision.command, RepeatBotMessages)
    about, said_now = decision.about, here.reading.parse["entities"]
    entities = said_now if about is None else about
    unread = decision.rule in UNREAD and outcome.handed_over is None
    return replace(
        memory.learnt(here, decision, outcome, now),
        unreadable=here.state.unreadable + 1 if unread else 0,
        offer=here.state.offer
        if again
        else speech.offer(said, decision.guesses, here.event_id, entities),
    )


def _handoff(
    here: Situation, outcome: Outcome, history: Sequence[EventType]
) -> Handoff | None:
    if outcome.handed_over is None:
        return None
    told = brief(here, outcome.handed_over.state, history)
    return Handoff(
        reason=outcome.handed_over.reason, summary=summary(here, told), brief=told
    )


def _outcome(turn: Turn) -> str:
    """Return what the figures count the turn as."""
    purposes = {reply.purpose for reply in turn.replies}
    if turn.handoff:
        return "handed_over"
    if not purposes:
        return "silent"
    if "offer" in purposes:
        return "offered"
    if "answer" in purposes or not purposes & {"question", "confirmation"}:
        return "answered"
    return "asked" if turn.state.asked else "confirmed"


def _ended(turn: Turn) -> Payload:
    """Return what the trace keeps of a hand-over."""
    if turn.handoff is None:
        return {"handoff": None}
    return {"handoff": turn.handoff.reason, "brief": asdict(turn.handoff.brief)}
