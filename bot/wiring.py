"""Build the parts from the settings: the one place that constructs them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import orjson
import structlog
from sqlalchemy import Connection

from bot import candidates, content
from bot.action_server import ActionServer, beside
from bot.calendar.events import TICKET, GuardedCalendar, TableCalendar
from bot.checking import Checks
from bot.clock import Clock, FollowingClock, system_clock
from bot.connection.line import Line, patient_graph
from bot.content import Content
from bot.fares import Fares
from bot.guard import Guard
from bot.messenger.client import Graph
from bot.playing import Playing
from bot.settings import OurPage, Settings
from bot.shop.chosen import Kept, guarded_orders, kept, shelf, staff_orders
from bot.shop.for_staff import StaffOrders
from bot.shop.orders import GuardedOrders
from bot.shop.shelf import Shelf
from bot.store import editions, owed, pages, upgrade
from bot.store.database import Database, open_database
from bot.store.sealing import Seal
from bot.teaching import Teaching
from bot.understanding import Understanding
from flows.actions import all_actions
from flows.executor import in_process
from intents.classifier import ModelError
from intents.polyglot import Polyglot
from intents.vectors.encoder import Encoder, found

log = structlog.get_logger()

CLOCK_TIMEOUT = 2.0


@dataclass(frozen=True)
class Parts:
    """The long-lived objects of one process."""

    settings: Settings
    clock: Clock
    database: Database
    seal: Seal
    graph: Graph
    content: Content
    understanding: Understanding
    teaching: Teaching
    checks: Checks
    #: How the conversation scripts go with what is live.
    playing: Playing
    #: The orders of the shop, as whoever works here may look them up.
    orders: StaffOrders
    #: The day it is where the shop is.
    today: Callable[[], date]

    def lines(self) -> Sequence[Line]:
        """Return the line to Facebook of each Page as it is now, to be checked."""
        return [self.line(ours) for ours in self.settings.pages]

    def line(self, ours: OurPage) -> Line:
        """Return the line to Facebook of one of them."""
        return Line(
            settings=self.settings,
            ours=ours,
            graph=patient_graph(self.settings),
            database=self.database,
            profile=self.content.profile,
            now=self.clock(),
        )

    def close(self) -> None:
        """Let go of everything, in the order in which it may be let go."""
        self.playing.close()
        self.checks.close()
        self.teaching.close()
        self.understanding.close()
        if isinstance(self.clock, FollowingClock):
            self.clock.close()
        self.database.close()


def build(
    settings: Settings,
    written: Content | None = None,
    loaded: Polyglot | None = None,
) -> Parts:
    """Return the parts of a process; the tables are made or brought up to date.

    The content is that of the files, unless it is handed in because it was read;
    and of the models those are not loaded that were.
    """
    clock = clock_of(settings)
    today = _today(clock, ZoneInfo(settings.zone))
    # Before the database: its thread would keep a command that is refused from ending.
    with upgrade.beside(settings.database_url):
        written = written or content.of(settings)
    database = open_database(settings.database_url)
    encoder = encoder_of(settings)
    teaching = Teaching(database, written, settings.models, clock, encoder)
    orders = kept(settings, database)
    given = ports(settings, database, clock, orders)
    understanding = _understanding(settings, database, written, given, today, loaded)
    checks = candidates.Outside(
        database=database,
        content=written,
        teaching=teaching,
        understanding=understanding,
        models=settings.models,
        precision=settings.precision,
        clock=clock,
        today=today,
        zone=settings.zone,
    )
    return Parts(
        settings=settings,
        clock=clock,
        database=database,
        seal=Seal(settings.secret_key),
        graph=Graph(settings.graph_url, settings.graph_version),
        content=written,
        understanding=understanding,
        teaching=teaching,
        checks=Checks(checks),
        playing=Playing(understanding, written, Fares(clock)),
        orders=staff_orders(orders),
        today=today,
    )


@dataclass(frozen=True, kw_only=True)
class Ports:
    """What actions ask."""

    orders: GuardedOrders
    calendar: GuardedCalendar
    products: Shelf


def ports(
    settings: Settings, database: Database, clock: Clock, orders: Kept | None = None
) -> Ports:
    """Return the shop's orders, events and products."""
    guard = Guard(TICKET, database, settings.secret_key)
    return Ports(
        orders=guarded_orders(settings, database, orders),
        calendar=GuardedCalendar(TableCalendar(database, clock), guard),
        products=shelf(settings, database),
    )


def encoder_of(settings: Settings) -> Encoder | None:
    """Return what gives texts their vectors, if that is wanted and installed."""
    wanted = found(settings.models) if settings.embeddings else None
    if settings.embeddings and wanted is None:
        log.warning("embeddings_not_installed", cure="make install-embeddings")
    return wanted


def _understanding(
    settings: Settings,
    database: Database,
    written: Content,
    given: Ports,
    today: Callable[[], date],
    loaded: Polyglot | None,
) -> Understanding:
    own = written.own_actions
    actions = all_actions(given.orders, given.calendar, own, given.products)
    run_action = in_process(actions, written.domain.raw)
    if settings.action_endpoint:
        server = ActionServer(settings.action_endpoint, written.domain.raw)
        run_action = beside(run_action, {one.name() for one in actions}, server)
    return Understanding(
        database,
        written,
        run_action,
        settings.models,
        settings.precision,
        today,
        given.calendar.announced,
        given.products.names,
        loaded,
    )


def prepare(parts: Parts) -> None:
    """Make what a first start must find: the Pages, the FAQ, a model."""
    for told in parts.content.passed_over:
        log.warning("file_not_read", reason=told)
    settings, now = parts.settings, parts.clock()
    tokens = {one.page_id: parts.seal.close(one.token) for one in settings.pages}

    def job(connection: Connection) -> None:
        if settings.demo:
            pages.refuse_other(connection, settings.page_ids)
        for page_id, token in tokens.items():
            pages.keep(connection, page_id, token, now)
            pages.able(connection, page_id, {"human_agent": settings.human_agent})
        for page_id in pages.leave_others(connection, settings.page_ids, now):
            log.warning("page_left", page=page_id, why="not in FACEBOOK_PAGE_ID")
        if settings.is_sqlite:
            owed.recover(connection)
        editions.keep(connection, parts.content.flows.by_id.values(), now)

    parts.database.write(job)
    parts.teaching.prepare(live=settings.demo)
    try:
        parts.understanding.refresh()
    except ModelError as error:
        # An older version wrote it, or its files were damaged.
        log.warning("model_not_usable", reason=str(error))
        parts.teaching.start_over()
        parts.understanding.refresh()


def _today(clock: Clock, zone: ZoneInfo) -> Callable[[], date]:
    return lambda: clock().astimezone(zone).date()


def clock_of(settings: Settings) -> Clock:
    """Return the clock: the machine's, or an emulator's."""
    if settings.clock_url is None:
        return system_clock
    url = f"{settings.clock_url}/api/clock"

    def ask() -> datetime:
        with urlopen(url, timeout=CLOCK_TIMEOUT) as answer:  # noqa: S310 - http, loopback
            return datetime.fromisoformat(orjson.loads(answer.read())["now"])

    return FollowingClock(ask)
