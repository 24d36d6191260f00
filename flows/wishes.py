"""What did a message ask besides what it led to? It waits until that is dealt with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flows.files import Payload


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Something that was likely asked as well, and when it was said, in seconds."""

    intent: str
    at: float
    #: What the message named.
    entities: tuple[Payload, ...] = ()

    def to_json(self) -> Payload:
        """Return the wish as the state keeps it."""
        return {"intent": self.intent, "at": self.at, "entities": list(self.entities)}


def wishes(stored: Iterable[Mapping[str, Any]] | None) -> tuple[Wish, ...]:
    """Return the wishes that were stored; a state of before knows of none."""
    return tuple(
        Wish(
            intent=str(one["intent"]),
            at=float(one.get("at") or 0.0),
            entities=tuple(one.get("entities") or ()),
        )
        for one in stored or ()
        if one.get("intent")
    )
