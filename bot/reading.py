"""What did the customer mean by a text, a tap, a thumbs-up? Rasa's parse data.

Only what we offered is read as a short-cut: a tap whose payload we sent, or the
number, the place or the title of a choice that the last turn offered. A typed
`/SetSlots(..)` is a text like any other.
"""

import difflib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot import ordinals
from flows.stack import Choice, Offer, State

Payload: TypeAlias = dict[str, Any]

#: From how many letters on, and how much alike, a title counts with a slip in it.
LEAST_LETTERS, ALIKE = 5, 0.83
#: From this chance on a yes is a yes.
LIKELY = 0.5

_SET_SLOTS = re.compile(r"/SetSlots\((.*)\)", re.DOTALL)
_PAIR = re.compile(r"\s*([^(),=]+?)\s*=\s*([^(),]*?)\s*")
_INTENT = re.compile(r"/([^{@\s(]+)(\{.*\})?", re.DOTALL)
_NUMBER = re.compile(r"\D{0,3}(\d{1,3})\D{0,3}")


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


def read_text(text: str, state: State, classify: Callable[[str], Any]) -> Reading:
    """Return what a typed text means: one of the offered choices, or its intent."""
    choice = _chosen_in_words(text, state.offer)
    parse = dict(classify(text)) if choice is None else {}
    choice = choice or _chosen_by_yes_or_no(parse["intent"], state.offer)
    if choice is not None:
        return read_tap(text, choice.payload, state, classify)
    return Reading(parse=parse)


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
    if slots := _SET_SLOTS.fullmatch(payload):
        pairs = map(_PAIR.fullmatch, slots[1].split(","))
        named = {pair[1]: pair[2] for pair in pairs if pair}
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


def _chosen_in_words(text: str, offer: Offer | None) -> Choice | None:
    """Return the choice whose title or number was typed."""
    if offer is None:
        return None
    said = _plain(text)
    for choice in offer.choices:
        if said and said in (_plain(choice.title), _plain(choice.title.rstrip("…"))):
            return choice
    number = _NUMBER.fullmatch(text.strip())
    if offer.numbered and number and 0 < int(number[1]) <= len(offer.choices):
        return offer.choices[int(number[1]) - 1]
    return _chosen_by_place(text, offer) or _nearly(said, offer.choices)


def _chosen_by_place(text: str, offer: Offer) -> Choice | None:
    """Return the choice that is called by its place: the second one, the latest."""
    count = offer.listed or len(offer.choices)
    place = ordinals.place(text, count) if offer.numbered else None
    if offer.listed:
        place = place or ordinals.place_by_age(text, count)
    return offer.choices[place - 1] if place else None


def _nearly(said: str, choices: Sequence[Choice]) -> Choice | None:
    """Return the one choice whose title is typed but for a slip or two."""
    if len(said) < LEAST_LETTERS or not said.replace(" ", "").isalpha():
        return None
    titles = {_plain(choice.title): choice for choice in choices}
    near = difflib.get_close_matches(said, titles, n=2, cutoff=ALIKE)
    return titles[near[0]] if len(near) == 1 else None


def _chosen_by_yes_or_no(intent: Payload, offer: Offer | None) -> Choice | None:
    """Return what a yes or no chooses of a "did you mean": no is something else."""
    guesses = [c for c in offer.choices if c.intent] if offer else []
    if not offer or not guesses or intent["confidence"] < LIKELY:
        return None
    if intent["name"] == "deny":
        return next((c for c in offer.choices if c not in guesses), None)
    return guesses[0] if intent["name"] == "affirm" and len(guesses) == 1 else None


def _guess(payload: str, offer: Offer | None) -> Choice | None:
    """Return the "did you mean" of the last turn that has this payload."""
    if offer is None or not payload.startswith("c:"):
        return None
    return next((c for c in offer.choices if c.payload == payload), None)


def _plain(text: str) -> str:
    return re.sub(r"[^\w]+", " ", text.casefold()).strip()


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
