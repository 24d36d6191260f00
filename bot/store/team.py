"""Everybody who works or worked here, as an admin sees and changes it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from bot.store import staff
from bot.store.people import Role, Staff, StaffSession
from bot.store.types import AnyRow, DatabaseSeconds


def members(connection: Connection) -> Sequence[AnyRow]:
    """Return everybody by name, those who were shut out last."""
    out = Staff.disabled_at.is_not(None)
    query = _members().order_by(out, func.lower(Staff.name), Staff.id)
    return connection.execute(query).all()


def member(connection: Connection, staff_id: int) -> AnyRow | None:
    """Return one of them."""
    return connection.execute(_members().where(Staff.id == staff_id)).first()


def by_login(connection: Connection, login: str) -> AnyRow | None:
    """Return who has or had this login."""
    query = _members().where(Staff.login == staff.normal(login))
    return connection.execute(query).first()


def is_last_admin(connection: Connection, staff_id: int) -> bool:
    """Return whether nobody else could manage people.

    It stays so until the transaction ends: of two admins who take each other's
    role at the same moment, the second is told.
    """
    admins = connection.scalars(
        select(Staff.id)
        .where(Staff.role == Role.ADMIN, Staff.disabled_at.is_(None))
        .order_by(Staff.id)
        .with_for_update()
    ).all()
    return list(admins) == [staff_id]


def set_role(connection: Connection, staff_id: int, role: Role) -> bool:
    """Give somebody another role; return False if they have it."""
    done = connection.execute(
        update(Staff).where(Staff.id == staff_id, Staff.role != role).values(role=role)
    )
    return done.rowcount == 1


def shut_out(connection: Connection, staff_id: int, now: datetime) -> bool:
    """Shut somebody out at once, in every browser; return False if they are."""
    done = connection.execute(
        update(Staff)
        .where(Staff.id == staff_id, Staff.disabled_at.is_(None))
        .values(disabled_at=now)
    )
    connection.execute(
        update(StaffSession)
        .where(StaffSession.staff_id == staff_id, StaffSession.ended.is_(None))
        .values(ended=DatabaseSeconds())
    )
    return done.rowcount == 1


def let_in_again(connection: Connection, staff_id: int) -> bool:
    """Let somebody in again; return False if they were not shut out."""
    done = connection.execute(
        update(Staff)
        .where(Staff.id == staff_id, Staff.disabled_at.is_not(None))
        .values(disabled_at=None)
    )
    return done.rowcount == 1


def _members() -> Any:
    seen = (
        select(func.max(StaffSession.seen))
        .where(StaffSession.staff_id == Staff.id)
        .scalar_subquery()
    )
    return select(
        Staff.id,
        Staff.login,
        Staff.name,
        Staff.role,
        Staff.created_at,
        Staff.disabled_at,
        Staff.totp_since,
        Staff.password_hash.is_not(None).label("has_password"),
        (DatabaseSeconds() - seen).label("seen_ago"),
    )
