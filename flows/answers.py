"""Which slots does a message fill? Told by the mappings of the domain."""

from collections.abc import Iterable, Sequence
from typing import Any

from flows.domain import Filling, Slot
from flows.files import Payload

#: Kinds of entities by which an order is proved to be somebody's.
PROOFS = frozenset(["email", "postcode"])


def found(
    asked: Slot,
    others: Iterable[Slot],
    parse: Payload,
    *,
    sure: bool,
    flow: str | None = None,
) -> Payload:
    """Return what *parse* says for the slot we asked for, and for others beside it.

    One piece of text fills one slot only, and the slot we asked for chooses first.
    *sure* says whether the intent of the message may be relied upon, *flow* which
    flow asks.
    """
    entities = list(parse.get("entities") or ())
    values: Payload = {}
    fillings = _counting(asked, parse, flow, asked.name)
    answer = _answer(asked, fillings, parse, entities, sure=sure)
    if answer is not None:
        values[asked.name] = answer
    fitting = [(one, _counting(one, parse, flow, asked.name)) for one in others]
    return values | _mentioned(fitting, entities)


def mentioned(slots: Iterable[Slot], parse: Payload) -> Payload:
    """Return the values that *parse* names for these slots, asked for or not."""
    fitting = [(one, _counting(one, parse, None, None)) for one in slots]
    return _mentioned(fitting, list(parse.get("entities") or ()))


def triggered(slots: Iterable[Slot], intent: str) -> Payload:
    """Return what these slots hold in a flow that *intent* begins."""
    return {
        slot.name: filling.value
        for slot in slots
        for filling in slot.fillings
        if filling.kind == "from_trigger_intent" and intent in filling.intents
    }


def _counting(
    slot: Slot, parse: Payload, flow: str | None, asked: str | None
) -> list[Filling]:
    """Return the ways to fill a slot that count for this message, here."""
    intent = (parse.get("intent") or {}).get("name")
    return [one for one in slot.fillings if one.counts(intent, flow, asked)]


def _mentioned(
    slots: Iterable[tuple[Slot, list[Filling]]], entities: list[Payload]
) -> Payload:
    values: Payload = {}
    for slot, fillings in slots:
        for filling in fillings:
            value = _from_entity(filling, entities)
            if value is not None and slot.name not in values:
                values[slot.name] = value
    return values


def _answer(
    slot: Slot,
    fillings: Iterable[Filling],
    parse: Payload,
    entities: list[Payload],
    *,
    sure: bool,
) -> Any:
    for filling in fillings:
        match filling.kind:
            case "from_entity":
                value = _from_entity(filling, entities)
            case "from_intent":
                value = filling.value if sure else None
            case "from_text":
                value = slot.read(parse.get("text") or "")
            case _:
                value = None
        if value is not None:
            return value
    return None


def _from_entity(filling: Filling, entities: list[Payload]) -> Any:
    """Return the value of the first fitting entity, and take it and its text away."""
    if filling.kind != "from_entity":
        return None
    hit = next((one for one in entities if _is_meant(one, filling)), None)
    if hit is None:
        return None
    entities[:] = [e for e in entities if not overlap(e, hit)]
    return hit.get("value")


def _is_meant(entity: Payload, filling: Filling) -> bool:
    """Whether it is the entity, in the role and of the group that are wanted."""
    wanted = {"role": filling.role, "group": filling.group}
    return entity.get("entity") == filling.entity and all(
        entity.get(key) == value for key, value in wanted.items() if value is not None
    )


def overlap(one: Payload, other: Payload) -> bool:
    """Whether two entities stand in the same piece of a text."""
    if one is other:
        return True
    spans: Sequence[Any] = (one.get("start"), one.get("end"), other.get("start"))
    if None in (*spans, other.get("end")):
        return False
    return bool(one["start"] < other["end"] and other["start"] < one["end"])
