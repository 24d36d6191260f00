"""Which browsers are signed in, as whom, and until when.

A browser holds a random token, the table only its hash. All times are the
database's: the demo's clock can be moved, a session must not move with it.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.store.people import Role, Staff, StaffSession
from bot.store.types import AnyRow, DatabaseSeconds

IDLE = 8 * 3600.0  # seconds without a click
LONGEST = 7 * 86400.0
JUST_NOW = 15 * 60.0  # seconds in which signing in still proves who sits there
SEEN_EVERY = 60.0  # seconds between two notes that somebody is there


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """Somebody who is signed in, and the session by which we know."""

    session_id: int
    csrf_token: str
    id: int
    login: str
    name: str
    role: Role
    #: The language of their pages, if they have chosen one.
    language: str | None
    has_password: bool
    has_second_factor: bool
    #: Whether they have proved who they are a moment ago.
    is_fresh: bool
    #: Whether it was long ago that we noted that they are there.
    is_unseen: bool


def begin(connection: Connection, staff_id: int, device: str | None = None) -> str:
    """Sign somebody in; return the token that their browser is to hold."""
    _forget_ended(connection, staff_id)
    token = secrets.token_urlsafe(32)
    connection.execute(
        insert(StaffSession).values(
            staff_id=staff_id,
            token_hash=hashed(token),
            csrf_token=secrets.token_urlsafe(32),
            began=DatabaseSeconds(),
            seen=DatabaseSeconds(),
            device=device,
        )
    )
    return token


def current(connection: Connection, token: str) -> SignedIn | None:
    """Return who holds *token*, if the session lives and nobody shut them out."""
    row = connection.execute(_CURRENT, {"hashed": hashed(token)}).first()
    return None if row is None else SignedIn(**row._mapping)


def touch(connection: Connection, session_id: int) -> None:
    """Note that somebody is there."""
    connection.execute(
        update(StaffSession)
        .where(StaffSession.id == session_id)
        .values(seen=DatabaseSeconds())
    )


def end(connection: Connection, session_id: int) -> None:
    """Sign one browser out."""
    connection.execute(
        update(StaffSession)
        .where(StaffSession.id == session_id, StaffSession.ended.is_(None))
        .values(ended=DatabaseSeconds())
    )


def end_one(connection: Connection, staff_id: int, session_id: int) -> bool:
    """Sign somebody out of one browser of theirs; return False if it is not."""
    done = connection.execute(
        update(StaffSession)
        .where(StaffSession.id == session_id, StaffSession.staff_id == staff_id)
        .where(*living())
        .values(ended=DatabaseSeconds())
    )
    return done.rowcount == 1


def end_others(connection: Connection, staff_id: int, session_id: int) -> int:
    """Sign somebody out of every browser but one; return of how many."""
    done = connection.execute(
        update(StaffSession)
        .where(StaffSession.staff_id == staff_id, StaffSession.id != session_id)
        .where(*living())
        .values(ended=DatabaseSeconds())
    )
    return done.rowcount


def end_all(connection: Connection, staff_id: int) -> int:
    """Sign somebody out of every browser; return of how many."""
    return end_others(connection, staff_id, 0)  # no session has that number


def of(connection: Connection, staff_id: int) -> Sequence[AnyRow]:
    """Return somebody's living sessions: where, and how many seconds ago."""
    now = DatabaseSeconds()
    return connection.execute(
        select(
            StaffSession.id,
            StaffSession.device,
            (now - StaffSession.began).label("began_ago"),
            (now - StaffSession.seen).label("seen_ago"),
        )
        .where(StaffSession.staff_id == staff_id, *living())
        .order_by(StaffSession.seen.desc())
    ).all()


def hashed(token: str) -> bytes:
    """Return what is kept of a token: nobody can sign in with that."""
    return hashlib.sha256(token.encode()).digest()


def living() -> tuple[Any, ...]:
    """Return the conditions on which a session still counts."""
    now = DatabaseSeconds()
    return (
        StaffSession.ended.is_(None),
        StaffSession.seen > now - IDLE,
        StaffSession.began > now - LONGEST,
    )


# Built once: every page asks, and to build it costs more than to run it.
_CURRENT = (
    select(
        StaffSession.id.label("session_id"),
        StaffSession.csrf_token,
        Staff.id,
        Staff.login,
        Staff.name,
        Staff.role,
        Staff.language,
        Staff.password_hash.is_not(None).label("has_password"),
        Staff.totp_since.is_not(None).label("has_second_factor"),
        (StaffSession.began > DatabaseSeconds() - JUST_NOW).label("is_fresh"),
        (StaffSession.seen < DatabaseSeconds() - SEEN_EVERY).label("is_unseen"),
    )
    .join(Staff, Staff.id == StaffSession.staff_id)
    .where(StaffSession.token_hash == bindparam("hashed"), *living())
    .where(Staff.disabled_at.is_(None))
)


def _forget_ended(connection: Connection, staff_id: int) -> None:
    """Delete sessions that ended long ago, so that the table stays small."""
    connection.execute(
        delete(StaffSession)
        .where(StaffSession.staff_id == staff_id)
        .where(StaffSession.began < DatabaseSeconds() - LONGEST)
    )
