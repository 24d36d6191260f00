"""Which code was mailed to a customer, and did it come back? One at a time each.

Whoever calls makes the keys and seals the addresses: nothing here says who is who.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, or_, select, update

from bot.store.arrivals import insert
from bot.store.shop import MailedCode
from bot.store.types import DatabaseSeconds

#: How long a code counts, and how long what it proved does.
FRESH, PROVED = 600.0, 86400.0
#: So many tries, and the code is worth nothing.
MOST_TRIES = 5


@dataclass(frozen=True, kw_only=True)
class Proved:
    """An address, sealed, that a customer has proved at a moment: seconds."""

    address: bytes
    at: float


def keep(connection: Connection, key: str, address: bytes, code: str) -> None:
    """Keep what was mailed now, in place of what was mailed before."""
    row = {
        "address": address,
        "code": code,
        "mailed_at": DatabaseSeconds(),
        "tries": 0,
        "proved_at": None,
    }
    connection.execute(
        insert(connection, MailedCode)
        .values(key=key, **row)
        .on_conflict_do_update(index_elements=["key"], set_=row)
    )


def tried(connection: Connection, key: str) -> tuple[str, bytes] | None:
    """Count a try, and return the code that counts with its address, if one does.

    A hundred tries at once are a hundred: the row is changed before it is read.
    """
    now: float = connection.scalar(select(DatabaseSeconds())) or 0.0
    counted = connection.execute(
        update(MailedCode)
        .where(MailedCode.key == key, MailedCode.tries < MOST_TRIES)
        .where(MailedCode.mailed_at > now - FRESH)
        .values(tries=MailedCode.tries + 1)
    )
    if counted.rowcount != 1:
        return None
    row = connection.execute(
        select(MailedCode.code, MailedCode.address).where(MailedCode.key == key)
    ).one()
    return row.code, row.address


def waiting(connection: Connection, key: str) -> bytes | None:
    """Return the address, sealed, of a code that was mailed and still counts."""
    found: bytes | None = connection.scalar(
        select(MailedCode.address).where(
            MailedCode.key == key,
            MailedCode.tries < MOST_TRIES,
            MailedCode.mailed_at > DatabaseSeconds() - FRESH,
        )
    )
    return found


def prove(connection: Connection, key: str) -> None:
    """Note that the code came back."""
    connection.execute(
        update(MailedCode)
        .where(MailedCode.key == key)
        .values(proved_at=DatabaseSeconds())
    )


def used_up(connection: Connection, key: str) -> bool:
    """Whether the code was tried so often that it is worth nothing."""
    tries = connection.scalar(select(MailedCode.tries).where(MailedCode.key == key))
    return (tries or 0) >= MOST_TRIES


def proved(connection: Connection, key: str, seconds: float) -> Proved | None:
    """Return the address that a customer has proved within so many seconds."""
    row = connection.execute(
        select(MailedCode.address, MailedCode.proved_at).where(
            MailedCode.key == key, MailedCode.proved_at > DatabaseSeconds() - seconds
        )
    ).one_or_none()
    return Proved(address=row.address, at=row.proved_at) if row else None


def forget(connection: Connection) -> int:
    """Remove what counts no more; return how many rows."""
    now = DatabaseSeconds()
    proved_of_old = or_(
        MailedCode.proved_at.is_(None), MailedCode.proved_at < now - PROVED
    )
    gone = delete(MailedCode).where(MailedCode.mailed_at < now - PROVED, proved_of_old)
    return connection.execute(gone).rowcount
