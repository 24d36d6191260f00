"""What words does the assistant know? Rasa's domain: intents, slots and actions."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flows.files import DataError, Payload, Source, nearest

_TYPES = ("text", "bool", "categorical", "float", "list", "any")
_MAPPINGS = ("from_entity", "from_intent", "from_text", "custom", "controlled")
_LATER = ("from_trigger_intent", "from_llm")
_SLOT_KEYS = frozenset(
    [
        "type",
        "initial_value",
        "values",
        "min_value",
        "max_value",
        "influence_conversation",
        "mappings",
    ]
)
_LISTS = ("intents", "entities", "actions")
_SECTIONS = ("slots", "responses", "forms")
_YES, _NO = frozenset(["true", "yes", "1"]), frozenset(["false", "no", "0"])


@dataclass(frozen=True, kw_only=True)
class Filling:
    """One way in which a slot gets a value from what a customer says."""

    kind: str
    entity: str | None = None
    intent: str | None = None
    value: Any = None


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A value remembered in the conversation."""

    name: str
    kind: str
    initial: Any = None
    values: tuple[str, ...] = ()
    fillings: tuple[Filling, ...] = ()

    @property
    def controlled(self) -> bool:
        """Whether actions alone may set it, never what a customer says or taps."""
        return not any(
            filling.kind in ("from_entity", "from_intent", "from_text")
            for filling in self.fillings
        )

    def read(self, text: str) -> Any:
        """Return the value that *text* spells, or None if it fits this slot not."""
        match self.kind:
            case "bool":
                word = text.casefold()
                return True if word in _YES else False if word in _NO else None
            case "float":
                return _number(text)
            case "categorical":
                return next(
                    (v for v in self.values if v.casefold() == text.casefold()), None
                )
            case _:
                return text.strip() or None


@dataclass(frozen=True, kw_only=True)
class Domain:
    """Everything that flows, responses and actions may name."""

    intents: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    slots: Mapping[str, Slot] = field(default_factory=dict)
    actions: frozenset[str] = frozenset()
    raw: Payload = field(default_factory=dict)

    @property
    def initial(self) -> dict[str, Any]:
        """Return what slots hold before anything was said."""
        return {slot.name: slot.initial for slot in self.slots.values()}


def load(files: Sequence[Source]) -> Domain:
    """Return the domain in these files, later ones over earlier ones."""
    slots = [
        _slot(f"{file.at('slots', name)}, slot {name}", name, body)
        for file in files
        for name, body in file.section("slots").items()
    ]
    return Domain(
        intents=frozenset(_names(files, "intents")),
        entities=frozenset(_names(files, "entities")),
        slots={slot.name: slot for slot in slots},
        actions=frozenset(_names(files, "actions")),
        raw=_merged(files),
    )


def _names(files: Sequence[Source], key: str) -> Iterator[str]:
    for file in files:
        for item in file.listed(key):
            if isinstance(item, str):
                yield item
            elif isinstance(item, dict) and len(item) == 1:
                yield from item
            else:
                raise DataError([f"{file.name}, {key}: each must be a name"])


def _merged(files: Sequence[Source]) -> Payload:
    """Return the domain as actions get it (rasa_sdk.types.DomainDict)."""
    merged: Payload = {key: [] for key in _LISTS} | {key: {} for key in _SECTIONS}
    for file in files:
        for key in _LISTS:
            merged[key] = [*merged[key], *file.listed(key)]
        for key in _SECTIONS:
            merged[key] = {**merged[key], **file.section(key)}
    return merged


def _slot(where: str, name: str, body: Any) -> Slot:
    if not isinstance(body, dict) or body.get("type") not in _TYPES:
        raise DataError([f"{where}: needs a 'type': {', '.join(_TYPES)}"])
    for key in body:
        if key not in _SLOT_KEYS:
            raise DataError([f"{where}: unknown key '{key}'{nearest(key, _SLOT_KEYS)}"])
    given = body.get("values") or []
    values = tuple(map(str, given)) if isinstance(given, list) else ()
    if body["type"] == "categorical" and not values:
        raise DataError([f"{where}: a categorical slot needs a list of 'values'"])
    return Slot(
        name=name,
        kind=body["type"],
        initial=body.get("initial_value"),
        values=values,
        fillings=tuple(_fillings(where, body.get("mappings"))),
    )


def _fillings(where: str, mappings: Any) -> Iterator[Filling]:
    if not isinstance(mappings, list) or not mappings:
        raise DataError(
            [f"{where}: needs 'mappings'; write '- type: custom' if actions set it"]
        )
    for body in mappings:
        kind = body.get("type") if isinstance(body, dict) else None
        if kind in _LATER:
            raise DataError([f"{where}: mapping '{kind}' is not supported yet"])
        if kind not in _MAPPINGS:
            raise DataError(
                [f"{where}: unknown mapping '{kind}'{nearest(str(kind), _MAPPINGS)}"]
            )
        yield _filling(where, body)


def _filling(where: str, body: Payload) -> Filling:
    needed = {"from_entity": "entity", "from_intent": "intent"}.get(body["type"])
    if needed and not body.get(needed):
        raise DataError([f"{where}: mapping '{body['type']}' needs '{needed}'"])
    return Filling(
        kind=body["type"],
        entity=body.get("entity"),
        intent=body.get("intent"),
        value=body.get("value"),
    )


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
