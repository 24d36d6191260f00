"""What words does the assistant know? Rasa's domain: intents, slots and actions."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flows.files import DataError, Payload, Source, nearest

_TYPES = ("text", "bool", "categorical", "float", "list", "any")
#: By what customers say; the others are set by actions alone.
_SAID = ("from_entity", "from_intent", "from_text", "from_trigger_intent")
_MAPPINGS = (*_SAID, "custom", "controlled")
_LATER = ("from_llm",)
_NEEDED = {
    "from_entity": "entity",
    "from_intent": "intent",
    "from_trigger_intent": "intent",
}
_CONDITION = frozenset(["active_loop", "active_flow", "requested_slot"])
SLOT_KEYS = frozenset(
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
    role: str | None = None
    group: str | None = None
    #: The message must mean one of these, if there are any, and none of the others.
    intents: tuple[str, ...] = ()
    not_intents: tuple[str, ...] = ()
    value: Any = None
    #: It counts in these flows alone, while this slot is asked for; None is any.
    #: Rasa's `conditions`: no pair means everywhere.
    places: tuple[tuple[str | None, str | None], ...] = ()

    def counts(self, intent: str | None, flow: str | None, asked: str | None) -> bool:
        """Whether it counts for such a message, there; an unknown *flow* is any."""
        if (self.intents and intent not in self.intents) or intent in self.not_intents:
            return False
        return (
            not self.places
            or flow is None
            or any(
                loop in (None, flow) and slot in (None, asked)
                for loop, slot in self.places
            )
        )


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
        return not any(filling.kind in _SAID for filling in self.fillings)

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

    @cached_property
    def entities_wanted(self) -> frozenset[str]:
        """Return the entities that slots are filled with."""
        fillings = (one for slot in self.slots.values() for one in slot.fillings)
        return frozenset(one.entity for one in fillings if one.entity is not None)

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
        if key not in SLOT_KEYS:
            raise DataError([f"{where}: unknown key '{key}'{nearest(key, SLOT_KEYS)}"])
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
    needed = _NEEDED.get(body["type"])
    if needed and not body.get(needed):
        raise DataError([f"{where}: mapping '{body['type']}' needs '{needed}'"])
    return Filling(
        kind=body["type"],
        entity=body.get("entity"),
        role=body.get("role"),
        group=body.get("group"),
        intents=_one_or_many(where, body, "intent"),
        not_intents=_one_or_many(where, body, "not_intent"),
        value=body.get("value"),
        places=tuple(_places(where, body.get("conditions") or ())),
    )


def _one_or_many(where: str, body: Payload, key: str) -> tuple[str, ...]:
    given = body.get(key) or ()
    found = (given,) if isinstance(given, str) else given
    if not isinstance(found, list | tuple) or not all(
        isinstance(one, str) for one in found
    ):
        raise DataError([f"{where}: '{key}' is an intent, or a list of them"])
    return tuple(found)


def _places(where: str, given: Any) -> Iterator[tuple[str | None, str | None]]:
    for one in given if isinstance(given, list | tuple) else (given,):
        if not isinstance(one, dict) or not {*one} <= _CONDITION:
            raise DataError(
                [
                    f"{where}: each of 'conditions' is '- active_loop: <flow>', and "
                    "'requested_slot: <slot>' below it"
                ]
            )
        yield one.get("active_loop", one.get("active_flow")), one.get("requested_slot")


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
