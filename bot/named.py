"""Values that no pattern tells: days and hours, amounts, telephone numbers.

They are looked for only where a slot of the shop is filled with them, so nobody pays
for what no flow asks for.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from babel.core import get_global

from flows.answers import overlap
from intents.amounts import AMOUNT, amounts
from intents.moments import TIME, moments
from intents.telephones import international

Payload: TypeAlias = dict[str, Any]

PHONE = "phone"
KINDS = frozenset([TIME, AMOUNT, PHONE])
#: Where 3/12 is the twelfth of March.
MONTH_FIRST = frozenset(["US"])


@dataclass(frozen=True, kw_only=True)
class Place:
    """When and where somebody writes."""

    #: In the zone of the shop: Messenger does not tell the customer's.
    now: datetime
    country: str


def place(now: datetime, zone: str, country: str | None) -> Place:
    """Return when and where a customer writes; of no *country* is the zone's."""
    local = now.astimezone(ZoneInfo(zone))
    return Place(now=local, country=country or _country(zone))


def also(parse: Payload, wanted: Collection[str], where: Place | None) -> Payload:
    """Return *parse* with what is *wanted* of such values beside its entities."""
    kinds = KINDS.intersection(wanted)
    if not kinds or where is None:
        return parse
    text, country = str(parse["text"]), where.country
    found: list[Any] = [*amounts(text)] if AMOUNT in kinds else []
    if TIME in kinds:
        first, language = country in MONTH_FIRST, str(parse["language"])
        told: list[Any] = [*moments(text, language, where.now, month_first=first)]
        found += [one for one in told if not any(overlap(one, o) for o in found)]
    others = [
        _called(one, country) if PHONE in kinds else one for one in parse["entities"]
    ]
    together = sorted([*others, *found], key=lambda one: int(one["start"]))
    return {**parse, "entities": together}


def _called(entity: Payload, country: str) -> Payload:
    if entity["entity"] != PHONE:
        return entity
    number = international(str(entity["value"]), country)
    return {**entity, "value": number} if number else entity


@lru_cache(maxsize=64)
def _country(zone: str) -> str:
    """Return the country of a zone, ZZ if it is of none."""
    return str(get_global("zone_territories").get(zone, "ZZ"))
