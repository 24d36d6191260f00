"""One turn of a conversation: what the customer did, in; what we say and remember, out.

Pure: it reads no clock, no table and no network, so the same turn can be played
again from its record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, Literal, TypeAlias

from rasa_sdk.events import EventType, UserUttered

from bot import (
    again,
    at_hand,
    farewells,
    follow_ups,
    fragments,
    memory,
    prices_asked,
    products_asked,
    reminded,
    several,
    speech,
    unchosen,
)
from bot.assistant import Assistant
from bot.circumstances import circumstances
from bot.held import ReadOnce, held, thresholds
from bot.hours import Hours
from bot.named import place
from bot.prices_asked import Spoken
from bot.reading import Reading, parsed, read_tap, read_text
from bot.replies import Reply
from bot.situation import PROMPTS, Attendant, Situation
from bot.summary import Brief, brief, summary
from bot.trace import Step, trace
from bot.unanswered import as_goals
from bot.voice import Voice
from flows.commands import Ignore, RepeatBotMessages
from flows.ports import HandoffReason
from flows.record import Perform as Performer
from flows.run import Outcome
from flows.stack import State, changes

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
    #: The number of the order whose news this answers, if it answers such.
    order: str | None = None


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
    page_id: str | None = None,
) -> Turn:
    """Understand what the customer did, let the flows answer, and say what came of it.

    *disclose* lets the first reply begin with the words that a program answers.
    Where a person is the *attendant*, nothing is said. *hours* are those in which
    people are there, *country* is the customer's, *page_id* the Page they write to.
    """
    where = place(now, hours.zone, country)
    remembered = memory.answering(memory.fresh(state, now), heard.order, now)
    # Where no product is known nobody is told a price: nothing need be looked for.
    known = assistant.products.products
    spoken = _spoken(heard.text, remembered, history, now) if known else Spoken()
    assistant = replace(
        assistant.inside(state.stack),
        model=ReadOnce(assistant.model),
        place=where,
        spoken=spoken,
    )
    alone = replace(_situation(heard, remembered, assistant), attendant=attendant)
    part = partial(_part, alone, replace(assistant, spoken=Spoken(is_part=True)))
    here = fragments.joined(alone, history, now, part)
    did = _did(alone, here.reading, now)
    around = circumstances(now, hours, country, page_id)

    def perform(one: Situation) -> Performer:
        return _voice(one, assistant, psid, [*history, *did], around).perform

    strictly = partial(_strictly, assistant)
    steps = several.dealt_with(here, part, strictly, perform, now)
    steps = again.with_person(steps, history, perform, now)
    steps = unchosen.with_others(steps, here, perform, now)
    outcome, last = several.together(steps), steps[-1]
    said = speech.said(outcome, assistant.responses, hours, now)
    told = speech.disclosed(said, outcome, assistant.responses) if disclose else said
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
    return Spoken(
        item=memory.spoken_of(state, text),
        variant=memory.variant_of(state, text),
        elsewhere=guessed or others,
    )


def _strictly(assistant: Assistant, one: Situation) -> Situation:
    return held(one, assistant.model.thresholds, assistant.raised)


def _part(here: Situation, assistant: Assistant, text: str) -> Situation:
    """Return the same as if *text* had been said instead."""
    parse = {"language": assistant.reading, **assistant.classify(text)}
    reading = _as_goals(Reading(parse=parse), assistant)
    said = reminded.read(at_hand.read(replace(here, text=text, reading=reading)))
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
        taught=assistant.taught,
    )
    told = reminded.read(follow_ups.read(at_hand.read(farewells.as_answer(here))))
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
