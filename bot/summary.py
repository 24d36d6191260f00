"""What must a person know who takes over? The wish, what is known, what was tried."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rasa_sdk.events import EventType

from bot import at_hand, memory
from bot.guesses import title
from bot.situation import Situation
from flows.products import VARIANTS
from flows.run import offers_person
from flows.stack import State
from flows.steps import Flows
from intents.text import ascii_digits

#: What a person is to know who may look where the assistant may not any more.
CLOSED = (
    "Look-ups are closed: too many tries with wrong details, perhaps by strangers; "
    "make sure whose order it is"
)
#: How the line begins that quotes the customer.
LAST_WORDS = "Last words: "
_LONGEST_QUOTE = 200
#: Guesses below it are noise to a person.
_LEAST_CONFIDENCE = 0.05
#: Slots that say nothing to a person which the thread does not say better.
_UNTOLD = frozenset(
    [
        "address_confirmed",
        "cancel_confirmed",
        "handoff_reason",
        "mail_code",
        "person_wanted",
    ]
)
#: What may be a number in another spelling than ours; no part of an e-mail address.
#: Neither Chinese nor an Arabic prefix leaves a blank before it.
_NUMBER = re.compile(
    r"(?<![\w@.+-])(?=[\w-]*\d{4})[\w-]{5,14}(?![\w@-]|\.\w)", re.ASCII
)
#: What a flow sets when a customer does not have what it asked for.
_NOT_KNOWN = "none"


@dataclass(frozen=True, kw_only=True)
class Brief:
    """What was under way when a person was fetched; slots as labels and values."""

    wants: tuple[str, ...]
    #: What the assistant offered, and the customer did not mean.
    not_meant: tuple[str, ...]
    slots: Mapping[str, Any]
    said_before: Mapping[str, Any]
    lookups_missed: int
    #: Whether too many tries have closed what was asked for.
    lookups_closed: bool
    misses: int
    offered_person: bool
    #: Goals that were carried through before.
    done: tuple[str, ...]
    #: What was likely asked besides, and nobody has answered: intents.
    besides: tuple[str, ...] = ()


def brief(here: Situation, handed_over: State, history: Sequence[EventType]) -> Brief:
    """Return what a person must know who takes over, piece by piece."""
    known = dict(_known(handed_over, here.flows))
    offered = here.state.offer.choices if here.state.offer else ()
    return Brief(
        wants=tuple(_wishes(handed_over, here.flows)),
        not_meant=tuple(choice.title for choice in offered if choice.intent)
        if here.reading.something_else
        else (),
        slots={_label(name): _plain(value) for name, value in known.items()},
        said_before=_said_before(here, history, {*map(str, known.values())}),
        lookups_missed=int(handed_over.slots.get("lookup_misses") or 0),
        lookups_closed=bool(handed_over.slots.get("lookup_closed")),
        misses=here.state.misses,
        offered_person=offers_person(here.state),
        done=tuple(dict.fromkeys(_done(history, here.flows))),
        besides=tuple(_besides(handed_over)),
    )


def summary(here: Situation, told: Brief) -> str:
    """Return the same in a few lines, with what the customer wrote last."""
    besides = ", ".join(_called(one, here) for one in told.besides)
    lines = [
        *_wish(here, told),
        *([f"Also asked: {besides}"] if besides else []),
        *(f"{label}: {value}" for label, value in told.slots.items()),
        *_tried(told),
        *([f"Before: {', '.join(told.done)}"] if told.done else []),
        *(
            f"{label}, said before: {value}"
            for label, value in told.said_before.items()
        ),
        *([f"{LAST_WORDS}{_quoted(here.text)}"] if here.text.strip() else []),
    ]
    return "\n".join(lines)


def _wish(here: Situation, told: Brief) -> Iterator[str]:
    if told.wants:
        yield f"Wants: {', '.join(told.wants)}"
    elif here.reading.something_else and here.state.offer:
        yield f"Not meant: {', '.join(told.not_meant)}"
    elif not here.chosen:
        yield from _guessed(here)


def _tried(told: Brief) -> Iterator[str]:
    if told.lookups_missed and told.lookups_closed:
        yield CLOSED
    elif told.lookups_missed:
        yield f"Look-ups that found nothing: {told.lookups_missed}"
    if told.misses:
        offered = ", then offered a person" if told.offered_person else ""
        yield f"Answers that did not fit: {told.misses}{offered}"


def _wishes(state: State, flows: Flows) -> Iterator[str]:
    names = [name for frame in state.stack for name in (*frame.origins, frame.flow)]
    for flow in map(flows.by_id.get, names):
        if flow and not flow.is_pattern and flow.id != "contact_human_agent":
            yield flow.name


def _besides(state: State) -> Iterator[str]:
    wanted = {frame.flow for frame in state.stack}
    yield from (one.intent for one in state.wishes if one.intent not in wanted)


def _called(intent: str, here: Situation) -> str:
    """Return what a goal is called as among those wanted, an answer by its title."""
    flow = here.flows.by_id.get(intent)
    return flow.name if flow else title(intent, here.flows, here.responses)


def _known(state: State, flows: Flows) -> Iterator[tuple[str, Any]]:
    names = dict.fromkeys(name for frame in state.stack for name in frame.scope)
    for name in names:
        value = state.slots.get(name)
        if value is not None and _is_told(name, flows):
            yield name, "not known" if value == _NOT_KNOWN else value


def _said_before(
    here: Situation, history: Sequence[EventType], told: set[str]
) -> dict[str, str]:
    """Return what was said besides what is *told*; nobody should ask for it again."""
    told |= {str(e["value"]) for e in history if e.get("name") in _UNTOLD}
    said: dict[str, list[str]] = {}
    for name, value in _said(here, history):
        text = str(_plain(value))
        if text not in told:
            told.add(text)
            said.setdefault(_label(name), []).append(text)
    return {label: ", ".join(values) for label, values in said.items()}


def _said(here: Situation, history: Sequence[EventType]) -> Iterator[tuple[str, Any]]:
    """Yield what was asked and answered, then said unasked, then other numbers."""
    for event in history:
        is_slot = event.get("event") == "slot" and _is_told(event["name"], here.flows)
        if is_slot and event["value"] not in (None, _NOT_KNOWN):
            yield event["name"], event["value"]
    # Of a product its name is told, which stands in the log, and not its key.
    items = (memory.ITEM, memory.BEFORE, VARIANTS)
    for name, one in here.state.known.items():
        if name not in items:
            yield at_hand.ORDER if name == at_hand.TOLD else name, one.value
    yield from memory.said(here).items()
    wrote = [e.get("text") or "" for e in history if e.get("event") == "user"]
    for number in _NUMBER.findall(ascii_digits("\n".join([*wrote, here.text]))):
        yield "other_number", number


def _is_told(name: str, flows: Flows) -> bool:
    slot = flows.domain.slots.get(name)
    return slot is not None and not slot.controlled and name not in _UNTOLD


def _label(name: str) -> str:
    return name.replace("_", " ").replace("email", "e-mail").capitalize()


def _guessed(here: Situation) -> Iterator[str]:
    """Tell what the message may mean, if it may mean anything."""
    guesses: Sequence[Mapping[str, Any]] = here.reading.parse["intent_ranking"][:3]
    named = [
        f"{title(guess['name'], here.flows, here.responses)} "
        f"({guess['confidence']:.0%})"
        for guess in guesses
        if guess["name"] not in (None, "contact_human_agent")
        and guess["confidence"] >= _LEAST_CONFIDENCE
    ]
    if named:
        yield f"May mean: {', '.join(named)}"


def _done(history: Sequence[EventType], flows: Flows) -> list[str]:
    """Return which goals were carried through before."""
    ended = [e.get("flow_id") for e in history if e.get("event") == "flow_completed"]
    known = [flows.by_id[str(name)] for name in ended if name in flows.by_id]
    return [f.name for f in known if not f.is_pattern and f.id not in ("greet", "faq")]


def _plain(value: Any) -> Any:
    """Return a value that is one line, whatever a customer wrote."""
    return " ".join(value.split()) if isinstance(value, str) else value


def _quoted(text: str) -> str:
    text = " ".join(text.split())
    cut = text[:_LONGEST_QUOTE]
    return f"“{cut}…”" if len(text) > len(cut) else f"“{text}”"
