"""What is said in each language: what came in files, under what admins taught.

What a language lacks is said in the shop's own, and what that lacks as it came.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.content import COMPLETE, PREFIX, Content
from bot.guesses import TITLES
from bot.store.extras import Button, Extras, Kind
from bot.store.knowledge import Faq
from bot.store.wordings import Words
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


def worded(said: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """Return what is said in other words; its buttons lead where they led.

    A title for a button that there is no more, as after an upgrade, is let be.
    """
    called = [
        {**button, "title": words.titles.get(key, button["title"])}
        for key, button in _tapped(said)
    ]
    first = len(said.get("buttons") or ())
    tapped = {"buttons": called[:first], "quick_replies": called[first:]}
    text = {"text": words.text} if words.text else {}
    return {**said, **{kind: some for kind, some in tapped.items() if some}, **text}


def titles(said: Mapping[str, Any]) -> dict[str, str]:
    """Return what stands on the buttons and quick replies, by where they lead."""
    return {key: button["title"] for key, button in _tapped(said)}


def _tapped(said: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield each with where it leads; the second that leads there is its ``#2``."""
    seen: Counter[str] = Counter()
    for kind in ("buttons", "quick_replies"):
        for button in said.get(kind) or ():
            leads = button.get("payload") or button["url"]
            seen[leads] += 1
            yield leads if seen[leads] == 1 else f"{leads}#{seen[leads]}", button


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
