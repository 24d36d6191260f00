"""What changed of a wording, from version to version and under two who edit at once."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any, TypeAlias

from bot import saying
from bot.admin import diff, on_cards
from bot.admin.diff import Piece
from bot.admin.shipped import Wording
from bot.saying import Part, Titled
from bot.store.types import AnyRow
from bot.store.wordings import Words, of_version

#: Of a line: its card, what it stands on, the how manieth of these it is.
Place: TypeAlias = tuple[int, Part, int]


@dataclass(frozen=True, kw_only=True)
class Compared:
    """How words read after a change, with what is gone between them."""

    text: list[Piece]
    #: The titles that changed.
    titles: list[list[Piece]]


@dataclass(frozen=True, kw_only=True)
class Version:
    """A version as the page shows it."""

    row: AnyRow
    change: Compared
    #: Whether it says again all that came with Frontdesk.
    is_as_it_came: bool
    is_as_now: bool


@dataclass(frozen=True, kw_only=True)
class Tap:
    """A line on a button or a card in the form: what is to stand there, what came."""

    field: str
    title: str
    came: str
    part: Part
    #: The number of its card, 0 below the text; and which of its buttons it is.
    card: int
    number: int
    #: In the shop's own language, where another is written.
    beside: str
    most: int


def compared(before: Words, after: Words) -> Compared:
    """Return what changed between two wordings of one response."""
    titles = [
        diff.words(before.titles[key], title)
        for key, title in after.titles.items()
        if title != before.titles[key]
    ]
    return Compared(text=diff.words(before.text, after.text), titles=titles)


def versions(found: Wording, rows: Sequence[AnyRow]) -> list[Version]:
    """Return the versions of a wording with what each changed, the newest first."""
    read = [found.read(of_version(row)) for row in rows] + [found.came]
    return [
        Version(
            row=row,
            change=compared(before, after),
            is_as_it_came=of_version(row) == Words(),
            is_as_now=after == found.now,
        )
        for row, (after, before) in zip(rows, pairwise(read), strict=True)
    ]


def taps(found: Wording, words: Words, beside: Wording | None) -> list[Tap]:
    """Return what stands on buttons and cards of a wording, as the form has it."""
    own = _places(beside.said) if beside else {}
    said = beside.now.titles if beside else {}
    return [
        Tap(
            field=f"title-{number}",
            title=words.titles[came.key],
            came=came.words,
            part=came.part,
            card=came.card,
            number=place[-1],
            # A button leads there in each language; a card has its place in it.
            beside=said.get(came.key) or said.get(own.get(place, ""), ""),
            most=on_cards.LONGEST[came.part],
        )
        for number, (place, came) in enumerate(_placed(found.said), start=1)
    ]


def cards(taps: Sequence[Tap]) -> list[tuple[int, list[Tap]]]:
    """Return them card by card; 0 is what stands below the text."""
    return [(card, [*some]) for card, some in groupby(taps, lambda tap: tap.card)]


def _places(said: Mapping[str, Any]) -> dict[Place, str]:
    return {place: came.key for place, came in _placed(said)}


def _placed(said: Mapping[str, Any]) -> Iterator[tuple[Place, Titled]]:
    """Yield each line with its place: the card, the part, the how manieth of these."""
    seen: Counter[tuple[int, Part]] = Counter()
    for one in saying.titled(said):
        seen[one.card, one.part] += 1
        yield (one.card, one.part, seen[one.card, one.part]), one
