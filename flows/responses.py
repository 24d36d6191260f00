"""What do we say? Choose a variation of a response, and fill in its values.

The YAML, the choice and the braces are Rasa's, with two differences: which of
several equal variations is said follows from a seed, so that a turn can be
played again; and a value is put in as it is, never read as a template itself.
https://rasa.com/docs/reference/primitives/responses
"""

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from flows import attached, lines
from flows.conditions import Condition, ConditionError
from flows.conditions import parse as parse_condition
from flows.files import DataError, Payload, Source, nearest, without_lines
from flows.lines import Lines

#: Keys of what is said; the media are a sound, a video or a file.
SAID = ("text", "image", "media", "buttons", "quick_replies", "elements")
_OURS = frozenset([*SAID, *attached.KEYS]) - {"media"}
_KEYS = _OURS | {"id", "condition", "channel", "metadata"}
#: Rasa's name of the channel, and what people call it.
CHANNEL = "facebook"
CHANNELS = {"messenger": CHANNEL}
_BRACES = re.compile(r"\{\{|\}\}|\{([A-Za-z_][\w.-]*)\}")


@dataclass(frozen=True, kw_only=True)
class SlotIs:
    """A condition in Rasa's older form: a slot holds a value."""

    name: str
    value: Any

    def slots(self) -> list[str]:
        """Return the names of the slots it looks at."""
        return [self.name]

    def holds(self, slots: Mapping[str, Any], context: Mapping[str, Any]) -> bool:
        """Whether the slot holds it; letters count alike in either case."""
        held = slots.get(self.name)
        if isinstance(held, str) and isinstance(self.value, str):
            return held.casefold() == self.value.casefold()
        return bool(held == self.value)


class Holds(Protocol):
    """What a variation may be conditional on."""

    def holds(self, slots: Mapping[str, Any], context: Mapping[str, Any]) -> bool:
        """Whether it holds of these values."""


@dataclass(frozen=True, kw_only=True)
class Variation:
    """One way to say a response."""

    said: Payload
    conditions: tuple[Holds, ...] | None = None
    #: Of those whose conditions hold, only the lowest are said.
    rank: int = 0
    channel: str | None = None
    metadata: Payload = field(default_factory=dict)
    #: For whoever has to mend it.
    lines: Lines = field(default=Lines(), compare=False)


@dataclass(frozen=True)
class Responses:
    """All that the assistant can say, by name, in one language."""

    by_name: Mapping[str, tuple[Variation, ...]] = field(default_factory=dict)
    language: str = "en"

    def __contains__(self, name: object) -> bool:
        return name in self.by_name

    def fill(
        self,
        name: str,
        slots: Mapping[str, Any],
        values: Mapping[str, Any],
        *,
        seed: int,
        channel: str = CHANNEL,
    ) -> Payload:
        """Return what to say for *name*: text, buttons ..., and its metadata.

        *values* are of this one call and win over slots of the same name.
        Nothing to say is an empty payload: every variation may be conditional.
        """
        chosen = self._choose(name, slots, values, seed=seed, channel=channel)
        if chosen is None:
            return {}
        filled: Payload = _filled(chosen.said, {**slots, **values})
        # What holds a customer's values must not be said twice by mistake.
        repeat = "repeatable" if filled == chosen.said else "park"
        metadata = {"class": repeat, **chosen.metadata, "utter_action": name}
        return {**filled, "metadata": metadata}

    def plain(self, name: str) -> str | None:
        """Return the text of a response in which nothing is filled in."""
        said = self.by_name.get(name)
        return str(said[0].said.get("text") or "") if said else None

    def title(self, name: str) -> str | None:
        """Return how a choice that leads to this response is called."""
        titles = [v.metadata.get("title") for v in self.by_name.get(name, ())]
        return next((str(title) for title in titles if title), None)

    def _choose(
        self,
        name: str,
        slots: Mapping[str, Any],
        context: Mapping[str, Any],
        *,
        seed: int,
        channel: str,
    ) -> Variation | None:
        fitting = [
            (variation.conditions is None, variation)
            for variation in self.by_name[name]
            if _holds(variation.conditions, slots, context)
        ]
        # A variation for the channel beats a condition, as in Rasa.
        for wanted in (channel, None):
            for plain in (False, True):
                found = [v for p, v in fitting if p is plain and v.channel == wanted]
                first = min((variation.rank for variation in found), default=0)
                ranked = [one for one in found if one.rank == first]
                if ranked:
                    return ranked[zlib.crc32(f"{seed}:{name}".encode()) % len(ranked)]
        return None


def load(files: Sequence[Source]) -> Responses:
    """Return the responses in these files, later ones over earlier ones."""
    by_name: dict[str, tuple[Variation, ...]] = {}
    for file in files:
        for name, bodies in file.section("responses").items():
            where = f"{file.at('responses', name)}, response {name}"
            if not isinstance(bodies, list) or not bodies:
                raise DataError([f"{where}: needs a list such as '- text: Hello'"])
            by_name[name] = tuple(_variation(where, file.name, one) for one in bodies)
    return Responses(by_name)


