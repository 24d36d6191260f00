"""What changed of a wording, from version to version and under two who edit at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.admin import diff
from bot.admin.diff import Piece
from bot.admin.shipped import Wording
from bot.store.types import AnyRow
from bot.store.wordings import Words, of_version


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
    """A button in the form: what is to stand on it, what came, what stands beside."""

    title: str
    came: str
    #: In the shop's own language, where another is written.
    beside: str


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
    """Return the buttons of a wording, as the form has them."""
    own = beside.now.titles if beside else {}
    return [
        Tap(title=title, came=found.came.titles[key], beside=own.get(key, ""))
        for key, title in words.titles.items()
    ]
