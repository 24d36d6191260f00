"""Utility templates: what may go out after the window has closed, in each language.

https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/utility-messages

Messenger knows a template by its name and its language, and reviews each language for
itself; `language` is one of Meta's codes. Messenger's own page lists none: they are
those of https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/supported-languages,
which are `ar`, `en`, `es` and `fr` as ours, and `zh_CN` for what we call `zh`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import structlog

from bot.messenger.client import Access, Graph
from bot.messenger.errors import Fate, SendError
from bot.store.types import Payload

log = structlog.get_logger()

EVENT_REMINDER = "event_reminder"
ORDER_UPDATE = "order_update"

APPROVED = "APPROVED"
#: Our own word for one that Messenger did not even take to be reviewed.
NOT_MADE = "NOT_MADE"

#: By the name of a template and Meta's code of a language: how its review stands.
States: TypeAlias = Mapping[str, Mapping[str, str]]

#: And for one that it did not take when it was sent, whatever we knew of it.
NOT_SENT = "NOT_SENT"

#: Something of each is there, whatever languages a shop speaks.
LAST_RESORT = "en"
#: Where Meta's code of a language is not ours.
_CODES = {"zh": "zh_CN"}
#: As many as Graph lists at once; of each name there are five of ours.
_AT_ONCE = "100"

_VARIABLE = re.compile(r"\{\{(\w+)\}\}")

WORDS_FILE = Path(__file__).parents[2] / "data" / "messenger" / "templates.toml"
_WORDS: Mapping[str, Mapping[str, Any]] = tomllib.loads(
    WORDS_FILE.read_text(encoding="utf-8")
)


def code(language: str) -> str:
    """Return Meta's code of one of our languages."""
    return _CODES.get(language, language)


def _ours(code: str) -> str:
    """Return our language of one of Meta's codes."""
    return next((one for one, theirs in _CODES.items() if theirs == code), code)


def preferred(language: str, own: str) -> tuple[str, ...]:
    """Return the languages for a customer, best first: theirs, the shop's, English."""
    return tuple(dict.fromkeys((language, own, LAST_RESORT)))


def described(name: str, language: str) -> Payload:
    """Return a template as Messenger is asked to review it."""
    words = _WORDS[name][language]
    examples = [
        {"param_name": name, "example": text}
        for name, text in words["examples"].items()
    ]
    body = {
        "type": "BODY",
        "text": words["body"],
        "example": {"body_text_named_params": examples},
    }
    return {
        "name": name,
        "language": code(language),
        "category": "UTILITY",
        "parameter_format": "NAMED",
        "components": [body],
    }


def event_reminder(words: Mapping[str, Mapping[str, Any]]) -> Payload:
    """Return the template that reminds of an event; words by language, best first."""
    return _filled(EVENT_REMINDER, words)


def order_update(number: str, state: str, languages: Sequence[str]) -> Payload:
    """Return the template that tells how an order stands, in languages, best first."""
    words = {
        language: {"number": number, "state": _WORDS["states"][language][state]}
        for language in languages
    }
    return _filled(ORDER_UPDATE, words)


def approved(template: Payload, found: States) -> Payload | None:
    """Return a filled template as it may be sent: in its first language that may be."""
    name = template["name"]
    reviews = found.get(name, {})
    return next(
        (
            {"name": name, **one}
            for one in _in_languages(template)
            if reviews.get(one["language"]["code"]) == APPROVED
        ),
        None,
    )


def text(template: Payload) -> str | None:
    """Return what a template says that is sent; None of one that is not ours."""
    told = _WORDS.get(template["name"], {}).get(_ours(template["language"]["code"]))
    if told is None:
        return None
    said = {
        one["parameter_name"]: one["text"]
        for part in template["components"]
        for one in part["parameters"]
    }
    return _VARIABLE.sub(lambda found: said.get(found[1], found[0]), told["body"])


def known(abilities: Mapping[str, Any]) -> States:
    """Return what is kept of a Page's reviews.

    An earlier version, whose templates were all English, kept no languages.
    """
    kept = abilities.get("templates") or {}
    return {
        name: {code(LAST_RESORT): one} if isinstance(one, str) else one
        for name, one in kept.items()
    }


def without(found: States, template: Payload) -> States:
    """Return what is known of the reviews after Messenger did not take a *template*."""
    name, language = template["name"], template["language"]["code"]
    return {**found, name: {**found.get(name, {}), language: NOT_SENT}}


def look(
    graph: Graph, access: Access, wanted: Sequence[str]
) -> dict[str, dict[str, str]]:
    """Return the review states of the templates *wanted*, in languages of ours."""
    ours = {name: {code(one) for one in _WORDS[name]} for name in wanted}
    return {
        name: {
            item["language"]: str(item["status"])
            for item in _listed(graph, access, name)
            if item.get("name") == name and item.get("language") in ours[name]
        }
        for name in wanted
    }


def make(
    graph: Graph, access: Access, found: States, languages: Sequence[str]
) -> dict[str, dict[str, str]]:
    """Make what is missing of *found* in these languages; return how all stand then."""
    return {
        name: {
            **reviews,
            **{
                code(language): _made(graph, access, name, language)
                for language in languages
                if code(language) not in reviews
            },
        }
        for name, reviews in found.items()
    }


def _listed(graph: Graph, access: Access, name: str) -> Iterator[Payload]:
    """Yield the templates in whose names this one is: a Page may have hundreds."""
    path = f"{access.page_id}/message_templates"
    yield from graph.get(access, path, name=name, limit=_AT_ONCE).get("data", [])


def _made(graph: Graph, access: Access, name: str, language: str) -> str:
    path = f"{access.page_id}/message_templates"
    try:
        made = graph.post(access, path, described(name, language))
    except SendError as error:
        if error.fate is not Fate.FINAL:
            raise
        # It is about this one: the others may be made all the same.
        log.warning(
            "template_not_made", template=name, language=language, reason=str(error)
        )
        return NOT_MADE
    return str(made.get("status"))


def _filled(name: str, words: Mapping[str, Mapping[str, Any]]) -> Payload:
    """Return a template as it is kept until it is sent: what is approved may change."""
    return {
        "name": name,
        "in_languages": [
            {
                "language": {"code": code(language)},
                "components": [{"type": "body", "parameters": _parameters(said)}],
            }
            for language, said in words.items()
        ],
    }


def _in_languages(template: Payload) -> Sequence[Payload]:
    """Return what a filled template is in each language; an older row has but one."""
    whole: Sequence[Payload] = template.get("in_languages") or [template]
    return whole


def _parameters(words: Mapping[str, Any]) -> list[Payload]:
    return [
        {"type": "text", "parameter_name": name, "text": _allowed(text)}
        for name, text in words.items()
    ]


def _allowed(text: str) -> str:
    """Return *text* without the signs that Messenger refuses in a variable."""
    return "".join(letter for letter in text if letter not in "#$%").strip() or "-"
