"""Is this installation sound? Settings, folder, files, database, tables, broker.

With --live the eight checks of the connection as well.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Any

import click
from sqlalchemy.exc import SQLAlchemyError

from bot import content, guard, program
from bot.calendar.events import TICKET
from bot.clock import system_clock
from bot.commands import broker, environment
from bot.commands.checked import line, lines
from bot.connection import approvals, checks
from bot.connection.results import Result, State, Step
from bot.content import Content
from bot.messenger.errors import SendError
from bot.settings import SettingError, Settings
from bot.shop import chosen
from bot.shop.notices import subscribed
from bot.shop.orders import Diagnosis
from bot.store import knowledge, notices, revision
from bot.store.database import Database, open_database
from bot.store.notices import NoticeState
from bot.teaching import Teaching
from flows.files import DataError
from flows.ports import PortError
from intents.examples import TrainingDataError
from intents.vectors.encoder import found as found_in

IN_PLACE = "trained and in place"
NOBODYS_ADDRESS = "frontdesk-doctor@example.invalid"
LEAST_FREE = 500_000_000  # bytes: a model, a day of messages, and room to migrate


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing about this machine; *cure* says what to do if it is not well."""

    name: str
    well: bool
    said: str
    cure: str = ""
    #: What to look at, though nothing is wrong.
    notes: tuple[str, ...] = ()


@click.command()
@click.option("--live", is_flag=True, help="Check the connection to Facebook as well.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of words.")
def doctor(*, live: bool, as_json: bool) -> None:
    """Check settings, folders, servers and files; each line says how to mend it.

    Exit status 0 only if all is well.
    """
    found: list[Finding] = []
    results: list[Result] = []
    settings = _settings(found)
    if settings is not None:
        found.append(_disk(settings))
        found += _embeddings(settings)
        written = _files(settings, found)
        with closing(open_database(settings.database_url)) as database:
            found += _database(settings, database, written)
            found += _broker(settings)
            found += _orders(settings)
            found += _products(settings)
            found += _mail(settings)
            if live and all(finding.well for finding in found):
                results = list(checks.run(line(settings, database)))
            found += _templates(settings, database, results)
    well = all(finding.well for finding in found)
    well = well and (checks.all_well(results) if live else True)
    _print(found, results, well=well, as_json=as_json)
    if not well:
        raise SystemExit(1)


def _settings(found: list[Finding]) -> Settings | None:
    try:
        environment.load()
        settings = Settings.from_env(os.environ)
    except SettingError as error:
        found += [
            Finding(
                name="settings",
                well=False,
                said=said,
                cure="Change it in your .env file; .env.example explains each.",
            )
            for said in str(error).splitlines()
        ]
        return None
    said = f"complete; everything is kept in {settings.home}"
    found.append(Finding(name="settings", well=True, said=said))
    return settings


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.home).free
    return Finding(
        name="disk",
        well=free >= LEAST_FREE,
        said=f"{free / 1e9:.1f} GB are free under {settings.home}",
        cure="Make room: below half a gigabyte a model or the database may not fit.",
    )


def _embeddings(settings: Settings) -> Iterator[Finding]:
    """Say whether English is read by what it means as well, if that is wanted."""
    if not settings.embeddings:
        return
    installed = found_in(settings.models) is not None
    on = "on: English is read by what it means as well"
    off = "wanted, but not installed: all is read by its words alone"
    yield Finding(
        name="embeddings",
        well=installed,
        said=on if installed else off,
        cure="Run `make install-embeddings`, or set FRONTDESK_EMBEDDINGS=no.",
    )


def _files(settings: Settings, found: list[Finding]) -> Content | None:
    try:
        written = content.of(settings)
    except (DataError, TrainingDataError) as error:
        cure = f"Mend the file it names below {settings.home / 'data'}."
        found.append(Finding(name="files", well=False, said=str(error), cure=cure))
        return None
    said = f"{len(written.flows.by_id)} flows, all in order"
    found.append(Finding(name="files", well=True, said=said))
    return written


