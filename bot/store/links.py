"""Links that sign somebody in: once, and for half an hour."""

import secrets
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from bot.store import staff
from bot.store.people import SignInLink
from bot.store.sessions import hashed
from bot.store.staff import Person
from bot.store.types import DatabaseSeconds

LASTS = 30 * 60.0  # seconds, by the database's clock
KEPT = 24 * 3600.0


def make(connection: Connection, staff_id: int) -> str:
    """Return the token of a new link for somebody; only its hash is kept."""
    connection.execute(
        delete(SignInLink).where(SignInLink.expires < DatabaseSeconds() - KEPT)
    )
    token = secrets.token_urlsafe(32)
    connection.execute(
        insert(SignInLink).values(
            token_hash=hashed(token),
            staff_id=staff_id,
            expires=DatabaseSeconds() + LASTS,
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


def use(connection: Connection, token: str) -> Person | None:
    """Return whom a link signs in, and let it sign in nobody else."""
    staff_id = connection.scalar(
        update(SignInLink)
        .where(SignInLink.token_hash == hashed(token), *_good())
        .values(used=DatabaseSeconds())
        .returning(SignInLink.staff_id)
    )
    return None if staff_id is None else staff.by_id(connection, staff_id)


def _good() -> tuple[Any, ...]:
    return SignInLink.used.is_(None), SignInLink.expires > DatabaseSeconds()
