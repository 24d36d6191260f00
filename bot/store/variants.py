"""What an FAQ entry answers instead, and when: on some days, to some customers."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

#: What a day is to the shop, and the days of the week, Monday first.
DAY_KINDS = ("weekday", "weekend", "holiday")
WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
OPEN, CLOSED = "open", "closed"


@dataclass(frozen=True, kw_only=True)
class When:
    """All that must hold; what is empty holds always.

    *day* is a kind of day or a day of the week, *hours* open or closed, *country* as
    ISO 3166 writes it, *since* and *until* days as ISO 8601 does.
    """

    day: str = ""
    hours: str = ""
    country: str = ""
    since: str = ""
    until: str = ""

    def holds(self, slots: Mapping[str, Any], context: Mapping[str, Any]) -> bool:
        """Whether it holds in these circumstances (bot/circumstances.py).

        Of what is not known nothing holds.
        """
        today = str(slots.get("today") or "")
        return all(
            (
                not self.day
                or self.day in (slots.get("day_kind"), slots.get("weekday")),
                not self.hours or slots.get("open_now") is (self.hours == OPEN),
                not self.country or slots.get("country") == self.country,
                not (self.since or self.until) or bool(today),
                self.since <= today,
                not self.until or today <= self.until,
            )
        )

    def covers(self, other: "When") -> bool:
        """Whether it holds whenever *other* does."""
        same = all(
            mine in ("", theirs)
            for mine, theirs in (
                (self.day, other.day),
                (self.hours, other.hours),
                (self.country, other.country),
            )
        )
        begins = self.since <= other.since
        ends = not self.until or bool(other.until and other.until <= self.until)
        return same and begins and ends


#: Always; no variant may hold so.
ALWAYS = When()


@dataclass(frozen=True, kw_only=True)
class Variant:
    """Another answer in each language, and when it is given."""

    when: When
    answers: Mapping[str, str] = field(default_factory=dict)

    def answer(self, languages: Sequence[str]) -> str:
        """Return what it says in the first language in which it says something."""
        return next(filter(None, (self.answers.get(one, "") for one in languages)), "")


def to_json(variants: Sequence[Variant]) -> list[dict[str, Any]]:
    """Return variants as the table keeps them."""
    return [{"when": asdict(v.when), "answers": {**v.answers}} for v in variants]


def from_json(kept: Sequence[Mapping[str, Any]] | None) -> tuple[Variant, ...]:
    """Return what the table kept; older versions have none."""
    return tuple(
        Variant(when=When(**one["when"]), answers=one["answers"]) for one in kept or ()
    )