def _database(
    settings: Settings, database: Database, written: Content | None
) -> Iterator[Finding]:
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


def _templates(
    settings: Settings, database: Database, results: list[Result]
) -> Iterator[Finding]:
    """Say in which languages something may go out after 24 hours, if that is known.

    Asked of Messenger if the checks show that it answers, else as a server last saw it.
    """
    try:
        if any(one.step is Step.TOKEN and one.state is State.GREEN for one in results):
            approvals.look(line(settings, database))
        with database.read() as connection:
            known = approvals.known(connection, settings)
    except (SendError, SQLAlchemyError):
        return  # that is said already: of the Page, or of the database
    for one in known:
        yield Finding(
            name=f"template {one.name}",
            well=not one.is_refused,
            said=one.said,
            cure=str(approvals.CURE),
        )


def _tables(*, current: bool, empty: bool) -> Finding:
    other = "there are none yet" if empty else "not those of this version"
    start = "the first start makes them" if empty else "a start does it"
    return Finding(
        name="tables",
        well=current,
        said="up to date" if current else other,
        cure=f"Run `{program.command('migrate')}`; {start} by itself as well.",
    )


def _broker(settings: Settings) -> Iterator[Finding]:
    """Say whether RabbitMQ answers, if it is to carry anything."""
    if settings.broker_url is None:
        return
    refusal = broker.refusal(settings.broker_url)
    yield Finding(
        name="broker",
        well=refusal is None,
        said="it answers" if refusal is None else f"it can't be used ({refusal})",
        cure="Start RabbitMQ, or set BROKER_URL to one that is there; until then "
        "answers come about a second late.",
    )


def _orders(settings: Settings) -> Iterator[Finding]:
    """Say whether a shop on the network answers, if orders are looked up in one."""
    shop = chosen.remote(settings)
    if shop is None:
        return
    yield _of("orders", shop.diagnosis())


def _products(settings: Settings) -> Iterator[Finding]:
    """Say whether a shop on the network lists its products, if it is asked for them."""
    shop = chosen.remote_products(settings)
    if shop is None:
        return
    yield _of("products", shop.diagnosis())


def _mail(settings: Settings) -> Iterator[Finding]:
    """Say whether codes can be mailed, and what they prove be listed, if they are."""
    server = chosen.mail_server(settings)
    if server is None:
        return
    refusal = server.refusal()
    yield Finding(
        name="mail",
        well=refusal is None,
        said="the mail server answers" if refusal is None else str(refusal),
        cure="Set MAIL_URL as smtps://name:password@mail.example.com, or take it out.",
    )
    shop = chosen.remote(settings)
    if shop is None:
        return
    try:
        shop.records_of(NOBODYS_ADDRESS)
    except PortError as error:
        cure = "See docs/orders.md, “Which of your orders?”, for what the shop answers."
        yield Finding(name="orders by e-mail", well=False, said=str(error), cure=cure)


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
        yield _of("subscriptions", seen)


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


def _of(name: str, seen: Diagnosis) -> Finding:
    """Return what a shop on the network showed, as a finding."""
    return Finding(
        name=name, well=seen.well, said=seen.said, cure=seen.cure, notes=seen.notes
    )


def _words(error: SQLAlchemyError) -> str:
    cause = getattr(error, "orig", None) or error
    return (str(cause).strip().splitlines() or [type(cause).__name__])[0]


def _print(
    found: list[Finding], results: list[Result], *, well: bool, as_json: bool
) -> None:
    if as_json:
        facts: dict[str, Any] = {
            "all_well": well,
            "local": [asdict(finding) for finding in found],
            "checks": [result.facts() for result in results],
        }
        click.echo(json.dumps(facts))
        return
    for finding in found:
        click.echo(f"{'ok' if finding.well else 'RED':4}{finding.name}: {finding.said}")
        if not finding.well:
            click.echo(f"      {finding.cure}")
        for note in finding.notes:
            click.echo(f"      note: {note}")
    for text in lines(results):
        click.echo(text)
