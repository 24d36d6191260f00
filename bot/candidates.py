"""The assistant as it is, and as it would be after a change, side by side.

The candidate is trained and asked in the training process. One whose change is
made goes live as it is: training finds it by its rows.
"""

import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from bot import saying
from bot.assistants import Assistants
from bot.change import Change
from bot.clock import Clock
from bot.content import Content
from bot.elsewhere import Elsewhere
from bot.hours import Hours
from bot.store import attendance, knowledge, precision, wordings
from bot.store.database import Database
from bot.teaching import Teaching
from bot.trainer import Said
from bot.understanding import Understanding
from intents import polyglot
from intents.classifier import Model
from intents.comparison import Readings
from intents.polyglot import Polyglot
from intents.storage import ModelError

MOST_CANDIDATES = 3


@dataclass(frozen=True, kw_only=True)
class Outside:
    """What a candidate needs of its process."""

    database: Database
    content: Content
    teaching: Teaching
    understanding: Understanding
    models: Path
    precision: float
    clock: Clock
    today: Callable[[], date]
    #: The shop's time zone, until somebody saves hours.
    zone: str = "UTC"


@dataclass(frozen=True, kw_only=True)
class Both:
    """Two assistants; models that do not answer here are asked beside us."""

    now: Assistants
    then: Assistants
    #: What both will be asked, to be asked at once.
    foresee: Callable[[Iterable[Said]], None]


class Candidates:
    """Makes assistants of changes, and forgets those that nobody made."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._database = outside.database
        self._kept: list[Path] = []

    def beside_live(self, change: Change, *, calibrated: bool = True) -> Both:
        """Return the assistant as it is and after a change.

        One that is not *calibrated* is there in a second, under the thresholds that
        are live: as it is when it goes live first.
        """
        if not change.teaches:
            return self.untaught(change)
        outside = self._outside
        candidate = outside.teaching.candidate(change, calibrated=calibrated)
        self._forget_old(candidate)
        with self._database.read() as connection:
            live = outside.models / str(knowledge.live(connection).model)
            faq = knowledge.faq(connection)
            worded = wordings.edits(connection)
            wanted = precision.wanted(connection) or outside.precision
        here = self._here(live.name, wanted)
        beside = [self._beside(one, here, wanted) for one in (live, candidate)]
        models = [here or beside[0], beside[1]]
        now, then = (
            replace(
                outside.understanding.assistants,
                models=one,
                responses=saying.responses(
                    outside.content, entries, worded, outside.today()
                ),
                as_written=saying.responses(
                    outside.content, entries, {}, outside.today()
                ),
                taught=saying.taught(outside.content, entries),
            )
            for one, entries in zip(models, (faq, change.entries(faq)), strict=True)
        )

        def foresee(said: Iterable[Said]) -> None:
            texts = [*said]
            for one in beside:
                if one in models:
                    one.foresee(texts)

        return Both(now=now, then=then, foresee=foresee)

    def _beside(self, path: Path, here: Polyglot | None, wanted: float) -> Elsewhere:
        """Return models as the training process has them, but for those *here*."""
        asked = partial(self._outside.teaching.read, precision=wanted)
        return Elsewhere(partial(_one, asked, path), _those_of(path, here))

    def _here(self, live: str, wanted: float) -> Polyglot | None:
        """Return the live models where this process has them: each question is quick.

        Until it has taken what went live just now they are asked beside us.
        """
        models = self._outside.understanding.assistants.models
        if isinstance(models, Polyglot) and models.name == live:
            return models.at(wanted)
        return None

    def hours(self) -> Hours:
        """Return when people are there."""
        with self._database.read() as connection:
            return attendance.current(connection).hours_in(self._outside.zone)

    def untaught(self, change: Change) -> Both:
        """Return the assistant as it is, and with other words or surer of them."""
        outside = self._outside
        now = outside.understanding.assistants
        with self._database.read() as connection:
            faq = change.entries(knowledge.faq(connection))
            worded = change.wordings(wordings.edits(connection))
        said, written = (
            saying.responses(outside.content, faq, words, outside.today())
            for words in (worded, {})
        )
        models = now.models
        if change.precision is not None and isinstance(models, Polyglot):
            models = models.at(change.precision)
        then = replace(now, responses=said, as_written=written, models=models)
        return Both(now=now, then=then, foresee=_nothing)

    def _forget_old(self, candidate: Path) -> None:
        """Remove the files of candidates that nobody published."""
        kept = [one for one in self._kept if one != candidate]
        self._kept = [*kept, candidate]
        for old in self._kept[:-MOST_CANDIDATES]:
            self._forget(old)
        self._kept = self._kept[-MOST_CANDIDATES:]

    def _forget(self, old: Path) -> None:
        """Remove a candidate, and the models of its languages that no other has."""
        needed = {
            name
            for one in self._kept[-MOST_CANDIDATES:]
            for name in polyglot.names(one).values()
        }
        with suppress(ModelError):
            parts = polyglot.names(old).values()
            for name in (old.name, *parts):
                with self._database.read() as connection:
                    is_kept = knowledge.is_kept(connection, name)
                if not is_kept and name not in needed:
                    shutil.rmtree(old.parent / name, ignore_errors=True)


def _nothing(said: Iterable[Said]) -> None:
    """Ask nothing beforehand: the model is here."""


def _those_of(path: Path, here: Polyglot | None) -> dict[str, Model]:
    """Return the models of a folder that are here, by language."""
    known = here.parts if here else {}
    return {
        language: known[language]
        for language, name in polyglot.names(path).items()
        if language in known and known[language].name == name
    }


def _one(
    read: Callable[[Sequence[Path], Sequence[Said]], list[Readings]],
    model: Path,
    said: Sequence[Said],
) -> Readings:
    """Return what one model makes of texts."""
    (found,) = read([model], said)
    return found