def over(layers: Iterable[Responses]) -> Responses:
    """Return responses with later ones over earlier ones, in the last language."""
    by_name: dict[str, tuple[Variation, ...]] = {}
    language = ""
    for layer in layers:
        by_name |= layer.by_name
        language = layer.language
    return Responses(by_name, language)


def without_values(text: str) -> str:
    """Return what of a text is said whatever its values are."""
    return _BRACES.sub(lambda brace: "" if brace[1] else brace[0][0], text)


def _holds(
    conditions: tuple[Holds, ...] | None,
    slots: Mapping[str, Any],
    context: Mapping[str, Any],
) -> bool:
    if conditions is None:
        return True
    # Rasa says an empty list neither is "no condition" nor ever holds.
    return bool(conditions) and all(c.holds(slots, context) for c in conditions)


def _filled(said: Any, values: Mapping[str, Any]) -> Any:
    """Return *said* with every ``{name}`` in it replaced, in one pass."""
    match said:
        case str():
            return _BRACES.sub(lambda brace: _value(brace, values), said)
        case dict():
            return {key: _filled(value, values) for key, value in said.items()}
        case list():
            return [_filled(value, values) for value in said]
        case _:
            return said


def _value(brace: re.Match[str], values: Mapping[str, Any]) -> str:
    name = brace[1]
    if name is None:
        return brace[0][0]
    if name not in values:
        return brace[0]
    value = values[name]
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _variation(where: str, file: str, body: Any) -> Variation:
    if not isinstance(body, dict):
        raise DataError([f"{where}: each variation needs a key such as 'text'"])
    said = _said(where, body)
    _check_said(where, said)
    metadata = body.get("metadata") or {}
    if not isinstance(metadata, dict):
        raise DataError([f"{where}: 'metadata' must be a mapping"])
    if "template" in metadata:
        raise DataError([f"{where}: Jinja is not read; write {{name}} for a value"])
    return Variation(
        said=without_lines(said),
        conditions=_conditions(where, body),
        channel=CHANNELS.get(str(body.get("channel")), body.get("channel")),
        metadata=without_lines(metadata),
        lines=lines.read(file, body, said),
    )


def _said(where: str, body: Payload) -> Payload:
    """Return what a variation says, in our own keys."""
    for key in body:
        if key == "allow_interruptions":
            raise DataError([f"{where}: '{key}' is for voice; take it out"])
        if key not in _KEYS:
            raise DataError([f"{where}: unknown key '{key}'{nearest(key, _KEYS)}"])
    try:
        whole = attached.plain(body)
    except attached.ShapeError as error:
        raise DataError([f"{where}: {error}"]) from None
    said = {key: whole[key] for key in SAID if whole.get(key)}
    if not said:
        raise DataError([f"{where}: says nothing; give it a 'text'"])
    return said


def _check_said(where: str, said: Payload) -> None:
    for key in ("text", "image"):
        if not isinstance(said.get(key, ""), str):
            raise DataError([f"{where}: '{key}' must be a text; put it in quotes"])
    for key in ("buttons", "quick_replies", "elements"):
        if not isinstance(said.get(key, []), list):
            raise DataError([f"{where}: '{key}' must be a list"])
    for key in ("buttons", "quick_replies"):
        if not all(map(_is_choice, said.get(key, ()))):
            raise DataError([f"{where}, {key}: each needs 'title' and 'payload'"])
    if not all(map(_is_card, said.get("elements", ()))):
        raise DataError(
            [
                f"{where}, elements: each is a card such as '- title: A gift', its "
                "'buttons' a list such as '- title: Wrap it'"
            ]
        )


def _is_choice(button: Any) -> bool:
    return (
        isinstance(button, dict)
        and isinstance(button.get("title"), str)
        and isinstance(button.get("payload") or button.get("url"), str)
    )


def _is_card(element: Any) -> bool:
    buttons = (element.get("buttons") or []) if isinstance(element, dict) else None
    return isinstance(buttons, list) and all(
        isinstance(button, dict) and isinstance(button.get("title", ""), str)
        for button in buttons
    )


def _conditions(where: str, body: Payload) -> tuple[SlotIs | Condition, ...] | None:
    if "condition" not in body:
        return None
    given = body["condition"]
    if isinstance(given, str):
        try:
            return (parse_condition(given),)
        except ConditionError as error:
            raise DataError([f"{where}: condition: {error}"]) from None
    if not isinstance(given, list) or not all(
        isinstance(item, dict) and item.get("type") == "slot" and "name" in item
        for item in given
    ):
        raise DataError(
            [f"{where}: a condition is '- type: slot, name: .., value: ..'"]
        )
    return tuple(SlotIs(name=item["name"], value=item.get("value")) for item in given)
