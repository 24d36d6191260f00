"""What is said in each language: what came in files, under what admins taught.

What a language lacks is said in the shop's own, and what that lacks as it came.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from bot.content import COMPLETE, PREFIX, Content
from bot.store.extras import Button, Extras, Kind
from bot.store.knowledge import Faq
from bot.store.wordings import Words
from bot.voice import TITLES
from flows.responses import Responses, Variation, over

Wordings = Mapping[str, Mapping[str, Words]]


def responses(
    content: Content, faq: Sequence[Faq], wordings: Wordings, today: date
) -> dict[str, Responses]:
    """Return the responses of each language of the shop; *wordings* are by language.

    An entry whose days do not hold *today* has no answer: a person is fetched.
    """
    return {
        language: _in(language, content, faq, wordings, today)
        for language in content.languages
    }


def taught(content: Content, faq: Sequence[Faq]) -> frozenset[str]:
    """Return the intents of the questions that the shop itself has written."""
    own = (one.name for one in faq if one.name not in content.shipped)
    return frozenset(f"{PREFIX}{name}" for name in own)


def languages_for(language: str, own: str) -> tuple[str, ...]:
    """Return in which languages a text is looked for, the wanted one first."""
    return tuple(dict.fromkeys((language, own)))


def _in(
    language: str,
    content: Content,
    faq: Sequence[Faq],
    wordings: Wordings,
    today: date,
) -> Responses:
    order = languages_for(language, content.language)
    spoken = over(
        edited(content.spoken[one], wordings.get(one, {}))
        for one in reversed(dict.fromkeys((*order, COMPLETE)))
    )
    answered = {
        f"utter_{PREFIX}{entry.name}": tuple(
            _with_goal(one, entry, content, spoken)
            for one in _answers(entry, text, order)
        )
        for entry in faq
        if (text := entry.answer(order, today))
    }
    return Responses({**spoken.by_name, **answered}, language)


def edited(spoken: Responses, wording: Mapping[str, Words]) -> Responses:
    """Return responses with the words that admins gave some of them."""
    by_name = dict(spoken.by_name)
    for key, words in wording.items():
        name, number = response_and_number(key)
        if number < len(by_name.get(name, ())):
            by_name[name] = _reworded(by_name[name], number, words)
    return replace(spoken, by_name=by_name)


def response_and_number(key: str) -> tuple[str, int]:
    """Return which variation of which response a wording is for.

    The first is known by the response's name alone, the second as ``name#1``.
    """
    name, _, number = key.partition("#")
    return name, int(number) if number.isdecimal() else 0


def _reworded(
    variations: tuple[Variation, ...], number: int, words: Words
) -> tuple[Variation, ...]:
    changed = replace(variations[number], said=worded(variations[number].said, words))
    return (*variations[:number], changed, *variations[number + 1 :])


class Part(StrEnum):
    """What a line stands on."""

    BUTTON = "button"
    TITLE = "title"  # of a card, as its subtitle
    SUBTITLE = "subtitle"


@dataclass(frozen=True, kw_only=True)
class Titled:
    """A line on a button or a card.

    It is known by where its button leads, or on a card by how it came: what moves to
    another place of the file keeps the words that an admin gave it.
    """

    key: str
    words: str
    part: Part
    #: The number of its card; 0 is below the text.
    card: int


def worded(said: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """Return what is said in other words; its buttons lead where they led.

    A title for a button that there is no more, as after an upgrade, is let be.
    """
    changed = deepcopy({**said})
    for held, title in zip(_held(changed), titles(said, words).values(), strict=True):
        held.there[held.name] = title
    return {**changed, "text": words.text} if words.text else changed


def titles(said: Mapping[str, Any], words: Words) -> dict[str, str]:
    """Return what then stands on buttons and cards, by what each is known by."""
    return {one.key: words.titles.get(one.key, one.words) for one in titled(said)}


def titled(said: Mapping[str, Any]) -> list[Titled]:
    """Return what stands on the buttons, the quick replies and the cards, in order."""
    seen: Counter[str] = Counter()
    found = []
    for held in _held(said):
        words = str(held.there[held.name])
        known = f"{held.part} {words}" if held.leads is None else held.leads
        seen[known] += 1  # the second that leads there is its ``#2``
        key = known if seen[known] == 1 else f"{known}#{seen[known]}"
        found.append(Titled(key=key, words=words, part=held.part, card=held.card))
    return found


@dataclass(frozen=True, kw_only=True)
class _Held:
    """Where a line is held."""

    there: dict[str, Any]
    name: str
    part: Part
    card: int
    leads: str | None = None


def _held(said: Mapping[str, Any]) -> Iterator[_Held]:
    for kind in ("buttons", "quick_replies"):
        yield from _on_buttons(said.get(kind), 0)
    for number, card in enumerate(said.get("elements") or (), start=1):
        for part in (Part.TITLE, Part.SUBTITLE):
            if card.get(part.value) and isinstance(card[part.value], str):
                yield _Held(there=card, name=part.value, part=part, card=number)
        yield from _on_buttons(card.get("buttons"), number)


def _on_buttons(buttons: Iterable[dict[str, Any]] | None, card: int) -> Iterator[_Held]:
    for one in buttons or ():
        leads = one.get("payload") or one.get("url")
        if isinstance(leads, str) and isinstance(one.get("title"), str):
            yield _Held(
                there=one, name="title", part=Part.BUTTON, card=card, leads=leads
            )


def said(text: str, extras: Extras) -> dict[str, Any]:
    """Return an answer as it is said: its text, its picture, its buttons."""
    image = {"image": extras.image} if extras.image else {}
    buttons = [_button(button) for button in extras.buttons]
    return {"text": text, **image, **({"buttons": buttons} if buttons else {})}


def _button(button: Button) -> dict[str, str]:
    match button.kind:
        case Kind.WEB:
            return {"title": button.title, "url": button.target}
        case Kind.PHONE:
            kind = {"type": "phone_number"}
            return {"title": button.title, "payload": button.target, **kind}
        case Kind.ASK:
            return {"title": button.title, "payload": f"/{PREFIX}{button.target}"}


def _answers(entry: Faq, text: str, order: Sequence[str]) -> Iterator[Variation]:
    """Yield the answer to a question, then what is answered instead where it fits."""
    plain = _answer(entry, text, order[0])
    yield plain
    for rank, variant in enumerate(entry.variants):
        if other := variant.answer(order):
            said_so = _literally(said(other, entry.extras))
            yield replace(plain, said=said_so, conditions=(variant.when,), rank=rank)


def _answer(entry: Faq, text: str, language: str) -> Variation:
    metadata = {"purpose": "answer", "class": "repeatable"}
    titled = {"title": entry.title(language), **metadata}
    return Variation(said=_literally(said(text, entry.extras)), metadata=titled)


def _with_goal(
    answer: Variation, entry: Faq, content: Content, spoken: Responses
) -> Variation:
    """Return an answer with its goal to tap: what it tells of can be done here."""
    title = spoken.plain(f"{TITLES}{entry.name}")
    if entry.name not in content.flows.by_id or not title:
        return answer
    tap = {"title": title, "payload": f"/{entry.name}"}
    return replace(answer, said={**answer.said, "quick_replies": [tap]})


def _literally(value: Any) -> Any:
    """Return what is said so that its braces stay an admin's braces, no places."""
    match value:
        case str():
            return value.replace("{", "{{").replace("}", "}}")
        case dict():
            return {key: _literally(one) for key, one in value.items()}
        case list():
            return [_literally(one) for one in value]
    return value
