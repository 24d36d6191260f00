"""Does a number or a postcode belong to the new address of an order?

"12 rue du Port, 44000 Nantes" holds neither an order's number nor its proof, though
either may look so.
"""

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from bot.bareness import says_nothing_else
from bot.situation import Situation
from flows import postal

Payload: TypeAlias = dict[str, Any]

GOAL = "change_address"
STREET, TOWN, POSTCODE = "address_street", "address_town", "address_postcode"
CONFIRMED = "address_confirmed"
#: The questions for one, and whether it is right.
ASKED = frozenset([STREET, TOWN, POSTCODE, CONFIRMED, "new_address"])
#: What stands in no address.
_NEVER = frozenset(["email"])


def is_asked(here: Situation) -> bool:
    """Whether the open question is about one."""
    return here.asked is not None and here.asked.name in ASKED


def is_none(here: Situation) -> bool:
    """Whether one is asked for, and what is said has nothing of one but words."""
    if not is_asked(here) or here.state.asked == CONFIRMED or here.chosen:
        return False
    said = postal.read(here.text)
    return said.town is None and said.postcode is None


def others(here: Situation) -> list[Payload]:
    """Return what was found in a message and is none of a new address."""
    found: list[Payload] = here.reading.parse["entities"]
    if here.kind != "text" or here.chosen:
        return found
    if is_asked(here):
        kept = _NEVER | ({"order_number"} if _names_order(here) else frozenset())
        return [one for one in found if one["entity"] in kept]
    if here.intent == GOAL and _has_house(here.text, found):
        code = postal.read(here.text).postcode
        return [
            one for one in found if one["entity"] != "postcode" and one["value"] != code
        ]
    return found


def put_right(here: Situation) -> Mapping[str, Any]:
    """Return what is put right of an address that was just read back."""
    asked = here.asked.name if here.asked is not None else ""
    if asked != CONFIRMED or here.kind != "text" or here.chosen:
        return {}
    said = postal.read(here.text)
    if re.search(r"\d", said.street) and (said.town or said.postcode):
        return {STREET: postal.bare(here.text), TOWN: None, POSTCODE: None}
    if said.postcode and not (said.street or said.town or _names_order(here)):
        return {POSTCODE: said.postcode}
    return {}


def _names_order(here: Situation) -> bool:
    """Whether all that is said is the number of an order; it may be a postcode too."""
    if here.state.asked == POSTCODE:
        return False
    text = postal.bare(here.text)
    found = here.reading.parse["entities"]
    numbers = [one for one in found if one["entity"] == "order_number"]
    shift = here.text.find(text)
    moved = [
        {**one, "start": one["start"] - shift, "end": one["end"] - shift}
        for one in numbers
    ]
    return bool(numbers) and says_nothing_else(text, {"entities": moved})


def _has_house(text: str, found: list[Payload]) -> bool:
    """Whether a message has a number that is none of what was found in it."""
    rest = list(text)
    for one in found:
        rest[one["start"] : one["end"]] = " " * (one["end"] - one["start"])
    return any(sign.isdigit() for sign in rest)
