"""Who works here, and as what."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from bot.store.arrivals import insert
from bot.store.people import Role, Staff
from bot.store.types import AnyRow

#: From the least to the most: each may do what those before it may.
RANKS = (Role.VIEWER, Role.AGENT, Role.EDITOR, Role.ADMIN)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who may sign in."""

    id: int
    login: str
    name: str
    role: Role
    password_hash: str | None
    has_second_factor: bool


def may(role: Role, needed: Role) -> bool:
    """Return whether somebody of *role* may do what *needed* may."""
    return RANKS.index(role) >= RANKS.index(needed)


def normal(login: str) -> str:
    """Return a login as it is kept: alike for all ways of typing it."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def add(
    connection: Connection, login: str, name: str, role: Role, now: datetime
) -> int | None:
    """Add somebody; return their id, or None if the login is taken."""
    found: int | None = connection.scalar(
        insert(connection, Staff)
        .values(login=normal(login), name=name.strip(), role=role, created_at=now)
        .on_conflict_do_nothing()
        .returning(Staff.id)
    )
    return found


def by_login(connection: Connection, login: str) -> Person | None:
    """Return who signs in under *login*, unless they were shut out."""
    row = connection.execute(
        _person().where(Staff.login == normal(login), Staff.disabled_at.is_(None))
    ).first()
    return None if row is None else Person(**row._mapping)


def by_id(connection: Connection, staff_id: int) -> Person | None:
    """Return somebody, unless they were shut out."""
    row = connection.execute(
        _person().where(Staff.id == staff_id, Staff.disabled_at.is_(None))
    ).first()
    return None if row is None else Person(**row._mapping)


def is_taken(connection: Connection, login: str) -> bool:
    """Return whether somebody has or had this login."""
    found = select(Staff.id).where(Staff.login == normal(login))
    return connection.scalar(found) is not None


def is_here(connection: Connection, staff_id: int) -> bool:
    """Return whether somebody may sign in; it stays so until the transaction ends."""
    found = select(Staff.id).where(Staff.id == staff_id, Staff.disabled_at.is_(None))
    return connection.scalar(found.with_for_update(read=True)) is not None


def everybody(connection: Connection) -> Sequence[AnyRow]:
    """Return all who work or worked here, by login."""
    return connection.execute(
        select(
            Staff.login, Staff.name, Staff.role, Staff.created_at, Staff.disabled_at
        ).order_by(Staff.login)
    ).all()


def active(connection: Connection) -> Sequence[AnyRow]:
    """Return all who may sign in, by name."""
    return connection.execute(_ACTIVE).all()


def agents(connection: Connection) -> Sequence[AnyRow]:
    """Return all who may answer customers, by name."""
    return [one for one in active(connection) if may(one.role, Role.AGENT)]


# Built once: to build it costs more than to run it.
_ACTIVE = (
    select(Staff.id, Staff.login, Staff.name, Staff.role)
    .where(Staff.disabled_at.is_(None))
    .order_by(Staff.name, Staff.id)
)


def is_empty(connection: Connection) -> bool:
    """Return whether nobody was ever added."""
    return connection.scalar(select(Staff.id).limit(1)) is None


def set_password(connection: Connection, staff_id: int, password_hash: str) -> None:
    """Give somebody another password."""
    connection.execute(
        update(Staff).where(Staff.id == staff_id).values(password_hash=password_hash)
    )


def set_language(connection: Connection, staff_id: int, code: str | None) -> None:
    """Let somebody's pages speak a language; None is what their browser asks for."""
    connection.execute(update(Staff).where(Staff.id == staff_id).values(language=code))


def wants_mail(connection: Connection, staff_id: int) -> bool:
    """Return whether somebody is mailed when a customer waits and nobody comes."""
    found = select(Staff.wants_mail).where(Staff.id == staff_id)
    return bool(connection.scalar(found))


def set_wants_mail(connection: Connection, staff_id: int, *, wants: bool) -> None:
    """Let somebody be mailed then, or not."""
    connection.execute(
        update(Staff).where(Staff.id == staff_id).values(wants_mail=wants)
    )


def _person() -> Any:
    return select(
        Staff.id,
        Staff.login,
        Staff.name,
        Staff.role,
        Staff.password_hash,
        Staff.totp_since.is_not(None).label("has_second_factor"),
    )
