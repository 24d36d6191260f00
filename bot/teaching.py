"""Make live what was taught: content at once, a new model as soon as it is trained.

New weights go live under the thresholds of the old model within two seconds;
thresholds of their own follow within ten where the old ones no longer hold.
"""

import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import structlog
from sqlalchemy import Connection

from bot import curriculum, phrasings, trainer
from bot.change import Change
from bot.clock import Clock
from bot.content import PREFIX, SHIPPED_MODELS, Content
from bot.curriculum import Subject
from bot.store import faq, knowledge, lessons
from bot.store.database import Database
from bot.store.knowledge import Faq
from bot.trainer import Said, Trainer, TrainingError
from intents import polyglot, storage
from intents.comparison import Readings
from intents.naming import TAUGHT
from intents.storage import ModelError
from intents.vectors.encoder import LANGUAGE, Encoder

log = structlog.get_logger()

NOTHING = Change()


class Teaching:
    """Trains what is taught, in this process's own order: the newest counts."""

    def __init__(
        self,
        database: Database,
        content: Content,
        models: Path,
        clock: Clock,
        encoder: Encoder | None = None,
    ) -> None:
        self._database = database
        self._content = content
        self._models = models
        self._clock = clock
        #: What gives texts their vectors, where that is wanted.
        self._encoder = encoder
        self._trainer = Trainer(models)
        self._asked = threading.Event()
        self._ended = False
        self._thread: threading.Thread | None = None

    def prepare(self, *, live: bool) -> None:
        """Seed the FAQ, and see that there is a model: shipped, or trained now.

        *live* says whether the answers that came with us may be given: they are
        those of a made-up shop.
        """
        now = self._clock()
        seeds = [_seed(entry, live=live) for entry in self._content.faq]
        self._database.write(lambda connection: knowledge.seed(connection, seeds, now))
        if live:
            # They came as drafts if the home was used before its first demo.
            self._database.write(lambda connection: faq.publish_seeds(connection, now))
        if not self._speaks_all() or self._is_read_otherwise():
            self.start_over()

    def _speaks_all(self) -> bool:
        """Return whether the live model is of the languages of the shop."""
        with self._database.read() as connection:
            name = knowledge.live(connection).model
        if name is None:
            return False
        with suppress(ModelError):
            spoken = tuple(polyglot.names(self._models / name))
            return spoken == self._content.languages
        return True  # it lies in the database; whoever takes it will see

    def _is_read_otherwise(self) -> bool:
        """Return whether the live model has vectors and should not, or the reverse."""
        with self._database.read() as connection:
            name = knowledge.live(connection).model
        with suppress(ModelError):
            names = polyglot.names(self._models / str(name))
            if LANGUAGE in names:
                document, _ = storage.read(self._models / names[LANGUAGE])
                wanted = self._encoder.name if self._encoder else None
                return document.get("encoder") != wanted
        return False  # it lies in the database, or has no English

    def start_over(self) -> None:
        """Make a model live that owes nothing to the one before."""
        if not self._take_shipped():
            self._train(under=None)

    def warm_up(self) -> None:
        """Get ready, because somebody has opened an editor."""
        self._trainer.warm_up()

    def ask(self) -> None:
        """Let the model be trained anew, soon and in the background."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="teaching")
            self._thread.start()
        self._asked.set()

    def behind(self) -> bool:
        """Return whether the live model does not know the newest content."""
        with self._database.read() as connection:
            found = knowledge.live(connection)
        return found.trained < found.content

    def phrasings_changed(self) -> bool:
        """Return whether files are others than those the live model learned from.

        What admins teach is learned by itself: while it is, nothing is told.
        """
        with self._database.read() as connection:
            found = knowledge.live(connection)
            subjects = self._subjects(connection)
        if found.model is None or found.trained < found.content:
            return False
        with suppress(ModelError):
            names = polyglot.names(self._models / found.model)
            learned = {one: self._learned(name) for one, name in names.items()}
            now = {one: subject.model for one, subject in subjects.items()}
            return "" not in learned.values() and learned != now
        return False

    def doubts(self) -> list[str]:
        """Return what the shop's own files teach that leads nowhere."""
        with self._database.read() as connection:
            entries = {PREFIX + entry.name for entry in knowledge.faq(connection)}
        return phrasings.doubts(self._content, entries)

    def suspects(self) -> list[str]:
        """Return what looks mistaken in the shop's own phrasings."""
        return [*phrasings.suspects(self._content)]

    def _learned(self, name: str) -> str:
        """Return what a model was made from, as a name; nothing if it does not say."""
        document, _ = storage.read(self._models / name)
        own = name if document.get("measured_as") == name else ""
        return str(document["figures"].get(TAUGHT, own))

    def rest(self) -> None:
        """Let go of a training process that nobody uses."""
        self._trainer.rest()

    def close(self) -> None:
        """End the training process and the thread."""
        self._ended = True
        self._asked.set()
        if self._thread is not None:
            self._thread.join()
        self._trainer.close()

    def train_now(self) -> None:
        """Train on the content as it is, first under old thresholds if there are."""
        with self._database.read() as connection:
            found = knowledge.live(connection)
        self._train(self._models / found.model if found.model else None)

    def candidate(self, change: Change, *, calibrated: bool = True) -> Path:
        """Return a model of all that would be taught; it does not go live.

        Once the *change* is made as it is, `ask` finds this very model again, if it is
        *calibrated*: without, it is there in a second, under the live thresholds.
        """
        with self._database.read() as connection:
            found = knowledge.live(connection)
            subjects = self._subjects(connection, change)
        under = self._models / found.model if found.model else None
        with self._trainer.alone():
            quick = self._trainer.train(subjects, under)
            return self._trainer.calibrate() if calibrated else quick

    def read(
        self, models: Sequence[Path], texts: Sequence[Said], precision: float
    ) -> list[Readings]:
        """Return what each model makes of each text, asked beside us."""
        return self._trainer.read(models, texts, precision)

    def _train(self, under: Path | None) -> None:
        with self._database.read() as connection:
            found = knowledge.live(connection)
            subjects = self._subjects(connection)
        with self._trainer.alone():
            folder = self._trainer.train(subjects, under)
            self._go_live(folder, found.content)
            if under is not None:
                self._go_live(self._trainer.calibrate(), found.content)

    def _go_live(self, folder: Path, content: int) -> None:
        now = self._clock()
        names = [folder.name, *polyglot.names(folder).values()]
        with self._database.read() as connection:
            new = [name for name in names if not knowledge.is_kept(connection, name)]
        packed = {name: trainer.pack(self._models / name) for name in new}

        def job(connection: Connection) -> bool:
            for name, archive in packed.items():
                knowledge.keep_model(connection, name, archive, now)
            return knowledge.go_live(connection, folder.name, content)

        if self._database.write(job):
            log.info("model_live", model=folder.name[:12], content=content)

    def _work(self) -> None:
        while True:
            self._asked.wait()
            if self._ended:
                return
            self._asked.clear()
            try:
                self.train_now()
            except TrainingError as error:
                log.error("training_failed", reason=str(error))
            except Exception:
                # The old model answers on; the sweep asks again.
                log.exception("training_failed")

    def _take_shipped(self) -> bool:
        """Make the model that came with us live, if it is one of these very rows."""
        with self._database.read() as connection:
            content = knowledge.live(connection).content
            subjects = self._subjects(connection)
        parts = {language: one.model for language, one in subjects.items()}
        folders = [SHIPPED_MODELS / name for name in parts.values()]
        shipped = [one for one in folders if (one / "model.json").exists()]
        for folder in shipped:
            storage.copy(self._models, folder)
        if shipped != folders:
            return False
        self._go_live(polyglot.save(self._models, parts), content)
        return True

    def _subjects(
        self, connection: Connection, change: Change = NOTHING
    ) -> dict[str, Subject]:
        """Return all that was taught, or would be with a *change*."""
        entries = change.entries(knowledge.faq(connection))
        learned = change.lessons(lessons.taught(connection))
        return curriculum.subjects(self._content, entries, learned, self._encoder)


def _seed(entry: Faq, *, live: bool) -> Faq:
    return replace(entry, live=live)
