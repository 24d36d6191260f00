"""The database, its tables, and what they tell."""

from collections.abc import Iterator

from sqlalchemy.exc import SQLAlchemyError

from bot import guard, program
from bot.calendar.events import TICKET
from bot.clock import system_clock
from bot.commands.checked import line_of
from bot.commands.health.finding import Finding, of_shop
from bot.connection import approvals
from bot.connection.results import Result, State, Step
from bot.content import Content
from bot.messenger.errors import SendError
from bot.settings import OurPage, Settings
from bot.shop import chosen
from bot.shop.notices import subscribed
from bot.store import knowledge, notices, revision
from bot.store.database import Database
from bot.store.notices import NoticeState
from bot.teaching import Teaching
from intents.vectors.encoder import found as found_in

IN_PLACE = "trained and in place"


def database(
    settings: Settings, database: Database, written: Content | None
) -> Iterator[Finding]:
    """Say whether the database can be used, and what its tables show."""
    kind = "SQLite" if settings.is_sqlite else "PostgreSQL"
    try:
        current, empty = revision.current(database), revision.is_empty(database)
    except SQLAlchemyError as error:
        yield Finding(
            name="database",
            well=False,
            said=f"{kind} can't be used ({_words(error)})",
            cure="Start that server, or set DATABASE_URL to a database that is there.",
        )
        return
    yield Finding(name="database", well=True, said=f"{kind} answers")
    yield _tables(current=current, empty=empty)
    if current:
        yield _model(settings, database, written)
        yield from _attacks(database)
        yield from _notices(settings, database)


def _tables(*, current: bool, empty: bool) -> Finding:
    other = "there are none yet" if empty else "not those of this version"
    start = "the first start makes them" if empty else "a start does it"
    return Finding(
        name="tables",
        well=current,
        said="up to date" if current else other,
        cure=f"Run `{program.command('migrate')}`; {start} by itself as well.",
    )


def _model(settings: Settings, database: Database, written: Content | None) -> Finding:
    with database.read() as connection:
        name = knowledge.live(connection).model
    if name is None or not (settings.models / name).is_dir():
        run = program.command("run")
        cure = f"Start `{run}` once: it trains what it needs, in a minute or two."
        return Finding(name="model", well=False, said="there is none yet", cure=cure)
    if written is None:
        return Finding(name="model", well=True, said=IN_PLACE)
    encoder = found_in(settings.models) if settings.embeddings else None
    teaching = Teaching(database, written, settings.models, system_clock, encoder)
    is_old = teaching.phrasings_changed()
    return Finding(
        name="model",
        well=not is_old,
        said=f"{IN_PLACE}, but phrasings changed since" if is_old else IN_PLACE,
        cure=f"Run `{program.command('train')}`: until then all is heard as before.",
        notes=tuple(teaching.doubts()),
    )


def _attacks(database: Database) -> Iterator[Finding]:
    """Say whether somebody is guessing numbers and proofs, if they are."""
    for kind in (chosen.ORDER, TICKET):
        failed = guard.failed(database, kind)
        if failed >= guard.ALARM:
            yield Finding(
                name="look-ups",
                well=False,
                said=f"{failed} proofs of {kind}s did not fit within the hour",
                cure="Somebody may be guessing. Numbers and customers that fail too "
                "often are closed by themselves: see docs/orders.md.",
            )


def _notices(settings: Settings, database: Database) -> Iterator[Finding]:
    """Say what came of what the shop's own system tells, if it has a secret."""
    if not settings.shop.signing:
        return
    with database.read() as connection:
        counts = notices.counts(connection)
        done = notices.newest(connection, NoticeState.DONE)
        ignored = notices.newest(connection, NoticeState.IGNORED)
    stuck = counts.get(NoticeState.STUCK, 0)
    (sender, secrets), *_ = settings.shop.signing.items()
    came = f"the last at {done.received_at:%d %B, %H:%M} UTC" if done else "none yet"
    door = f"{settings.base_url}/webhook/{sender}"
    notes = []
    if len(secrets) > 1:
        notes.append(f"{len(secrets)} secrets count: take out the old one in time")
    if ignored:
        count, why = counts[NoticeState.IGNORED], ignored.reason
        notes.append(f"{count} ignored within 30 days, the last one: {why}")
    yield Finding(
        name="notices",
        well=not stuck,
        said=f"{stuck} could not be worked off" if stuck else f"{door}, {came}",
        cure="See shop_notice_failed in the log; a start tries them again.",
        notes=tuple(notes),
    )
    seen = subscribed.diagnosis(settings, heard=done is not None)
    if seen is not None:
        yield of_shop("subscriptions", seen)


def _words(error: SQLAlchemyError) -> str:
    cause = getattr(error, "orig", None) or error
    return (str(cause).strip().splitlines() or [type(cause).__name__])[0]


def templates(
    settings: Settings, database: Database, ours: OurPage, results: list[Result]
) -> Iterator[Finding]:
    """Say in which languages something may go out after 24 hours, if that is known.

    Asked of Messenger if the checks show that it answers, else as a server last saw it.
    """
    try:
        if any(one.step is Step.TOKEN and one.state is State.GREEN for one in results):
            approvals.look(line_of(settings, database, ours))
        with database.read() as connection:
            known = approvals.known(connection, settings, ours.page_id)
    except (SendError, SQLAlchemyError):
        return  # that is said already: of the Page, or of the database
    of_page = f" of {ours.page_id}" if len(settings.pages) > 1 else ""
    for one in known:
        yield Finding(
            name=f"template {one.name}{of_page}",
            well=not one.is_refused,
            said=one.said,
            cure=str(approvals.CURE),
        )
