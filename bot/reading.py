"""What did the customer mean by a text, a tap, a thumbs-up? Rasa's parse data.

Only what we offered is read as a short-cut: a tap whose payload we sent, or the
number, the place or the title of a choice that the last turn offered. A typed
`/SetSlots(..)` is a text like any other.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from bot import ordinals, slips, unwanted
from bot.phrase import SIGN
from flows.actions import said_reason
from flows.domain import Slot
from flows.stack import Choice, Offer, State
from intents.text import as_said, normalise

Payload: TypeAlias = dict[str, Any]

#: What is never a number.
_NUMBERLESS = frozenset(["email"])
#: What a tap sets a slot to that is no answer to its question, but a way around it.
_AROUND = frozenset(["none", "null"])
#: Taps that answer the offer of a person.
_YES_OR_NO = frozenset(["/affirm", "/deny"])
#: From this chance on a yes is a yes.
LIKELY = 0.5
#: A longer message says more than a reason.
MOST_WORDS, MOST_SIGNS = 6, 12
#: What a tap on the offer of a reminder means: by a ticket, and no event's name.
REMINDER = {"entity": "calendar_event", "value": "none", "extractor": "short_cut"}
#: What says which ticket it is, beside the wish for a reminder.
_OF_TICKET = frozenset(["ticket", "email"])

_SET_SLOTS = re.compile(r"/SetSlots\((.*)\)", re.DOTALL)
_PAIR = re.compile(r"\s*([^(),=]+?)\s*=\s*([^(),]*?)\s*")
_INTENT = re.compile(r"/([^{@\s(]+)(\{.*\})?", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the customer did, understood."""

    parse: Payload
    #: Whether the customer chose what we offered: no doubt is left.
    chosen: bool = False
    #: The slots of a choice that sets some.
    slots: Mapping[str, str] = field(default_factory=dict)
    #: Whether they said that none of our guesses is right.
    something_else: bool = False


def read_text(
    text: str,
    state: State,
    classify: Callable[[str], Any],
    question: Slot | None = None,
) -> Reading:
    """Return what a typed text means: one of the offered choices, or its intent.

    *question* is the slot that is asked for.
    """
    counts = state.offer is not None and _number_counts(state.offer, question)
    choice = _chosen_in_words(text, state.offer, counts=counts)
    parse = dict(classify(text)) if choice is None else {}
    choice = choice or _chosen_by_yes_or_no(parse["intent"], state.offer)
    if choice is not None:
        return read_tap(text, choice.payload, state, classify)
    return _with_reminder(text, state, parse) or Reading(parse=parse)


def read_tap(
    title: str, payload: str, state: State, classify: Callable[[str], Any]
) -> Reading:
    """Return what a tap on something we offered means.

    A "did you mean" of an older turn has expired: its title is read as a text.
    """
    choice = _guess(payload, state.offer)
    if choice is not None and choice.intent is None:
        return Reading(parse=parsed(title, None), chosen=True, something_else=True)
    if choice is not None and state.offer is not None:
        entities = list(state.offer.entities)
        return Reading(parse=parsed(title, choice.intent, entities), chosen=True)
    if (named := _named_slots(payload)) is not None:
        return Reading(parse=dict(classify(title)), chosen=True, slots=named)
    if intent := _INTENT.fullmatch(payload):
        entities = _entities(intent[2])
        return Reading(parse=parsed(title, intent[1], entities), chosen=True)
    return Reading(parse=dict(classify(title)))


def parsed(
    text: str, intent: str | None, entities: list[Payload] | None = None
) -> Payload:
    """Return the parse data of something that leaves no doubt."""
    sure = {"name": intent, "confidence": 1.0}
    return {
        "text": text,
        "intent": sure,
        "intent_ranking": [sure] if intent else [],
        "entities": entities or [],
    }


def _number_counts(offer: Offer, question: Slot | None) -> bool:
    """Whether a number takes a choice: the one that it has in what was said last.

    Not beside a question that a number may answer, where all choices lead around it;
    but always where the choices show their numbers.
    """
    if offer.numbered or question is None or question.kind in ("bool", "categorical"):
        return True
    ways = {one.entity or one.kind for one in question.fillings}
    if question.kind == "text" and ways - {"from_intent"} <= _NUMBERLESS:
        return True
    return any(_answers(one, question) for one in offer.choices if one.number)


