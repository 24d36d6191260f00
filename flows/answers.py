"""Which slots does a message fill? Told by the mappings of the domain."""

from collections.abc import Iterable, Sequence
from typing import Any

from flows.domain import Filling, Slot
from flows.files import Payload


def found(
    asked: Slot, others: Iterable[Slot], parse: Payload, *, sure: bool
) -> Payload:
    """Return what *parse* says for the slot we asked for, and for others beside it.

    One piece of text fills one slot only, and the slot we asked for chooses first.
    *sure* says whether the intent of the message may be relied upon.
    """
    entities = list(parse.get("entities") or ())
    values: Payload = {}
    answer = _answer(asked, parse, entities, sure=sure)
    if answer is not None:
        values[asked.name] = answer
    return values | _mentioned(others, entities)


def mentioned(slots: Iterable[Slot], parse: Payload) -> Payload:
    """Return the values that *parse* names for these slots, asked for or not."""
    return _mentioned(slots, list(parse.get("entities") or ()))


def _mentioned(slots: Iterable[Slot], entities: list[Payload]) -> Payload:
    values: Payload = {}
    for slot in slots:
        for filling in slot.fillings:
            value = _from_entity(filling, entities)
            if value is not None and slot.name not in values:
                values[slot.name] = value
    return values


def _answer(slot: Slot, parse: Payload, entities: list[Payload], *, sure: bool) -> Any:
    for filling in slot.fillings:
        match filling.kind:
            case "from_entity":
                value = _from_entity(filling, entities)
            case "from_intent":
                meant = sure and parse["intent"]["name"] == filling.intent
                value = filling.value if meant else None
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
    hit = next((e for e in entities if e.get("entity") == filling.entity), None)
    if hit is None:
        return None
    entities[:] = [e for e in entities if not _overlap(e, hit)]
    return hit.get("value")


def _overlap(one: Payload, other: Payload) -> bool:
    if one is other:
        return True
    spans: Sequence[Any] = (one.get("start"), one.get("end"), other.get("start"))
    if None in (*spans, other.get("end")):
        return False
    return bool(one["start"] < other["end"] and other["start"] < one["end"])
