"""Values a customer wrote: order number, e-mail, postcode, ticket."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from intents import cost
from intents.parse import Entity
from intents.text import LONGEST, LONGEST_READ, ascii_digits, set_apart

#: What the numbers of tickets begin with, and how many signs follow it.
TICKET, CODE = "HR", 6
#: Steps of all patterns together from one place of a message: 30 ms at worst.
MOST_STEPS = 12_000


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression whose whole match is an entity."""

    entity: str
    expression: str
    compiled: re.Pattern[str] = field(init=False, repr=False, compare=False)
    #: How much of a message is searched: less where that takes long.
    reach: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        compiled = re.compile(self.expression, re.IGNORECASE)
        object.__setattr__(self, "compiled", compiled)
        object.__setattr__(self, "reach", _reach(self.expression))


def _reach(expression: str) -> int:
    with suppress(cost.CostlyPatternError):
        if cost.steps(expression) < cost.ENDLESS:
            return LONGEST
    return LONGEST_READ


def check_together(patterns: Iterable[Pattern]) -> None:
    """Raise CostlyPatternError if all patterns are too slow on one message."""
    costs = {one: cost.steps(one.expression) for one in patterns}
    if sum(costs.values()) > MOST_STEPS:
        worst = max(costs, key=costs.__getitem__)
        raise cost.CostlyPatternError(
            "the patterns together may take too long on a long message. Begin with "
            f"that of {worst.entity}: give its open-ended parts an end"
        )


def phrases(entity: str, values: Iterable[str]) -> Pattern:
    """Return the pattern that finds any of *values* as whole words."""
    longest_first = sorted(set(values), key=lambda value: (-len(value), value))
    choices = "|".join(map(re.escape, longest_first))
    return Pattern(entity, rf"(?<!\w)(?:{choices})(?!\w)")


def extract(
    text: str, patterns: Sequence[Pattern], synonyms: Mapping[str, str] | None = None
) -> list[Entity]:
    """Return the entities in *text*, first to last.

    The same place may be two things (five digits: an order or a postcode), told
    apart by who asks; what lies inside a longer find is dropped (the digits of an
    e-mail address). *synonyms* are looked up by casefolded value.
    """
    seen = text[:LONGEST]
    apart = set_apart(seen)
    found = [
        (match.start(), match.end(), pattern.entity)
        for pattern in patterns
        for match in pattern.compiled.finditer(apart, 0, pattern.reach)
        if match.end() > match.start()
    ]
    outermost = _outermost((start, end) for start, end, _ in found)
    kept = [one for one in dict.fromkeys(found) if one[:2] in outermost]
    kept.sort(key=lambda one: one[0])
    return [_entity(seen, *one, synonyms or {}) for one in kept]


def whole(text: str, entity: str, patterns: Iterable[Pattern]) -> str | None:
    """Return *text* in its one spelling if a customer can give it as that entity."""
    found = extract(text, [one for one in patterns if one.entity == entity])
    for one in found:
        if (one["start"], one["end"]) == (0, len(text)):
            return one["value"]
    return None


def _outermost(places: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the places that lie inside no longer one."""
    outermost, furthest = set(), -1
    for start, end in sorted(set(places), key=lambda place: (place[0], -place[1])):
        if end > furthest:
            outermost.add((start, end))
            furthest = end
    return outermost


def _entity(
    text: str, start: int, end: int, name: str, synonyms: Mapping[str, str]
) -> Entity:
    value = canonical(name, text[start:end])
    entity = Entity(
        entity=name,
        start=start,
        end=end,
        value=synonyms.get(value.casefold(), value),
        extractor="RegexEntityExtractor",
    )
    if entity["value"] != value:
        entity["processors"] = ["EntitySynonymMapper"]
    return entity


def canonical(entity: str, written: str) -> str:
    """Return a value in the one spelling that can be compared."""
    value = unicodedata.normalize("NFKC", written).strip()
    spell = _SPELLINGS.get(entity)
    return spell(value) if spell else value


def _email(value: str) -> str:
    return value.casefold().strip(".,;:!?-_+%'\"()<>")


def _order_number(value: str) -> str:
    return ascii_digits(value).upper()


def _ticket(value: str) -> str:
    code = "".join(filter(str.isalnum, ascii_digits(value))).upper()
    return f"{TICKET}-{code.removeprefix(TICKET) if len(code) > CODE else code}"


def _postcode(value: str) -> str:
    code = " ".join(ascii_digits(value).upper().split())
    british = _BRITISH.fullmatch(code)
    return f"{british[1]} {british[2]}" if british else _COUNTRY.sub("", code)


_COUNTRY = re.compile(r"^[A-Z]-(?=[0-9])")
_BRITISH = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?|GIR) ?([0-9][A-Z]{2})")
_SPELLINGS: Mapping[str, Callable[[str], str]] = {
    "email": _email,
    "order_number": _order_number,
    "postcode": _postcode,
    "ticket": _ticket,
    "ticket_code": _ticket,
}
