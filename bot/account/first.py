"""Who can sign in when nobody was added yet: the first admin, the demo's staff."""

import click
from sqlalchemy import Connection

from bot import program
from bot.account import links
from bot.store import links as link_rows
from bot.store import staff
from bot.store.people import Role
from bot.wiring import Parts

ADMIN = "admin"
#: The staff of the demo: login, name, role, and where their link leads.
DEMO = {
    "agent": ("ada", "Ada", Role.AGENT, "/inbox/"),
    "admin": ("grace", "Grace", Role.ADMIN, "/admin/faq/"),
}


def welcome(parts: Parts) -> None:
    """Make an admin if there is nobody, and print how to sign in, this once."""
    if parts.settings.demo:
        return
    now = parts.clock()

    def job(connection: Connection) -> str | None:
        if not staff.is_empty(connection):
            return None
        # Of two processes that start at once, one adds the admin.
        added = staff.add(connection, ADMIN, "Admin", Role.ADMIN, now)
        return None if added is None else link_rows.make(connection, added)

    token = parts.database.write(job)
    if token is not None:
        click.echo(_words(links.url(parts.settings, token)), err=True)


def demo_link(parts: Parts, who: str) -> str:
    """Return the token of a fresh link for somebody of the demo's staff."""
    login, name, role, _ = DEMO[who]
    now = parts.clock()

    def job(connection: Connection) -> str:
        staff.add(connection, login, name, role, now)
        person = staff.by_login(connection, login)
        if person is None:
            raise LookupError(login)
        return link_rows.make(connection, person.id)

    return parts.database.write(job)


def _words(link: str) -> str:
    return (
        "\n  Sign in as the first admin, once, within 30 minutes:\n"
        f"  {link}\n\n"
        f"  Later: {program.command(f'users link {ADMIN}')}\n"
    )
