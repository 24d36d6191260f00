"""What does a text mean that names an event? The name is evidence, and says no words.

"What time is Tide Tables?" is read as "what time is the concert?": no model knows what
the shop's concerts are called, and all of its languages know what is asked of one.
"""

from collections.abc import Mapping
from typing import Any

from bot import evidence
from bot.bareness import has_words
from bot.event_names import EventNames
from bot.evidence import Classify, Payload
from bot.names import Found
from intents.rejection import OUT_OF_SCOPE_INTENT

#: The entity and the slot of what was named.
EVENT = "calendar_event"
#: What is asked of an event.
GOALS = frozenset(["event_when", "event_where", "event_cancelled"])
#: What stands for a name, in the language that a text is read in.
_NOUNS = {
    "ar": "الحفلة",
    "en": "the concert",
    "es": "el concierto",
    "fr": "le concert",
    "zh": "演唱会",
}
#: What says no more than the noun before a name: "at the Tide Tables", "la Fiesta".
_ARTICLES = frozenset(["the", "el", "la", "los", "las", "le", "les"])
#: From which chance on, all of them together, the goals of events are meant, and how
#: many times as likely as anything else.
LEAST, LEAD = 0.25, 2.0
#: From which chance on something else that a text means as it stands is not let go.
CLEARLY = 0.3
#: The same where a name may be a word like any other: as it stands, and as a name.
LEAST_AS_IS, LEAST_AS_NAME = 0.1, 0.4


def read(
    text: str,
    classify: Classify,
    names: EventNames,
    *,
    language: str,
    answered: float,
) -> Payload:
    """Return the parse data of a text, with the event that it names as an entity.

    *classify* reads a text in *language*; what it is as sure of as *answered*, and no
    goal of an event, stays.
    """
    parse = dict(classify(text))
    found = names.find(text)
    if found is None:
        return parse
    as_name = classify(_as_noun(text, found, language))
    likelier = max(parse, as_name, key=_chance)
    if evidence.is_settled(parse, GOALS, answered) or not _is_meant(
        parse, likelier, found
    ):
        known = found.sure or found.long and _is_alone(text, found)
        return _with(parse, found) if known else parse
    meaning = {key: likelier[key] for key in ("intent", "intent_ranking")}
    return _with({**parse, **meaning}, found)


def stands_out(parse: Mapping[str, Any]) -> bool:
    """Whether goals of events are likely, together, and anything else much less so."""
    return _chance(parse) >= max(LEAST, LEAD * _other(parse))


def named(parse: Mapping[str, Any]) -> str | None:
    """Return the event that a message names, or several ids as one value."""
    return evidence.named(parse, EVENT)


def _is_meant(parse: Payload, likelier: Payload, found: Found) -> bool:
    """Whether something is asked of the event that was found.

    A name that is hardly one word must not make it look so by itself.
    """
    rival = max(CLEARLY, _chance(parse))
    if not stands_out(likelier) or _other(parse) > rival:
        return False
    if likelier["intent"]["name"] == OUT_OF_SCOPE_INTENT:
        return False
    if found.sure or found.long and _is_alone(parse["text"], found):
        return True
    as_is = _chance(parse)
    likely = as_is >= max(LEAST_AS_IS, _other(parse) / LEAD)
    return likely and _chance(likelier) >= LEAST_AS_NAME


def _as_noun(text: str, found: Found, language: str) -> str:
    before, after = text[: found.start], text[found.end :]
    *words, last = before.rstrip().rsplit(maxsplit=1) or ("",)
    if last.casefold() in _ARTICLES:
        before = f"{' '.join(words)} "
    return f"{before}{_NOUNS.get(language, _NOUNS['en'])}{after}"


def _is_alone(text: str, found: Found) -> bool:
    return not has_words(text[: found.start] + text[found.end :])


def _with(parse: Payload, found: Found) -> Payload:
    return evidence.with_entity(
        parse, found, entity=EVENT, value=found.value, extractor="EventNames"
    )


def _chance(parse: Mapping[str, Any]) -> float:
    return evidence.chance(parse, GOALS)


def _other(parse: Mapping[str, Any]) -> float:
    return evidence.likeliest_other(parse, GOALS)
