"""The second factor of those who sign in: their app's secret, their recovery codes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from bot.store.people import RecoveryCode, Staff
from bot.store.sessions import hashed
from bot.store.types import DatabaseSeconds


@dataclass(frozen=True, kw_only=True)
class Factor:
    """Somebody's second factor; the secret is sealed. It counts from *since* on."""

    secret: bytes
    since: datetime | None
    #: Seconds by the database's clock: the demo's can be moved, a phone's can't.
    seconds: float


def find(connection: Connection, staff_id: int) -> Factor | None:
    """Return somebody's second factor, also one that is only being set up."""
    row = connection.execute(
        select(
            Staff.totp_secret.label("secret"),
            Staff.totp_since.label("since"),
            DatabaseSeconds().label("seconds"),
        ).where(Staff.id == staff_id, Staff.totp_secret.is_not(None))
    ).first()
    return None if row is None else Factor(**row._mapping)


def begin(connection: Connection, staff_id: int, secret: bytes) -> bool:
    """Keep a secret that is still to be confirmed; return False if one is in use."""
    done = connection.execute(
        update(Staff)
        .where(Staff.id == staff_id, Staff.totp_since.is_(None))
        .values(totp_secret=secret, totp_step=None)
    )
    return done.rowcount == 1


def confirm(
    connection: Connection, staff_id: int, secret: bytes, step: int, now: datetime
) -> bool:
    """Let a secret count from now on, unless another was begun meanwhile."""
    done = connection.execute(
        update(Staff)
        .where(Staff.id == staff_id, Staff.totp_since.is_(None))
        .where(Staff.totp_secret == secret)
        .values(totp_since=now, totp_step=step)
    )
    return done.rowcount == 1


def use_step(connection: Connection, staff_id: int, step: int) -> bool:
    """Use the code of a time step; return False if it, or a later one, was used."""
    done = connection.execute(
        update(Staff)
        .where(Staff.id == staff_id, Staff.totp_since.is_not(None))
        .where(func.coalesce(Staff.totp_step, 0) < step)
        .values(totp_step=step)
    )
    return done.rowcount == 1


def use_recovery_code(connection: Connection, staff_id: int, code: str) -> bool:
    """Use a recovery code; return False if it is none, or was used."""
    done = connection.execute(
        update(RecoveryCode)
        .where(RecoveryCode.code_hash == _hashed(staff_id, code))
        .where(RecoveryCode.staff_id == staff_id, RecoveryCode.used.is_(None))
        .values(used=DatabaseSeconds())
    )
    return done.rowcount == 1


def keep_recovery_codes(
    connection: Connection, staff_id: int, codes: Iterable[str]
) -> None:
    """Keep the hashes of new recovery codes; the old ones work no more."""
    connection.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
    for code in codes:
        kept = {"code_hash": _hashed(staff_id, code), "staff_id": staff_id}
        connection.execute(insert(RecoveryCode).values(kept))


def recovery_codes_left(connection: Connection, staff_id: int) -> int:
    """Return how many recovery codes somebody has not used."""
    unused = select(func.count()).where(
        RecoveryCode.staff_id == staff_id, RecoveryCode.used.is_(None)
    )
    return connection.scalar(unused) or 0


def drop(connection: Connection, staff_id: int) -> bool:
    """Take a second factor away; return False if there was none."""
    keep_recovery_codes(connection, staff_id, ())
    done = connection.execute(
        update(Staff)
        .where(Staff.id == staff_id, Staff.totp_secret.is_not(None))
        .values(totp_secret=None, totp_since=None, totp_step=None)
    )
    return done.rowcount == 1


def _hashed(staff_id: int, code: str) -> bytes:
    return hashed(f"{staff_id}:{code}")