def _answers(choice: Choice, question: Slot) -> bool:
    """Whether a choice is an answer to a question, not a way around it."""
    value = (_named_slots(choice.payload) or {}).get(question.name, "none")
    return choice.payload in _YES_OR_NO or value not in _AROUND


def _chosen_in_words(text: str, offer: Offer | None, *, counts: bool) -> Choice | None:
    """Return the choice whose title or number was typed."""
    if offer is None:
        return None
    said = slips.plain(text)
    for choice in offer.choices:
        if said and said == slips.plain(choice.title):
            return choice
    if placed := _chosen_by_place(text, offer, counts=counts):
        return placed
    if reasoned := _chosen_by_reason(text, offer):
        return reasoned
    nearest = slips.meant(text, [choice.title for choice in offer.choices])
    return None if nearest is None else offer.choices[nearest]


def _chosen_by_reason(text: str, offer: Offer) -> Choice | None:
    """Return the choice of the reason that is told in other words than its title."""
    why = said_reason.reason(text)
    told = as_said(text)
    # Chinese stands in signs, each with a blank around it.
    long = len(told.split()) > (MOST_SIGNS if SIGN.search(told) else MOST_WORDS)
    if why is None or long or "?" in normalise(text):
        return None
    sets = f"{said_reason.REASON}={why}"
    return next((one for one in offer.choices if sets in one.payload), None)


def _chosen_by_place(text: str, offer: Offer, *, counts: bool) -> Choice | None:
    """Return the choice that is called by its place: the second one, the latest."""
    by_number = {one.number: one for one in offer.choices if one.number}
    place = ordinals.place(text, max(by_number, default=0)) if counts else None
    if offer.listed:
        place = place or ordinals.place_by_age(text, offer.listed)
    return by_number.get(place) if place else None


def _chosen_by_yes_or_no(intent: Payload, offer: Offer | None) -> Choice | None:
    """Return what a yes or no chooses of a "did you mean": no is something else."""
    guesses = [c for c in offer.choices if c.intent] if offer else []
    if not offer or not guesses or intent["confidence"] < LIKELY:
        return None
    if intent["name"] == "deny":
        return next((c for c in offer.choices if c not in guesses), None)
    return guesses[0] if intent["name"] == "affirm" and len(guesses) == 1 else None


def _with_reminder(text: str, state: State, parse: Payload) -> Reading | None:
    """Return the reminder that was just offered, if a text takes it up in words."""
    choice = _reminder(state)
    if choice is None or parse["intent"]["confidence"] < LIKELY:
        return None
    tapped = read_tap(text, choice.payload, state, lambda _: parse)
    goal, meant = tapped.parse["intent"]["name"], parse["intent"]["name"]
    asks = meant == goal and unwanted.speaks_of_reminders(text)
    if meant != "affirm" and not asks:
        return None
    of_ticket = [one for one in parse["entities"] if one["entity"] in _OF_TICKET]
    entities = [*tapped.parse["entities"], *of_ticket]
    return replace(tapped, parse={**tapped.parse, "entities": entities})


def _reminder(state: State) -> Choice | None:
    """Return the reminder that was offered last; an open question comes before it."""
    offered = state.offer.choices if state.offer and state.asked is None else ()
    for choice in offered:
        meant = _INTENT.fullmatch(choice.payload)
        if meant and REMINDER in _entities(meant[2]):
            return choice
    return None


def _guess(payload: str, offer: Offer | None) -> Choice | None:
    """Return the "did you mean" of the last turn that has this payload."""
    if offer is None or not payload.startswith("c:"):
        return None
    return next((c for c in offer.choices if c.payload == payload), None)


def _named_slots(payload: str) -> dict[str, str] | None:
    """Return the slots that a payload sets, None if that is not what it does."""
    if not (slots := _SET_SLOTS.fullmatch(payload)):
        return None
    pairs = map(_PAIR.fullmatch, slots[1].split(","))
    return {pair[1]: pair[2] for pair in pairs if pair}


def _entities(stored: str | None) -> list[Payload]:
    """Return the entities of Rasa's short-cut `/intent{"name": value}`."""
    try:
        named = json.loads(stored or "{}")
    except ValueError:
        return []
    return [
        {"entity": name, "value": value, "extractor": "short_cut"}
        for name, values in named.items()
        for value in (values if isinstance(values, list) else [values])
    ]
