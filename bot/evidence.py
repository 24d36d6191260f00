"""What the name of something in a text says of its meaning, whatever has the name."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeAlias

from bot.names import Found
from intents.rejection import OUT_OF_SCOPE_INTENT

Payload: TypeAlias = dict[str, Any]
Classify: TypeAlias = Callable[[str], Payload]


def chance(parse: Mapping[str, Any], meanings: Collection[str]) -> float:
    """Return how likely one of *meanings* is, all of them together."""
    ranking = parse["intent_ranking"]
    return float(sum(r["confidence"] for r in ranking if r["name"] in meanings))


def likeliest_other(parse: Mapping[str, Any], meanings: Collection[str]) -> float:
    """Return the chance of the likeliest wish that is none of *meanings*."""
    known = {*meanings, OUT_OF_SCOPE_INTENT}
    ranking = parse["intent_ranking"]
    others = (one["confidence"] for one in ranking if one["name"] not in known)
    return float(max(others, default=0.0))


def is_settled(parse: Payload, meanings: Collection[str], answered: float) -> bool:
    """Whether a text surely means something that is none of *meanings*."""
    intent = parse["intent"]
    return intent["name"] not in meanings and intent["confidence"] >= answered


def named(parse: Mapping[str, Any], kind: str) -> str | None:
    """Return the value of the entity of a kind, None if there is none."""
    entities: Collection[Payload] = parse.get("entities") or ()
    return next((str(e["value"]) for e in entities if e["entity"] == kind), None)


def with_entity(parse: Payload, found: Found, **entity: str) -> Payload:
    """Return the parse data with an entity where a name was found.

    What else was read there goes: a name may have digits in it.
    """
    start, end = found.start, found.end
    others = [
        one
        for one in parse["entities"]
        if not (start <= one["start"] and one["end"] <= end)
    ]
    return {**parse, "entities": [*others, {"start": start, "end": end, **entity}]}
