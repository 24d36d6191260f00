"""What the assistant can say and do: what came with it, under what was taught.

Built-in files lie in data/; a shop's own in FRONTDESK_HOME/data are read over
them; what admins edit in the browser lies over both. An upgrade changes the first
alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from bot.messenger import profile
from bot.messenger.profile import Profile
from bot.store.extras import Button, Extras, Kind
from bot.store.knowledge import Faq
from flows import domain, files, responses, script
from flows.domain import Domain
from flows.responses import Responses, Variation
from flows.steps import Flows
from intents import examples

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
SHIPPED_MODELS = ROOT / "build" / "models"
LANGUAGE = "en"
PREFIX = "faq/"


@dataclass(frozen=True)
class Content:
    """The flows and responses in files, checked against each other."""

    domain: Domain
    flows: Flows
    responses: Responses
    #: The FAQ as it stands in files: it seeds the database.
    faq: tuple[Faq, ...]
    #: The files with phrasings, but for those of the FAQ.
    phrasings: tuple[Path, ...]
    #: What the Page shows before anybody writes.
    profile: Profile


def load(home: Path) -> Content:
    """Return the content of all files, or raise DataError with all that is wrong."""
    layers = [DATA, home / "data"]
    spoken = files.read(_all(layers, "responses", "*.yml"))
    faq_paths = _all(layers, "faq", f"{LANGUAGE}.yml")
    faq_files = files.read(faq_paths)
    known = domain.load(files.read(_all(layers, ".", "domain.yml")))
    said = responses.load([*spoken, *faq_files])
    flows = files.read(_all(layers, "flows", "*.yml"))
    return Content(
        domain=known,
        flows=script.load(flows, known, said),
        responses=said,
        faq=tuple(_seeds(faq_paths, faq_files)),
        phrasings=tuple(_all(layers, f"nlu/{LANGUAGE}", "*.yml")),
        profile=_profile(layers, known),
    )


def _all(layers: Iterable[Path], folder: str, pattern: str) -> list[Path]:
    return [path for layer in layers for path in sorted((layer / folder).glob(pattern))]


def profile_of(home: Path) -> Profile:
    """Return what the Page shows, or raise DataError; quicker than all content."""
    layers = [DATA, home / "data"]
    return _profile(layers, domain.load(files.read(_all(layers, ".", "domain.yml"))))


def _profile(layers: Iterable[Path], known: Domain) -> Profile:
    """Return what the last layer that says it says a Page shows."""
    (source,) = files.read(_all(layers, "messenger", "profile.yml")[-1:])
    return profile.load(source, known.intents)


def _seeds(paths: Sequence[Path], sources: Iterable[files.Source]) -> Iterator[Faq]:
    """Yield the FAQ of the files: phrasings as plain texts, answers as they stand."""
    phrasings: dict[str, list[str]] = {}
    for example in examples.load(paths).examples:
        phrasings.setdefault(example.intent, []).append(example.text)
    for source in sources:
        said = source.contents.get("responses") or {}
        for item in source.contents.get("nlu") or []:
            name = str(item.get("intent", ""))
            answer = said.get(f"utter_{name}") or [{}]
            metadata = item.get("metadata") or {}
            yield Faq(
                name=name.removeprefix(PREFIX),
                question=str(metadata.get("question") or name.removeprefix(PREFIX)),
                phrasings=tuple(phrasings.get(name, ())),
                answers={LANGUAGE: str(answer[0].get("text", ""))},
            )


def with_edits(
    built_in: Responses, faq: Sequence[Faq], wording: Mapping[str, str], today: date
) -> Responses:
    """Return the responses with what admins taught: answers, and other words.

    An entry whose days do not hold *today* has no answer: a person is fetched.
    """
    by_name = {
        name: variations
        for name, variations in built_in.by_name.items()
        if not name.startswith(f"utter_{PREFIX}")
    }
    for key, text in wording.items():
        name, number = response_and_number(key)
        if number < len(by_name.get(name, ())):
            by_name[name] = _reworded(by_name[name], number, text)
    answered = (entry for entry in faq if entry.is_answered(LANGUAGE, today))
    for entry in answered:
        by_name[f"utter_{PREFIX}{entry.name}"] = (_answer(entry),)
    return Responses(by_name)


def response_and_number(key: str) -> tuple[str, int]:
    """Return which variation of which response a wording is for.

    The first is known by the response's name alone, the second as ``name#1``.
    """
    name, _, number = key.partition("#")
    return name, int(number) if number.isdecimal() else 0


def _reworded(
    variations: tuple[Variation, ...], number: int, text: str
) -> tuple[Variation, ...]:
    changed = replace(
        variations[number], said={**variations[number].said, "text": text}
    )
    return (*variations[:number], changed, *variations[number + 1 :])


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


def _answer(entry: Faq) -> Variation:
    metadata = {"title": entry.question, "purpose": "answer", "class": "repeatable"}
    whole = said(entry.answers[LANGUAGE], entry.extras)
    return Variation(said=_literally(whole), metadata=metadata)


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
