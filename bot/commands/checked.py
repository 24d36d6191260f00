"""What `connect` and `doctor` share: the line to Facebook, and how results read."""

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection

from bot import content, program
from bot.clock import system_clock
from bot.commands import environment
from bot.connection import links
from bot.connection.line import Line, patient_graph
from bot.connection.results import Mend, Result, State
from bot.settings import OurPage, Settings
from bot.starting import named
from bot.store import health, migrate, pages
from bot.store.database import Database, open_database
from bot.store.sealing import Seal
from bot.tongue import _

MARKS = {State.GREEN: "ok", State.RED: "RED", State.NOT_RUN: "--"}
BY_COMMAND = {
    Mend.SUBSCRIBE: "connect",
    Mend.MOVE: "connect --move-webhook",
    Mend.PROFILE: "connect",
}
WIDTH = 84


@contextmanager
def connected() -> Iterator[Sequence[Line]]:
    """Yield each Page's line to Facebook, over tables that are up to date.

    They know the Pages.
    """
    settings = environment.settings()
    with environment.refusing(), named():
        database = open_database(settings.database_url)
        try:
            migrate.migrate(database)
            _know_pages(database, settings)
            yield [line_of(settings, database, one) for one in settings.pages]
        finally:
            database.close()


def line_of(settings: Settings, database: Database, ours: OurPage) -> Line:
    """Return the line to Facebook of a Page as it is now."""
    return Line(
        settings=settings,
        ours=ours,
        graph=patient_graph(settings),
        database=database,
        profile=content.profile_of(settings.home),
        now=system_clock(),
    )


def heading(line: Line) -> str:
    """Return which of several Pages is meant."""
    with line.database.read() as connection:
        row = health.standings(connection, [line.page_id]).get(line.page_id)
    name = row.name if row is not None else None
    return f"Page {name} ({line.page_id})" if name else f"Page {line.page_id}"


def lines(found: Sequence[Result]) -> Iterator[str]:
    """Yield the results as a terminal shows them: the cure below what is wrong."""
    for result in found:
        told = " ".join(filter(None, [result.effect, links.plain(result.said)]))
        yield f"{MARKS[result.state]:4}{result.title}: {told}"
        if result.raw:
            yield _wrapped(_("What Facebook said: %(raw)s", raw=result.raw))
        for number, step in enumerate(result.cure, 1):
            yield _wrapped(f"{number}. {links.plain(step.said)}")
            yield from (_wrapped(f"   - {links.plain(way)}") for way in step.ways)
        if result.mend is not None:
            words = program.command(BY_COMMAND[result.mend])
            # In one line, however long: it is there to be copied.
            yield f"      Or: `{words}`."


def _wrapped(text: str) -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=" " * 6,
        subsequent_indent=" " * 9,
        break_on_hyphens=False,
        break_long_words=False,
    )


def _know_pages(database: Database, settings: Settings) -> None:
    seal, now = Seal(settings.secret_key), system_clock()
    tokens = {one.page_id: seal.close(one.token) for one in settings.pages}

    def job(connection: Connection) -> None:
        for page_id, token in tokens.items():
            pages.keep_new(connection, page_id, token, now)

    database.write(job)
