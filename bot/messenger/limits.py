"""What does Messenger take? Its limits, and whether a message is inside them.

The numbers are in data/messenger/limits.toml, for the editors and the emulator too.
Meta says "characters" and not which: a text is measured in UTF-16 units, which are
never fewer than code points.
"""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

LIMITS_FILE = Path(__file__).parents[2] / "data" / "messenger" / "limits.toml"


def load(path: Path = LIMITS_FILE) -> Mapping[str, Mapping[str, int]]:
    """Return every limit by its section and name."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


LIMITS = load()


def length(text: str) -> int:
    """Return how long a text is at most, whichever way it is counted."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def problems(message: Mapping[str, Any]) -> list[str]:
    """Return a sentence for each reason why Messenger would refuse *message*."""
    return list(_problems(message))


def _problems(message: Mapping[str, Any]) -> Iterator[str]:
    if not message.get("text") and not message.get("attachment"):
        yield "a message needs a text or an attachment"
    yield from _too_long("text", message.get("text"), LIMITS["message"]["text"])
    choices, limits = message.get("quick_replies") or [], LIMITS["quick_replies"]
    yield from _too_many("quick replies", choices, limits["count"])
    for choice in choices:
        yield from _title_problems("quick reply", choice, limits)
    attachment = message.get("attachment") or {}
    if attachment.get("type") == "template":
        yield from _template_problems(attachment.get("payload") or {})


def _template_problems(payload: Mapping[str, Any]) -> Iterator[str]:
    if payload.get("template_type") == "button":
        limits = LIMITS["button_template"]
        if not payload.get("text"):
            yield "buttons need a text above them"
        yield from _too_long("text above buttons", payload.get("text"), limits["text"])
        yield from _button_problems(payload, limits["buttons"])
    elements = payload.get("elements") or []
    yield from _too_many("cards", elements, LIMITS["generic_template"]["elements"])
    for element in elements:
        yield from _element_problems(element)


def _element_problems(element: Mapping[str, Any]) -> Iterator[str]:
    limits = LIMITS["generic_template"]
    if not element.get("title"):
        yield "a card needs a title"
    for name in ("title", "subtitle"):
        yield from _too_long(f"{name} of a card", element.get(name), limits[name])
    yield from _button_problems(element, limits["buttons"])


def _button_problems(holder: Mapping[str, Any], most: int) -> Iterator[str]:
    buttons = holder.get("buttons") or []
    yield from _too_many("buttons", buttons, most)
    for button in buttons:
        yield from _title_problems("button", button, LIMITS["button"])


def _title_problems(
    kind: str, choice: Mapping[str, Any], limits: Mapping[str, int]
) -> Iterator[str]:
    if not choice.get("title"):
        yield f"a {kind} needs a title"
    if not choice.get("payload") and not choice.get("url"):
        yield f"a {kind} needs a payload"
    for name in ("title", "payload"):
        yield from _too_long(f"{name} of a {kind}", choice.get(name), limits[name])


def _too_long(name: str, text: str | None, most: int) -> Iterator[str]:
    if text and length(text) > most:
        yield f"the {name} is {length(text)} characters long; {most} are allowed"


def _too_many(name: str, things: list[Any], most: int) -> Iterator[str]:
    if len(things) > most:
        yield f"there are {len(things)} {name}; {most} are allowed"
