"""The FAQ as files: questions and answers in Rasa's YAML, read and written.

What is answered instead stands as a variation with a condition. What was written and
read again is written the same.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted
from ruamel.yaml.scalarstring import LiteralScalarString as Block

from bot.store.extras import Button, Extras, Kind
from bot.store.knowledge import Faq
from bot.store.variants import CLOSED, DAY_KINDS, OPEN, WEEKDAYS, Variant, When
from flows.files import Payload, Source
from intents import examples

PREFIX = "faq/"
VERSION = Quoted("3.1")
#: How a condition is written that slots of one value can't say.
_CLAUSE = re.compile(r"slots\.(\w+) (=|>=|<=) (?:\"([^\"]*)\"|(true|false))")
_AND = " and "
#: Which field of When a slot is compared for, and what it may be; any text if empty.
_SLOTS: Mapping[tuple[str, str], tuple[str, tuple[str, ...]]] = {
    ("day_kind", "="): ("day", DAY_KINDS),
    ("weekday", "="): ("day", WEEKDAYS),
    ("country", "="): ("country", ()),
    ("today", ">="): ("since", ()),
    ("today", "<="): ("until", ()),
}


@dataclass
class Read:
    """What files say of the FAQ, and of each variation that it can't have, why."""

    entries: list[Faq] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def read(sources: Mapping[str, Sequence[Source]], languages: Sequence[str]) -> Read:
    """Return each question with all that these *languages* say of it, in order."""
    found: dict[str, Faq] = {}
    left: list[str] = []
    for code in languages:
        for one in _in_language(sources.get(code, ()), code, left):
            known = found.get(one.name)
            found[one.name] = _joined(known, one) if known else one
    return Read([*found.values()], left)


def names(sources: Iterable[Source]) -> frozenset[str]:
    """Return the names of the questions that stand in files."""
    items = (item for one in sources for item in one.contents.get("nlu") or ())
    asked = (str(item.get("intent", "")) for item in items)
    return frozenset(one.removeprefix(PREFIX) for one in asked if PREFIX in one)


def _joined(known: Faq, other: Faq) -> Faq:
    more = {one.when: one for one in other.variants}
    same = (
        replace(one, answers={**more.pop(one.when, one).answers, **one.answers})
        for one in known.variants
    )
    return replace(
        known,
        phrasings=(*known.phrasings, *other.phrasings),
        answers={**other.answers, **known.answers},
        titles={**other.titles, **known.titles},
        extras=other.extras if known.extras == Extras() else known.extras,
        variants=(*same, *more.values()),
    )


def _in_language(
    sources: Sequence[Source], code: str, left: list[str]
) -> Iterator[Faq]:
    """Yield the FAQ of one language: plain phrasings, answers as they stand."""
    phrasings: dict[str, list[str]] = {}
    for example in examples.load(Path(one.name) for one in sources).examples:
        phrasings.setdefault(example.intent, []).append(example.text)
    said = {
        name.removeprefix("utter_"): (source.at("responses", name), bodies)
        for source in sources
        for name, bodies in source.section("responses").items()
    }
    items = (item for one in sources for item in one.contents.get("nlu") or [])
    for item in {str(one.get("intent", "")): one for one in items}.values():
        name, metadata = str(item.get("intent", "")), item.get("metadata") or {}
        title = str(metadata.get("question") or name.removeprefix(PREFIX))
        where, bodies = said.get(name, ("", []))
        plain: Payload = next((one for one in bodies if "condition" not in one), {})
        yield Faq(
            name=name.removeprefix(PREFIX),
            question=title,
            phrasings=tuple(phrasings.get(name, ())),
            answers={code: _text(plain)},
            titles={code: title},
            extras=_extras(plain, metadata),
            variants=tuple(_variants(f"{where}, utter_{name}", bodies, code, left)),
        )


def _variants(
    where: str, bodies: Sequence[Payload], code: str, left: list[str]
) -> Iterator[Variant]:
    for number, body in enumerate(bodies, start=1):
        if "condition" not in body:
            continue
        when = _when(body["condition"])
        if when is not None:
            yield Variant(when=when, answers={code: _text(body)})
        else:
            left.append(
                f"{where}: answer {number} is left out: the FAQ knows the slots "
                "day_kind, weekday, open_now, country and today, joined by 'and'"
            )


def _text(body: Payload) -> str:
    """Return a text of a response with its braces as customers read them."""
    return str(body.get("text") or "").replace("{{", "{").replace("}}", "}")


def _extras(body: Payload, metadata: Mapping[str, Any]) -> Extras:
    return Extras(
        buttons=tuple(filter(None, map(_button, body.get("buttons") or ()))),
        image=str(body.get("image") or ""),
        since=str(metadata.get("since") or ""),
        until=str(metadata.get("until") or ""),
    )


def _button(body: Payload) -> Button | None:
    title, payload = str(body.get("title")), str(body.get("payload") or "")
    if body.get("url"):
        return Button(kind=Kind.WEB, title=title, target=str(body["url"]))
    if body.get("type") == "phone_number":
        return Button(kind=Kind.PHONE, title=title, target=payload)
    asked = payload.removeprefix(f"/{PREFIX}")
    known = asked and asked != payload
    return Button(kind=Kind.ASK, title=title, target=asked) if known else None


