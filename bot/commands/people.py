"""The people who sign in: add them, give them a link, shut them out."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import TypeVar

import click
from sqlalchemy import Connection

from bot import starting
from bot.account import leaving, links, logins
from bot.clock import system_clock
from bot.commands import environment
from bot.settings import Settings
from bot.store import audit, migrate, staff, team
from bot.store import links as link_rows
from bot.store.audit import Action, Trace
from bot.store.database import Database, open_database
from bot.store.people import Role
from bot.store.types import AnyRow

T = TypeVar("T")

LOGIN = click.argument("login")


@click.group()
def users() -> None:
    """The people who sign in."""


@users.command()
@LOGIN
@click.option("--name", help="What customers' agents are called; the login if not set.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.AGENT.value,
    show_default=True,
    help="admin may do everything, editor write answers, agent answer, viewer look.",
)
def add(login: str, name: str | None, role: str) -> None:
    """Add somebody, and print a link with which they sign in, once."""
    _refuse_odd(login)
    trace = _trace()

    def job(connection: Connection) -> str | None:
        added = staff.add(connection, login, name or login, Role(role), trace.at)
        if added is None:
            return None
        audit.note(connection, trace, Action.ADDED, staff.normal(login), role=role)
        return link_rows.make(connection, added)

    _print_link(job, f"there is somebody with the login {login} already")


@users.command()
@LOGIN
def link(login: str) -> None:
    """Print a link with which somebody signs in, once, within 30 minutes."""
    trace = _trace()

    def job(connection: Connection) -> str | None:
        person = staff.by_login(connection, login)
        if person is None:
            return None
        audit.note(connection, trace, Action.LINK_MADE, person.login)
        return link_rows.make(connection, person.id)

    _print_link(job, f"nobody with the login {login} may sign in")


@users.command()
@LOGIN
def disable(login: str) -> None:
    """Shut somebody out at once, in every browser."""
    trace = _trace()
    with _database() as (settings, database):
        wait = timedelta(minutes=settings.answer_within)
        done = database.write(
            _to_member(login, lambda c, who: leaving.shut_out(c, who, trace, wait))
        )
    if not done:
        raise click.ClickException(f"nobody with the login {login} may sign in")
    click.echo(f"{login} is shut out")


@users.command()
@LOGIN
def enable(login: str) -> None:
    """Let somebody in again who was shut out."""
    trace = _trace()

    def job(connection: Connection, who: AnyRow) -> bool:
        if not team.let_in_again(connection, who.id):
            return False
        audit.note(connection, trace, Action.LET_IN_AGAIN, who.login)
        return True

    if not _done(_to_member(login, job)):
        raise click.ClickException(f"nobody with the login {login} is shut out")
    click.echo(f"{login} may sign in again")


@users.command("reset-second-factor")
@LOGIN
def reset_second_factor(login: str) -> None:
    """Let somebody sign in without the second factor that they have lost."""
    trace = _trace()
    job = _to_member(login, lambda c, who: leaving.reset_factor(c, who, trace))
    if not _done(job):
        raise click.ClickException(f"nobody with the login {login} has a second factor")
    click.echo(f"{login} signs in without a second factor")


@users.command("list")
def everybody() -> None:
    """List who may sign in, and who was shut out."""
    for row in _done(staff.everybody):
        out = ", shut out" if row.disabled_at else ""
        click.echo(f"{row.login}\t{row.name}\t{row.role}{out}")


def _refuse_odd(login: str) -> None:
    if logins.is_odd(login):
        raise click.BadParameter("use letters without spaces, such as an e-mail")


def _trace() -> Trace:
    """Return who does it: whoever has the shell of this machine."""
    return Trace(staff_id=None, at=system_clock(), address="command line")


def _to_member(
    login: str, job: Callable[[Connection, AnyRow], bool]
) -> Callable[[Connection], bool]:
    def whole(connection: Connection) -> bool:
        member = team.by_login(connection, login)
        return member is not None and job(connection, member)

    return whole


def _print_link(job: Callable[[Connection], str | None], refusal: str) -> None:
    with _database() as (settings, database):
        token = database.write(job)
    if token is None:
        raise click.ClickException(refusal)
    click.echo(links.url(settings, token))


def _done(job: Callable[[Connection], T]) -> T:
    with _database() as (_, database):
        return database.write(job)


@contextmanager
def _database() -> Iterator[tuple[Settings, Database]]:
    settings = environment.offline()
    with (
        environment.refusing(),
        starting.named(),
        closing(open_database(settings.database_url)) as database,
    ):
        migrate.migrate(database)
        yield settings, database
