"""Links that sign somebody in: once, and for half an hour."""

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from bot.store import sessions, staff
from bot.store.people import SignInLink
from bot.store.sessions import hashed
from bot.store.staff import Person
from bot.store.types import DatabaseSeconds

LASTS = 30 * 60.0  # seconds, by the database's clock
KEPT = 24 * 3600.0


@dataclass(frozen=True, kw_only=True)
class Opened:
    """Whom a link has signed in."""

    person: Person
    #: Of how many browsers it has signed them out; None if that is not its doing.
    ended: int | None


def make(connection: Connection, staff_id: int, *, ends_sessions: bool = False) -> str:
    """Return the token of a new link for somebody; only its hash is kept.

    With *ends_sessions*, whoever uses it is signed out everywhere else, and links
    that somebody made for them before work no more.
    """
    connection.execute(
        delete(SignInLink).where(SignInLink.expires < DatabaseSeconds() - KEPT)
    )
    if ends_sessions:
        theirs = SignInLink.staff_id == staff_id, SignInLink.used.is_(None)
        connection.execute(delete(SignInLink).where(*theirs))
    token = secrets.token_urlsafe(32)
    connection.execute(
        insert(SignInLink).values(
            token_hash=hashed(token),
            staff_id=staff_id,
            expires=DatabaseSeconds() + LASTS,
            ends_sessions=ends_sessions,
        )
    )
    return token


def whose(connection: Connection, token: str) -> Person | None:
    """Return whom a link would sign in, None if it would nobody any more."""
    staff_id = connection.scalar(
        select(SignInLink.staff_id).where(
            SignInLink.token_hash == hashed(token), *_good()
        )
    )
    return None if staff_id is None else staff.by_id(connection, staff_id)


def use(connection: Connection, token: str) -> Opened | None:
    """Return whom a link signs in, and let it sign in nobody else."""
    row = connection.execute(
        update(SignInLink)
        .where(SignInLink.token_hash == hashed(token), *_good())
        .values(used=DatabaseSeconds())
        .returning(SignInLink.staff_id, SignInLink.ends_sessions)
    ).first()
    person = row and staff.by_id(connection, row.staff_id)
    if not row or not person:
        return None
    ended = sessions.end_all(connection, person.id) if row.ends_sessions else None
    return Opened(person=person, ended=ended)


def _good() -> tuple[Any, ...]:
    return SignInLink.used.is_(None), SignInLink.expires > DatabaseSeconds()
