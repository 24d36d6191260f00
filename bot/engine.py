"""Everything that runs beside the web pages: turns, sends, the sweep.

Started once in a process and closed once. Its threads are not daemons: a process
that is told to end finishes what it has begun.
"""

import threading
from datetime import timedelta

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot import (
    aside,
    content,
    mail,
    pictures,
    prompts,
    reminders,
    returning,
    waiting,
)
from bot.alerts import ESCALATED, Alerts
from bot.answer import Answerer, Outside
from bot.attachments import keeper
from bot.attachments.keeper import Keeper
from bot.changeover import SNOOZE
from bot.clock import monotonic, system_clock
from bot.connection import approvals
from bot.connection.watch import Watch
from bot.delivery import Sender
from bot.gestures import Gestures
from bot.ladder import UNANSWERED
from bot.messenger.client import Graph
from bot.messenger.errors import SendError
from bot.profiles import PATIENCE, Profiles
from bot.quiet import Quiet
from bot.raising import Raising
from bot.settings import Settings
from bot.shop import chosen, news
from bot.shop.notices import chosen as notices
from bot.shop.notices.working import Working
from bot.silence import RESUME
from bot.store import canned, knowledge, threads
from bot.store.claims import Owed
from bot.store.retention import Limits, forget
from bot.store.types import AnyRow
from bot.sweep import Duties, Fire, Sweep
from bot.undertaking import Undertakings
from bot.wake import InProcessWaker, Waker
from bot.wiring import Parts
from bot.writing import Writing
from flows.responses import Responses

log = structlog.get_logger()

TEMPLATES_EVERY = 3600.0  # seconds
REST_EVERY = 60.0
RETURN_EVERY = 10.0
RAISE_EVERY = 60.0


