"""What must a person know who takes over? The wish, what is known, what was tried."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rasa_sdk.events import EventType

from bot.guesses import title
from bot.situation import Situation
from flows.run import offers_person
from flows.stack import State
from flows.steps import Flows

_LONGEST_QUOTE = 200
#: Guesses below it are noise to a person.
_LEAST_CONFIDENCE = 0.05
#: Slots that say nothing to a person which the thread does not say better.
_UNTOLD = frozenset(["handoff_reason", "person_wanted"])
#: What a flow sets when a customer does not have what it asked for.
_NOT_KNOWN = "none"


def summary(here: Situation, handed_over: State, history: Sequence[EventType]) -> str:
    """Return a few lines on what was under way when a person was fetched."""
    known = dict(_known(handed_over, here.flows))
    before = _told_before(history, here.flows)
    lines = [
        *_wish(here, handed_over),
        *(f"{_label(name)}: {value}" for name, value in known.items()),
        *_tried(here, handed_over),
        *_done(history, here.flows),
        *(
            f"{_label(name)}, said before: {value}"
            for name, value in before.items()
            if name not in known
        ),
        *([f"Last words: {_quoted(here.text)}"] if here.text.strip() else []),
    ]
    return "\n".join(lines)


def _wish(here: Situation, state: State) -> Iterator[str]:
    wishes = list(_wishes(state, here.flows))
    if wishes:
        yield f"Wants: {', '.join(wishes)}"
    elif here.reading.something_else and here.state.offer:
        titles = [choice.title for choice in here.state.offer.choices if choice.intent]
        yield f"Not meant: {', '.join(titles)}"
    elif not here.chosen:
        yield from _guessed(here)


def _tried(here: Situation, state: State) -> Iterator[str]:
    if misses := state.slots.get("lookup_misses"):
        yield f"Look-ups that found nothing: {misses:g}"
    if here.state.misses:
        offered = ", then offered a person" if offers_person(here.state) else ""
        yield f"Answers that did not fit: {here.state.misses}{offered}"


def _wishes(state: State, flows: Flows) -> Iterator[str]:
    names = [name for frame in state.stack for name in (*frame.origins, frame.flow)]
    for flow in map(flows.by_id.get, names):
        if flow and not flow.is_pattern and flow.id != "contact_human_agent":
            yield flow.name


def _known(state: State, flows: Flows) -> Iterator[tuple[str, Any]]:
    names = dict.fromkeys(name for frame in state.stack for name in frame.scope)
    for name in names:
        value = state.slots.get(name)
        if value is not None and _is_told(name, flows):
            yield name, "not known" if value == _NOT_KNOWN else value


def _told_before(history: Sequence[EventType], flows: Flows) -> dict[str, Any]:
    """Return what the customer has said already; nobody should ask for it again."""
    return {
        event["name"]: event["value"]
        for event in history
        if event.get("event") == "slot"
        and event["value"] not in (None, _NOT_KNOWN)
        and _is_told(event["name"], flows)
    }


def _is_told(name: str, flows: Flows) -> bool:
    slot = flows.domain.slots.get(name)
    return slot is not None and not slot.controlled and name not in _UNTOLD


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


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


def _done(history: Sequence[EventType], flows: Flows) -> Iterator[str]:
    """Tell which goals were carried through before."""
    ended = [e.get("flow_id") for e in history if e.get("event") == "flow_completed"]
    known = [flows.by_id[str(name)] for name in ended if name in flows.by_id]
    told = [f.name for f in known if not f.is_pattern and f.id not in ("greet", "faq")]
    if told:
        yield f"Before: {', '.join(dict.fromkeys(told))}"


def _quoted(text: str) -> str:
    text = " ".join(text.split())
    cut = text[:_LONGEST_QUOTE]
    return f"“{cut}…”" if len(text) > len(cut) else f"“{text}”"