def _when(condition: Any) -> When | None:
    """Return a condition of Rasa's as when an answer is given; None for others."""
    read: dict[str, str] = {}
    for clause in _clauses(condition):
        named = _named(*clause) if clause else None
        if named is None or named[0] in read:
            return None
        read[named[0]] = named[1]
    return When(**read) if read else None


def _clauses(condition: Any) -> Iterator[tuple[str, str, Any] | None]:
    if isinstance(condition, str):
        for text in condition.split(_AND):
            found = _CLAUSE.fullmatch(text.strip())
            value = found and (found[4] == "true" if found[4] else found[3])
            yield (found[1], found[2], value) if found else None
        return
    for one in condition if isinstance(condition, list) else [None]:
        if isinstance(one, dict) and one.get("type") == "slot":
            yield str(one.get("name")), "=", one.get("value")
        else:
            yield None


def _named(slot: str, sign: str, value: Any) -> tuple[str, str] | None:
    """Return which field of When a clause is about, and what that is."""
    if (slot, sign) == ("open_now", "=") and isinstance(value, bool):
        return "hours", OPEN if value else CLOSED
    field, values = _SLOTS.get((slot, sign), ("", ()))
    fits = isinstance(value, str) and (not values or value in values)
    return (field, value) if field and fits else None


def condition(when: When) -> list[dict[str, Any]] | str:
    """Return when an answer is given as a condition of Rasa's.

    Its older form has slots of one value; between days only a sentence can say.
    """
    slots = [*_slots(when)]
    if not (when.since or when.until):
        return [{"type": "slot", "name": name, "value": value} for name, value in slots]
    days = (("since", ">="), ("until", "<="))
    told = [f'slots.today {s} "{d}"' for one, s in days if (d := getattr(when, one))]
    return _AND.join([*told, *(_equals(*slot) for slot in slots)])


def _slots(when: When) -> Iterator[tuple[str, Any]]:
    if when.day:
        yield "day_kind" if when.day in DAY_KINDS else "weekday", when.day
    if when.hours:
        yield "open_now", when.hours == OPEN
    if when.country:
        yield "country", when.country


def _equals(name: str, value: Any) -> str:
    told = str(value).lower() if isinstance(value, bool) else f'"{value}"'
    return f"slots.{name} = {told}"


def written(
    entries: Iterable[Faq], spoken: Mapping[str, Sequence[str]], code: str
) -> str:
    """Return a file with what one language says of these questions.

    *spoken* are the phrasings of that language, by the names of the questions.
    """
    told = [one for one in entries if spoken.get(one.name) or one.answers.get(code)]
    body: dict[str, Any] = {"version": VERSION}
    body["nlu"] = [_item(one, spoken.get(one.name, ()), code) for one in told]
    body["responses"] = {
        f"utter_{PREFIX}{one.name}": bodies
        for one in told
        if (bodies := [*_bodies(one, code)])
    }
    yaml, out = YAML(typ="rt", pure=True), io.StringIO()
    yaml.width = 1_000_000
    yaml.dump(body, out)
    return out.getvalue()


def _item(entry: Faq, phrasings: Sequence[str], code: str) -> dict[str, Any]:
    days = {"since": entry.extras.since, "until": entry.extras.until}
    metadata = {"question": Quoted(entry.titles.get(code) or entry.question)}
    metadata |= {name: Quoted(day) for name, day in days.items() if day}
    item: dict[str, Any] = {"intent": PREFIX + entry.name, "metadata": metadata}
    lines = "".join(f"- {phrase}\n" for phrase in dict.fromkeys(phrasings))
    return {**item, "examples": Block(lines)} if lines else item


def _bodies(entry: Faq, code: str) -> Iterator[dict[str, Any]]:
    """Yield the answer, then what is answered instead, as variations of a response."""
    image = {"image": entry.extras.image} if entry.extras.image else {}
    buttons = [_tap(one) for one in entry.extras.buttons]
    beside = {**image, **({"buttons": buttons} if buttons else {})}
    if entry.answers.get(code):
        yield {"text": _quoted(entry.answers[code]), **beside}
    for one in entry.variants:
        if one.answers.get(code):
            text = _quoted(one.answers[code])
            yield {"condition": condition(one.when), "text": text, **beside}


def _tap(button: Button) -> dict[str, str]:
    title = Quoted(button.title)
    match button.kind:
        case Kind.WEB:
            return {"title": title, "url": button.target, "type": "web_url"}
        case Kind.PHONE:
            number = Quoted(button.target)
            return {"title": title, "payload": number, "type": "phone_number"}
        case Kind.ASK:
            return {"title": title, "payload": f"/{PREFIX}{button.target}"}


def _quoted(text: str) -> str:
    quoted: str = Quoted(text.replace("{", "{{").replace("}", "}}"))
    return quoted