class Engine:
    """The threads of one process that answer and send."""

    def __init__(self, parts: Parts, waker: Waker) -> None:
        self._parts = parts
        self._waker = waker
        self._senders = InProcessWaker("sender", parts.settings.senders)
        self._quiet = Quiet(parts.settings.quiet_hours, parts.settings.zone)
        self._sender = Sender(
            parts.database,
            parts.graph,
            parts.seal,
            parts.settings.app_secrets[0],
            parts.clock,
            parts.settings.home,
            self._quiet,
        )
        self._profiles = _profiles(parts)
        self._within = timedelta(minutes=parts.settings.answer_within)
        self._keeper = Keeper(parts.database, keeper.fetcher(parts.settings))
        outside = Outside(
            database=parts.database,
            clock=parts.clock,
            understanding=parts.understanding,
            answer_within=self._within,
            mark_seen=parts.settings.mark_seen,
            zone=parts.settings.zone,
            answered=self._meet,
            menu=parts.content.profile.payloads,
        )
        secret = parts.settings.app_secrets[0]
        self._gestures = Gestures(parts.database, parts.graph, parts.seal, secret)
        self._answerer = Answerer(outside, self._gestures, self._senders.wake)
        self._raising = Raising(
            parts.database, parts.content, parts.clock, parts.settings.precision
        )
        self._watch = Watch(parts.lines)
        self._writing = Writing(parts.database, parts.clock, self._gestures.show)
        readers = notices.readers(parts.settings)
        self._notices = Working(parts.database, parts.clock, readers, news.follow)
        self._undertakings = Undertakings(parts)
        self._alerts = _alerts(parts)
        self._sweep = Sweep(parts.database, parts.clock, self._duties())
        self._looked_at_templates: float | None = None
        self._rested_at = self._returned_at = self._raised_at = monotonic()

    def start(self) -> None:
        """Begin to answer, to send and to sweep."""
        self._gestures.start()
        self._senders.run(self._sender.deliver)
        self._waker.run(self.handle)
        self._sweep.start()

    def handle(self, conversation_id: int) -> None:
        """Answer what a conversation is owed, and see that it is sent."""
        if not self._answerer.answer(conversation_id):
            # After an answer they are woken already, and look for nothing in vain.
            self._senders.wake(conversation_id)

    def close(self) -> None:
        """Finish what was begun, then end all threads."""
        self._sweep.close()
        if self._alerts:
            self._alerts.close()
        self._watch.close()
        self._waker.close()
        self._senders.close()
        self._gestures.close()
        self._profiles.close()
        self._keeper.close()

    def _meet(self, owed: Owed) -> None:
        if self._parts.settings.profiles:
            self._profiles.ask(owed)

    def _duties(self) -> Duties:
        return Duties(
            wake_turn=self._waker.wake,
            wake_sender=self._senders.wake,
            timers=self._timers(),
            others=(
                self._look_at_templates,
                self._rest,
                self._return,
                self._raise,
                self._watch.look,
                self._writing.look,
                self._keeper.see_to_it,
                self._notices.look,
                self._undertakings.look,
                *([self._alerts.look] if self._alerts else ()),
            ),
        )

    def _timers(self) -> dict[str, Fire]:
        """Return what each kind of timer does when its time has come."""
        clock, own = self._parts.clock, self._parts.content.language
        within = self._within
        house = news.House(language=own, quiet=self._quiet)
        here = waiting.House(
            answer_within=within,
            quiet=self._quiet,
            has_mail=self._alerts is not None,
        )
        said = self._responses
        return {
            reminders.KIND: lambda connection, timer: reminders.fire(
                connection, timer, said(connection, timer), own, clock()
            ),
            news.KIND: lambda connection, timer: news.fire(
                connection, timer, said(connection, timer), house, clock()
            ),
            UNANSWERED: lambda connection, timer: waiting.tell(
                connection, timer, said(connection, timer), clock(), here
            ),
            RESUME: lambda connection, timer: waiting.resume(
                connection, timer, clock(), within
            ),
            SNOOZE: lambda connection, timer: aside.come_back(
                connection, timer, clock()
            ),
            aside.SEE_AGAIN: lambda connection, timer: aside.see_again(
                connection, timer, clock()
            ),
            **dict.fromkeys(
                prompts.KINDS,
                lambda connection, timer: prompts.fire(connection, timer, clock()),
            ),
        }

    def _responses(self, connection: Connection, timer: AnyRow) -> Responses:
        """Return what is said to whom a timer is about, in their language."""
        language = threads.language(connection, timer.conversation_id)
        return self._parts.understanding.responses(language)

    def _rest(self) -> None:
        """Forget what is old, and see to the training: unused, or not done."""
        if monotonic() - self._rested_at < REST_EVERY:
            return
        self._rested_at = monotonic()
        # By the machine's clock: a demo's may pass half a year in a second.
        now = system_clock()
        limits = _limits(self._parts.settings)
        self._parts.database.write(lambda connection: forget(connection, now, limits))
        home, oldest = self._parts.settings.home, now - limits.texts
        pictures.forget(home, oldest, self._used_pictures)
        self._parts.teaching.rest()
        if self._parts.teaching.behind():
            self._parts.teaching.ask()

    def _used_pictures(self) -> set[str]:
        with self._parts.database.read() as connection:
            return knowledge.pictures(connection) | canned.pictures(connection)

    def _raise(self) -> None:
        """See whether what came of answers asks for higher thresholds, or lower."""
        if monotonic() - self._raised_at >= RAISE_EVERY:
            self._raised_at = monotonic()
            self._raising.look()

    def _return(self) -> None:
        """Let what agents have left alone wait for somebody else."""
        if monotonic() - self._returned_at < RETURN_EVERY:
            return
        self._returned_at = monotonic()
        settings = self._parts.settings
        returning.tidy(self._parts.database)
        if settings.away_return:
            returning.sweep(
                self._parts.database,
                self._parts.clock(),
                timedelta(minutes=settings.away_return),
                self._within,
            )

    def _look_at_templates(self) -> None:
        """Learn hourly which templates are approved; a slow answer holds up nobody."""
        last = self._looked_at_templates
        if last is None or monotonic() - last > TEMPLATES_EVERY:
            self._looked_at_templates = monotonic()
            threading.Thread(target=self._learn_templates, name="templates").start()

    def _learn_templates(self) -> None:
        for line in self._parts.lines():
            try:
                approvals.learn(line)
            except (SendError, SQLAlchemyError) as error:
                about = {"page": line.page_id, "reason": str(error)}
                log.warning("templates_not_known", **about)


def _limits(settings: Settings) -> Limits:
    return Limits(
        raw=timedelta(days=settings.raw_days), texts=timedelta(days=settings.text_days)
    )


def _alerts(parts: Parts) -> Alerts | None:
    """Return what mails people who work here, None where no server is set."""
    settings = parts.settings
    server = chosen.mail_server(settings)
    if server is None:
        return None
    mails = mail.load(ESCALATED, [content.DATA, settings.home / "data"])
    return Alerts(parts.database, parts.clock, server, mails, settings.base_url)


def _profiles(parts: Parts) -> Profiles:
    settings = parts.settings
    graph = Graph(settings.graph_url, settings.graph_version, PATIENCE)
    secret = settings.app_secrets[0]
    return Profiles(parts.database, graph, parts.seal, secret, parts.clock)
