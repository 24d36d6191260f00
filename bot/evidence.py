"""What the name of something in a text says of its meaning, whatever has the name."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeAlias

from bot.names import Found
from intents.rejection import OUT_OF_SCOPE_INTENT

Payload: TypeAlias = dict[str, Any]
Classify: TypeAlias = Callable[[str], Payload]

#: As likely as a rule is right, and yet no word that a shop has taught.
CHANCE = 0.99


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


def by_rule(parse: Payload, goal: str) -> Payload:
    """Return the parse data with a goal, which a rule has told, before all else."""
    meant = {"name": goal, "confidence": CHANCE}
    others: list[Payload] = [
        {**one, "confidence": one["confidence"] * (1 - CHANCE)}
        for one in parse["intent_ranking"]
        if one["name"] != goal
    ]
    kept = {name: value for name, value in parse.items() if name != "among_three"}
    return {**kept, "intent": meant, "intent_ranking": [meant, *others]}


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
