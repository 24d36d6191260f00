"""What came of an inquiry? Judged on facts, not on what was understood."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.inquiries.customer import Visit
from benchmarks.interval import Share
from intents.text import ascii_digits

#: resolved: all facts were told; fetched: a person comes, who may have been needed;
#: wrong: something was answered that was not asked; left: none of these.
VERDICTS = ("resolved", "fetched", "wrong", "left")
#: What promises nothing: a greeting is no answer.
NO_ANSWERS = frozenset({None, "greet"})


def verdict(made: Visit) -> str:
    """Return which of VERDICTS an inquiry came to; one wrong answer outweighs all."""
    if {step.topic for step in made.steps} - made.inquiry.means - NO_ANSWERS:
        return "wrong"
    if made.told and not made.person:
        return "resolved"
    return "fetched" if made.person else "left"


def is_well_handed_over(made: Visit) -> bool:
    """Whether a person comes, told language, reason and the order that was given."""
    said = _numbers(" ".join(step.said for step in made.steps))
    given = _numbers(made.inquiry.knows.get("order_number", "")) & said
    return (
        made.person
        and bool(made.reason)
        and given <= _numbers(made.brief)
        and made.language == made.inquiry.language
    )


def _numbers(text: str) -> set[str]:
    """Return the numbers in a text, in whatever digits they are written."""
    return set(re.findall(r"\d+(?:-\d+)*", ascii_digits(text)))


@dataclass(frozen=True, kw_only=True)
class Row:
    """Some inquiries, counted."""

    name: str
    visits: Sequence[Visit]

    def share(self, name: str) -> Share:
        """Return how many came to this verdict."""
        count = sum(verdict(one) == name for one in self.visits)
        return Share(count, len(self.visits))

    @property
    def handed_over(self) -> Share:
        """Return how many of the unresolved reach a person who is told enough."""
        rest = [one for one in self.visits if verdict(one) != "resolved"]
        return Share(sum(map(is_well_handed_over, rest)), len(rest))

    def to_json(self) -> dict[str, Any]:
        """Return all shares by name."""
        shares = {name: self.share(name).to_json() for name in VERDICTS}
        rest = self.handed_over.to_json()
        return {"name": self.name, **shares, "well_handed_over_of_the_rest": rest}


def rows(visits: Iterable[Visit]) -> list[Row]:
    """Return the sum of all, of each kind and of each language."""
    made = list(visits)
    mine = [one for one in made if one.inquiry.outcome == "answered"]
    return [
        Row(name="all", visits=made),
        Row(name="could be answered", visits=mine),
        *_by(made, lambda one: one.inquiry.kind),
        *_by(made, lambda one: one.inquiry.language),
    ]


def _by(made: Sequence[Visit], name: Callable[[Visit], str]) -> list[Row]:
    counted = Counter(map(name, made))
    return [
        Row(name=one, visits=[visit for visit in made if name(visit) == one])
        for one in counted
    ]
