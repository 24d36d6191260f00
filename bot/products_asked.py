"""What does a text mean that names a product? As of events: the name is evidence.

"Do you have the Blue Train?" is read as "do you have the record?": no model knows what
the shop sells, and all of its languages know how it is asked whether there is any.
"""

from collections.abc import Mapping
from typing import Any

from bot.names import Found
from bot.naming import Classify, Payload
from bot.product_names import ProductNames, is_clear, telling
from intents.rejection import OUT_OF_SCOPE_INTENT

#: The entity and the slot of what was named, and what is asked of it.
PRODUCT, GOAL = "product", "product_availability"
_MEANINGS = frozenset([GOAL, f"faq/{GOAL}"])
#: What stands for a name, in the language that a text is read in.
_NOUNS = {
    "ar": "الاسطوانة",
    "en": "record",
    "es": "vinilo",
    "fr": "vinyle",
    "zh": "唱片",
}
#: From which chance on it is meant, and how many times as likely as anything else.
LEAST, LEAD = 0.35, 2.0
#: A name that is none of ours has so many words, or signs, at most.
MOST_TOLD = 4
#: A longer text is not kept whole.
LONGEST = 300


def read(
    parse: Payload,
    classify: Classify,
    names: ProductNames,
    *,
    language: str,
    answered: float,
) -> Payload:
    """Return the parse data of a text, with the product that it names as an entity.

    *classify* reads a text in *language*; what it is as sure of as *answered*, and is
    nothing that is asked of a product, stays.
    """
    text = str(parse["text"])
    found = names.find(text)
    if found is None:
        return parse
    as_name = classify(_as_noun(text, found, language))
    likelier = max(parse, as_name, key=_chance)
    if _is_settled(parse, answered) or not stands_out(likelier):
        return _with(parse, found) if is_clear(text, found) else parse
    meaning = {key: likelier[key] for key in ("intent", "intent_ranking")}
    return _with({**parse, **meaning}, found)


def stands_out(parse: Mapping[str, Any]) -> bool:
    """Whether it is likely asked for a product, and anything else much less so."""
    return _chance(parse) >= max(LEAST, LEAD * _other(parse))


def named(parse: Mapping[str, Any]) -> str | None:
    """Return what was written of a product, None if none is named."""
    entities = parse.get("entities") or ()
    return next((str(e["value"]) for e in entities if e["entity"] == PRODUCT), None)


def is_of_one(parse: Mapping[str, Any]) -> bool:
    """Whether a text is about a product, ours or not, or says nothing but the question.

    What tells more is a story, which the answer of the FAQ may end.
    """
    return named(parse) is not None or len(telling(str(parse["text"]))) <= MOST_TOLD


def _is_settled(parse: Payload, answered: float) -> bool:
    intent = parse["intent"]
    return intent["name"] not in _MEANINGS and intent["confidence"] >= answered


def _as_noun(text: str, found: Found, language: str) -> str:
    noun = _NOUNS.get(language, _NOUNS["en"])
    return f"{text[: found.start]}{noun}{text[found.end :]}"


def _with(parse: Payload, found: Found) -> Payload:
    # The whole text: what else it says may tell which size is wanted.
    entity = {
        "entity": PRODUCT,
        "start": found.start,
        "end": found.end,
        "value": str(parse["text"])[:LONGEST].strip(),
        "extractor": "ProductNames",
    }
    others = [
        one
        for one in parse["entities"]
        if not (found.start <= one["start"] and one["end"] <= found.end)
    ]
    return {**parse, "entities": [*others, entity]}


def _chance(parse: Mapping[str, Any]) -> float:
    ranking = parse["intent_ranking"]
    return float(sum(r["confidence"] for r in ranking if r["name"] in _MEANINGS))


def _other(parse: Mapping[str, Any]) -> float:
    others = (
        one["confidence"]
        for one in parse["intent_ranking"]
        if one["name"] not in _MEANINGS | {OUT_OF_SCOPE_INTENT}
    )
    return float(max(others, default=0.0))
