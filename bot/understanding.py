"""The live assistant: its model and what it says, swapped whole.

Twice a second every process looks at one row, and now and then at the names of the
events to come and of the products. When the row says that the model or the
content is another, a new assistant is made and put in the place of the old one;
a turn keeps the one it began with.
"""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import structlog
from sqlalchemy import Connection

from bot import saying, trainer
from bot.assistant import Assistant
from bot.assistants import Assistants
from bot.clock import monotonic
from bot.content import Content
from bot.event_names import EventNames
from bot.product_names import ProductNames
from bot.realised import Raised
from bot.store import editions as store_editions
from bot.store import knowledge, precision, raised, wordings
from bot.store.database import Database
from bot.store.knowledge import LiveNow
from bot.store.raised import Standing
from flows import editions
from flows.editions import Editions
from flows.ports import CalendarEvent, PortError, RunAction
from flows.responses import Responses
from intents import polyglot
from intents.classifier import ModelError
from intents.polyglot import Polyglot

log = structlog.get_logger()

POLL = 0.5  # seconds
LOOK_AGAIN = 0.05
#: How often the calendar is looked at.
LOOK = 2.0


class NoModelError(Exception):
    """Nothing was trained yet."""


class Understanding:
    """Holds the assistant that answers, and keeps it up to date."""

    def __init__(
        self,
        database: Database,
        content: Content,
        run_action: RunAction,
        models: Path,
        precision: float,
        today: Callable[[], date],
        announced: Callable[[], Sequence[CalendarEvent]],
        products: Callable[[], ProductNames] = ProductNames,
        loaded: Polyglot | None = None,
    ) -> None:
        self._database = database
        self._content = content
        self._run_action = run_action
        self._models = models
        self._precision = precision
        self._today = today
        self._announced = announced
        self._product_names = products
        self._names, self._products = EventNames(), ProductNames()
        self._looked_at: float | None = None
        self._day: date | None = None
        #: Read once: what is kept later is what this process began with, or newer.
        self._editions: Editions | None = None
        self._live: LiveNow | None = None
        #: Those that the next ones share with these are not loaded again.
        self._models_now = loaded
        self._assistants: Assistants | None = None
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def assistants(self) -> Assistants:
        """Return the assistant in all languages as it is now; it never changes."""
        if self._assistants is None:
            raise NoModelError
        return self._assistants

    @property
    def assistant(self) -> Assistant:
        """Return the assistant that speaks the shop's own language."""
        return self.assistants.speaking()

    def responses(self, language: str) -> Responses:
        """Return what is said in a language, or else in the shop's own."""
        return self.assistants.speaking(language).responses

    @property
    def model_name(self) -> str | None:
        """Return which model is live here."""
        return self._live.model if self._live else None

    def is_current(self) -> bool:
        """Return whether what is live is what answers here."""
        with self._database.read() as connection:
            return knowledge.live(connection) == self._live

    def wait_for_content(self, patience: float) -> bool:
        """Wait until what is taught now is what is said here, so many seconds.

        Return whether it is; other processes look as often as this one.
        """
        with self._database.read() as connection:
            wanted = knowledge.live(connection).content
        until = monotonic() + patience
        while self._live is None or self._live.content < wanted:
            if self._thread is None or monotonic() > until:
                return False
            self._ended.wait(LOOK_AGAIN)
        return True

    def refresh(self) -> bool:
        """Take what is live if it is not what we have; return whether it was not.

        A new day may be the first or the last of an answer. What the events to come
        and the products are called is looked at every two seconds.
        """
        self._learn_names()
        day = self._today()
        with self._database.read() as connection:
            live = knowledge.live(connection)
            if live.model is None or (live, day) == (self._live, self._day):
                return False
            faq = knowledge.faq(connection)
            worded = wordings.edits(connection)
            wanted = precision.wanted(connection) or self._precision
            if self._editions is None:
                self._editions = self._kept(connection)
            standing = raised.standing(connection)
        self._models_now = self._model(live.model).at(wanted)
        self._assistants = Assistants(
            models=self._models_now,
            flows=self._content.flows,
            responses=saying.responses(self._content, faq, worded, day),
            as_written=saying.responses(self._content, faq, {}, day),
            domain=self._content.domain,
            run_action=self._run_action,
            identifier=self._content.identifier,
            own_actions=self._content.own_actions,
            editions=self._editions,
            raised=_by_language(standing),
            names=self._names,
            products=self._products,
            taught=saying.taught(self._content, faq),
        )
        self._live, self._day = live, day
        log.info("assistant_live", model=live.model[:12], content=live.content)
        return True

    def _learn_names(self) -> None:
        """Take the names of the calendar and of the products as they are now."""
        if self._looked_at is not None and monotonic() - self._looked_at < LOOK:
            return
        self._looked_at = monotonic()
        names, products = self._announced_now(), self._product_names()
        if names == self._names and products == self._products:
            return
        self._names, self._products = names, products
        if self._assistants is not None:
            self._assistants = replace(self._assistants, names=names, products=products)

    def _announced_now(self) -> EventNames:
        try:
            return EventNames(tuple(self._announced()))
        except PortError as error:
            log.warning("calendar_not_read", reason=str(error))
            return self._names

    def follow(self) -> None:
        """Begin to refresh twice a second."""
        self._thread = threading.Thread(target=self._follow, name="understanding")
        self._thread.start()

    def close(self) -> None:
        """Stop following."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _follow(self) -> None:
        while not self._ended.wait(POLL):
            try:
                self.refresh()
            except Exception as error:  # noqa: BLE001 - damage may be mended: we look again
                log.error("assistant_not_refreshed", reason=type(error).__name__)

    def _kept(self, connection: Connection) -> Editions:
        """Return the flows that were live before, for who is inside one of them."""
        content, kept = self._content, store_editions.kept(connection)
        return editions.read(kept, content.flows, content.responses)

    def _model(self, name: str) -> Polyglot:
        """Return the models of all languages, from disk or else from the database."""
        if self._models_now is not None and self.model_name == name:
            return self._models_now
        folder = self._there(name)
        for part in polyglot.names(folder).values():
            self._there(part)
        return Polyglot.load(folder, self._precision, like=self._models_now)

    def _there(self, name: str) -> Path:
        """Return the folder of a model, fetched if it is not here."""
        folder = self._models / name
        if not folder.exists():
            with self._database.read() as connection:
                packed = knowledge.model_archive(connection, name)
            if packed is None:
                raise ModelError(f"model {name} is neither on disk nor in the database")
            trainer.unpack(packed, folder)
        return folder


def _by_language(standing: Iterable[Standing]) -> Mapping[str, Mapping[str, Raised]]:
    """Return what is raised, by language and then by intent."""
    found: dict[str, dict[str, Raised]] = {}
    for one in standing:
        intent, language = one.key
        found.setdefault(language, {})[intent] = one.raised
    return found
