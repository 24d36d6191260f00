"""What a check finds: green, red with its cure, or not run."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from string import Formatter

from babel.dates import format_date, format_skeleton

from bot.connection import links, words, words_of_effects
from bot.connection.wording import APPLIES, Either, Words
from bot.store.types import Payload
from bot.tongue import _, find, kept, locale


class Step(StrEnum):
    """The eight checks, in the order in which a Page is connected."""

    APP = "app"
    TOKEN = "token"  # noqa: S105 - the name of a check
    ADDRESS = "address"
    SIGNATURE = "signature"
    SUBSCRIPTION = "subscription"
    PROFILE = "profile"
    PAGE = "page"
    MESSAGE = "message"


class State(StrEnum):
    """What a check says."""

    GREEN = "green"
    RED = "red"
    NOT_RUN = "not_run"


class Mend(StrEnum):
    """What we can do ourselves about something red."""

    SUBSCRIBE = "subscribe"  # have the Page's and the app's events come to us
    MOVE = "move"  # the same, although they go to another address now
    PROFILE = "profile"  # set Get Started, the greeting and the menu


@dataclass(frozen=True)
class Advice:
    """A step of a cure, and the ways of it of which the fitting one is taken."""

    said: str
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Result:
    """What one check found; *finding* is the key of its words."""

    step: Step
    state: State
    finding: str
    values: Mapping[str, str] = field(default_factory=dict)
    mend: Mend | None = None

    @property
    def title(self) -> str:
        """Return what is checked."""
        return find(words.TITLES[self.step])

    @property
    def said(self) -> str:
        """Return what was found, in a sentence."""
        return self._filled(words.FINDINGS[self.finding].said)

    @property
    def effect(self) -> str:
        """Return what customers notice of it; nothing if it is not red."""
        if self.state is not State.RED:
            return ""
        return find(words_of_effects.EFFECTS[self.finding])

    @property
    def raw(self) -> str:
        """Return what Facebook said, with its numbers, if that made it red."""
        return kept(self.values.get("reason")) if self.finding in words.RAW else ""

    @property
    def cure(self) -> tuple[Advice, ...]:
        """Return what to do about it, in order; nothing if all is well."""
        return tuple(map(self._advice, words.FINDINGS[self.finding].steps))

    def _advice(self, step: str | Either) -> Advice:
        if isinstance(step, str):
            return Advice(self._filled(step))
        return Advice(self._filled(APPLIES), tuple(map(self._filled, step.ways)))

    def _filled(self, sentence: str) -> str:
        return find(sentence).format_map(self._told)

    @property
    def _told(self) -> Mapping[str, str]:
        """Return the values as somebody reads them."""
        return {name: _told(name, value) for name, value in self.values.items()}

    def to_json(self) -> Payload:
        """Return the result as it is stored."""
        return asdict(self)

    def facts(self) -> Payload:
        """Return the result with its words, as commands print it."""
        cure = [one for advice in self.cure for one in (advice.said, *advice.ways)]
        told = {"effect": self.effect, "said": links.plain(self.said), "raw": self.raw}
        return {**self.to_json(), **told, "cure": [*map(links.plain, cure)]}


def counted(found: Sequence[Result]) -> str:
    """Return how many checks are right, red and not made, in words."""
    states = Counter(result.state for result in found)
    return _(
        "%(right)s right, %(red)s red, %(unmade)s not checked.",
        right=states[State.GREEN],
        red=states[State.RED],
        unmade=states[State.NOT_RUN],
    )


def green(step: Step, finding: str, **values: str) -> Result:
    """Return that a check is content."""
    return Result(step=step, state=State.GREEN, finding=finding, values=values)


def red(step: Step, finding: str, mend: Mend | None = None, /, **values: str) -> Result:
    """Return that something is wrong, and what we could do about it."""
    return Result(step=step, state=State.RED, finding=finding, values=values, mend=mend)


def not_run(step: Step, finding: str, **values: str) -> Result:
    """Return that a check could not be made yet."""
    return Result(step=step, state=State.NOT_RUN, finding=finding, values=values)


def _told(name: str, value: str) -> str:
    """Return a value by the reader's customs if it is a time, else in their words."""
    if name == "day":
        return _day(date.fromisoformat(value))
    if name == "when" and "T" in value:
        moment = datetime.fromisoformat(value).astimezone(UTC)
        day = format_skeleton("MMMMd", moment, locale=locale())
        return _("on %(day)s at %(time)s UTC", day=day, time=f"{moment:%H:%M}")
    return kept(value)


def _day(day: date) -> str:
    return format_date(day, "long", locale=locale())


def from_json(stored: Sequence[Payload]) -> list[Result]:
    """Return results as they were stored, but for those whose words have changed."""
    return [
        Result(
            step=Step(one["step"]),
            state=State(one["state"]),
            finding=one["finding"],
            values=one["values"],
            mend=Mend(one["mend"]) if one["mend"] else None,
        )
        for one in stored
        if _places(words.FINDINGS.get(one["finding"])) <= {*one["values"]}
    ]


def _places(told: Words | None) -> set[str]:
    """Return what is put into some words; where there are none, what nobody has."""
    if told is None:
        return {""}
    said = (one.ways if isinstance(one, Either) else (one,) for one in told.cure)
    sentences = (told.said, *(sentence for ways in said for sentence in ways))
    parsed = (piece for sentence in sentences for piece in Formatter().parse(sentence))
    return {name for _text, name, _spec, _kind in parsed if name}
