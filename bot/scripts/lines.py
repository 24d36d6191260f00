"""What can stand in a script? Its lines, each with what it takes.

A script is a list of lines, read from top to bottom: docs/scripts.md describes them
for whoever writes one.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from bot.hours import Hours
from bot.scripts.world import World
from flows.files import nearest
from flows.ports import REASONS

#: Raised with what to write instead.
Check: TypeAlias = Callable[[Any], Any]

SENDS = {
    "a picture": "attachment",
    "a video": "attachment",
    "a voice message": "attachment",
    "a file": "attachment",
    "a location": "attachment",
    "a thumbs-up": "thumbs_up",
}
UNITS = ("minutes", "hours", "days")
_LATER = re.compile(r"(\d{1,4}) (minute|hour|day)s?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:00)?")
_COUNTRY = re.compile(r"([A-Z]{2})?")


class LineError(ValueError):
    """A line can't be understood; the text says what to write instead."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line: where it stands, and what it asks for or does."""

    line: int
    number: int
    name: str
    value: Any = None
    #: What a message is taken for, whatever the model thinks of it.
    means: Mapping[str, float] | None = None

    @property
    def written(self) -> str:
        """Return the line, much as it stands in its file."""
        match self.value:
            case None | False:
                return self.name
            case list() as titles:
                return f"{self.name}: [{', '.join(titles)}]"
            case dict() as values:
                pairs = (f"{name}: {value}" for name, value in values.items())
                return f"{self.name}: {{{', '.join(pairs)}}}"
        return f"{self.name}: {self.value}"


@dataclass(frozen=True, kw_only=True)
class Script:
    """One conversation, line by line, with the world it is played in."""

    #: As a reader finds it: the layer's folder left out.
    file: str
    title: str
    steps: tuple[Step, ...]
    world: World
    now: datetime
    #: It is played where the shop offers all of these.
    languages: tuple[str, ...] = ()
    #: Where the file lies if it is the shop's own.
    path: str = ""
    #: What actions of a server set here, which is never asked: slots by action.
    stand_ins: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    #: When people are there: always, if its file does not say.
    hours: Hours = Hours()

    @property
    def name(self) -> str:
        """Return what it is known by: its file and its title."""
        return f"{self.file}: {self.title}"


def text(value: Any) -> str:
    """Return a text, refusing what YAML takes for something else."""
    if not isinstance(value, str) or not value.strip():
        raise LineError(f'write a text here, in quotes: "{value or "…"}"')
    return str(value)


def delay(value: Any) -> timedelta:
    """Return how long ``2 hours`` are."""
    match = _LATER.fullmatch(str(value))
    if match is None:
        raise LineError(f"write a number and one of {', '.join(UNITS)}: 2 hours")
    return timedelta(**{f"{match[2]}s": int(match[1])})


def wall(value: Any) -> datetime:
    """Return what a clock on a wall shows then, without a zone."""
    if not _MOMENT.fullmatch(str(value)):
        raise LineError("write a day and a time: 2026-12-25 19:00")
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        raise LineError(f"there is no such day or time as {value}") from None


def _code(value: Any) -> str:
    if not isinstance(value, str):
        raise LineError('write the code of a language: ar, or "" while none is known')
    return str(value)


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list):
        raise LineError("write a list of titles: [Yes, No], or [] for none")
    return [text(one) for one in value]


def _values(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or not value:
        raise LineError('write names and values: {order_number: "48213"}')
    return {str(name): one for name, one in value.items()}


def _nothing(value: Any) -> None:
    if value not in (None, ""):
        raise LineError("nothing follows this line: leave out what stands behind it")


def _one_of(choices: tuple[str, ...]) -> Check:
    def check(value: Any) -> str:
        if value not in choices:
            near = nearest(str(value), choices)
            raise LineError(f"'{value}' can't stand here{near}")
        return str(value)

    return check


def _pattern(value: Any) -> str:
    found = text(value)
    try:
        re.compile(found)
    except re.error as error:
        raise LineError(f"this is no regular expression: {error}") from None
    return found


def _later(value: Any) -> str:
    delay(value)
    return str(value)


def _on(value: Any) -> str:
    return f"{wall(value):%Y-%m-%d %H:%M}"


def _country(value: Any) -> str:
    if not isinstance(value, str) or not _COUNTRY.fullmatch(value):
        raise LineError('write the code of a country: GB, or "" where nobody knows')
    return str(value)


#: What each line takes.
LINES: Mapping[str, Check] = {
    "customer": text,
    "taps": text,
    "sends": _one_of(tuple(SENDS)),
    "answers": _values,
    "edits": text,
    "unsends": _nothing,
    "later": _later,
    "on": _on,
    "country": _country,
    "known before": _values,
    "nobody comes": _nothing,
    "the shop's system is down": _nothing,
    "the orders are guessed at": _nothing,
    "the shop mails codes": _nothing,
    "the shop cancels orders": _nothing,
    "the shop changes addresses": _nothing,
    "the orders leave": _nothing,
    "the calendar is empty": _nothing,
    "the shop is closed": _nothing,
    "the customer falls silent": _nothing,
    "bot": text,
    "bot like": _pattern,
    "not said": text,
    "choices": _texts,
    "understood": text,
    "flow": text,
    "action": text,
    "flow ended": text,
    "slots": _values,
    "remembers": text,
    "handed over": _one_of(REASONS),
    "summary": text,
    "reminders": text,
    "rated": text,
    "opted out": _nothing,
    "the bot is silent": _nothing,
    "nothing is open": _nothing,
    "speaks": _code,
}
#: Lines in which the customer does something: all others look at what came of it.
DOES = frozenset(["customer", "taps", "sends", "answers"])
