"""What does a text mean that names a product? As of events: the name is evidence.

"Do you have the Blue Train?" is read as "do you have the record?": no model knows what
the shop sells, and all of its languages know how it is asked whether there is any.
"""

from collections.abc import Mapping
from typing import Any

from bot import evidence
from bot.evidence import Classify, Payload
from bot.names import Found
from bot.product_names import ProductNames, is_clear, is_full, telling

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
    # Of a word of a name more is needed: it may be of any such thing, or of theirs.
    likely = stands_out(likelier) and (is_full(found) or _chance(likelier) >= answered)
    if evidence.is_settled(parse, _MEANINGS, answered) or not likely:
        return _with(parse, found) if is_clear(text, found) else parse
    meaning = {key: likelier[key] for key in ("intent", "intent_ranking")}
    return _with({**parse, **meaning}, found)


def stands_out(parse: Mapping[str, Any]) -> bool:
    """Whether it is likely asked for a product, and anything else much less so."""
    return _chance(parse) >= max(LEAST, LEAD * _other(parse))


def named(parse: Mapping[str, Any]) -> str | None:
    """Return what was written of a product, None if none is named."""
    return evidence.named(parse, PRODUCT)


def is_of_one(parse: Mapping[str, Any]) -> bool:
    """Whether a text is about a product, ours or not, or says nothing but the question.

    What tells more is a story, which the answer of the FAQ may end.
    """
    return named(parse) is not None or len(telling(str(parse["text"]))) <= MOST_TOLD


def _as_noun(text: str, found: Found, language: str) -> str:
    noun = _NOUNS.get(language, _NOUNS["en"])
    return f"{text[: found.start]}{noun}{text[found.end :]}"


def _with(parse: Payload, found: Found) -> Payload:
    # The whole text: what else it says may tell which size is wanted.
    value = str(parse["text"])[:LONGEST].strip()
    return evidence.with_entity(
        parse, found, entity=PRODUCT, value=value, extractor="ProductNames"
    )


def _chance(parse: Mapping[str, Any]) -> float:
    return evidence.chance(parse, _MEANINGS)


def _other(parse: Mapping[str, Any]) -> float:
    return evidence.likeliest_other(parse, _MEANINGS)
