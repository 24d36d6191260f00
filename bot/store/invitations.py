"""Invitations: a link with which somebody new gives themselves a name and a password.

It works once, for a week, and as long as whoever made it may invite. Only the hash
of its token is kept, so it is shown once.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.store import staff
from bot.store.people import Invitation, Role, Staff
from bot.store.sessions import hashed
from bot.store.staff import Person
from bot.store.types import AnyRow, DatabaseSeconds

LASTS = 7 * 86400.0  # seconds, by the database's clock


@dataclass(frozen=True, kw_only=True)
class Invited:
    """Whom an open invitation is for, and what they are to be."""

    login: str
    role: Role


def make(
    connection: Connection, login: str, role: Role, invited_by: int, now: datetime
) -> str | None:
    """Return the token of a new invitation; None if the login is taken.

    An earlier invitation for the same login ends.
    """
    if staff.is_taken(connection, login):
        return None
    _end(connection, Invitation.login == staff.normal(login))
    token = secrets.token_urlsafe(32)
    connection.execute(
        insert(Invitation).values(
            token_hash=hashed(token),
            login=staff.normal(login),
            role=role,
            invited_by=invited_by,
            created_at=now,
            expires=DatabaseSeconds() + LASTS,
        )
    )
    return token


def find(connection: Connection, token: str) -> Invited | None:
    """Return whom an invitation is for, None if it is for nobody any more."""
    row = connection.execute(
        select(Invitation.login, Invitation.role).where(
            Invitation.token_hash == hashed(token), *_open()
        )
    ).first()
    return None if row is None else Invited(**row._mapping)


def accept(
    connection: Connection, token: str, name: str, password_hash: str, now: datetime
) -> Person | None:
    """Add whom an invitation was for, and let it add nobody else."""
    row = connection.execute(
        update(Invitation)
        .where(Invitation.token_hash == hashed(token), *_open())
        .values(ended=DatabaseSeconds())
        .returning(Invitation.login, Invitation.role)
    ).first()
    added = row and staff.add(connection, row.login, name, row.role, now)
    if not added:
        return None
    staff.set_password(connection, added, password_hash)
    return staff.by_id(connection, added)


def withdraw(connection: Connection, invitation_id: int) -> str | None:
    """Let an invitation work no more; return for whom it was, if it was open."""
    return next(iter(_end(connection, Invitation.id == invitation_id)), None)


def withdraw_all_of(connection: Connection, staff_id: int) -> None:
    """Let nothing that somebody offered work any more: they may not offer it now."""
    _end(connection, Invitation.invited_by == staff_id)


def pending(connection: Connection) -> Sequence[AnyRow]:
    """Return the open invitations, the newest first."""
    return connection.execute(
        select(
            Invitation.id,
            Invitation.login,
            Invitation.role,
            Staff.name.label("invited_by"),
            (Invitation.expires - DatabaseSeconds()).label("lasts"),
        )
        .join(Staff, Staff.id == Invitation.invited_by)
        .where(*_open())
        .order_by(Invitation.id.desc())
    ).all()


def _end(connection: Connection, which: Any) -> Sequence[str]:
    return connection.scalars(
        update(Invitation)
        .where(which, *_open())
        .values(ended=DatabaseSeconds())
        .returning(Invitation.login)
    ).all()


def _open() -> tuple[Any, ...]:
    return Invitation.ended.is_(None), Invitation.expires > DatabaseSeconds()
