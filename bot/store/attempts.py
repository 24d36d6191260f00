"""How often somebody tried to sign in: counted, so that guessing is slow.

Nobody is ever locked out for good. A limit is a number of tries in a stretch of
time, and strangers can use up only the tries of strangers: a browser in which
somebody has signed in before has tries of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select

from bot.store.people import SignInAttempt
from bot.store.types import DatabaseSeconds

LONGEST = 3600.0
LOCKS = 7_205_102  # any number: what keeps tries apart from other locks


@dataclass(frozen=True, kw_only=True)
class Limit:
    """At most *most* tries under *key* in *seconds*."""

    key: str
    most: int
    seconds: float


def count(connection: Connection, limits: Sequence[Limit]) -> float | None:
    """Count one try; return None, or the seconds until one is allowed again.

    It is counted before the password is looked at: a hundred tries at once are
    a hundred.
    """
    _one_at_a_time(connection, limits)
    waits = [_wait(connection, limit) for limit in limits]
    longest = max((wait for wait in waits if wait is not None), default=None)
    if longest is not None:
        return longest
    now = DatabaseSeconds()
    connection.execute(delete(SignInAttempt).where(SignInAttempt.at < now - LONGEST))
    for limit in limits:
        connection.execute(insert(SignInAttempt).values(key=limit.key, at=now))
    return None


def _one_at_a_time(connection: Connection, limits: Sequence[Limit]) -> None:
    """Let whoever tries under the same keys wait until this try is counted.

    SQLite takes one writer at a time as it is.
    """
    if connection.dialect.name != "postgresql":
        return
    for key in sorted(limit.key for limit in limits):
        lock = func.pg_advisory_xact_lock(LOCKS, func.hashtext(key))
        connection.execute(select(lock))


def forget(connection: Connection, keys: Iterable[str]) -> None:
    """Forget the tries under *keys*: the right password was among them."""
    connection.execute(delete(SignInAttempt).where(SignInAttempt.key.in_(keys)))


def _wait(connection: Connection, limit: Limit) -> float | None:
    now = DatabaseSeconds()
    recent = select(SignInAttempt.at).where(
        SignInAttempt.key == limit.key, SignInAttempt.at > now - limit.seconds
    )
    tries = connection.scalar(select(func.count()).select_from(recent.subquery())) or 0
    if tries < limit.most:
        return None
    newest = recent.order_by(SignInAttempt.at.desc()).offset(limit.most - 1).limit(1)
    oldest_that_counts = newest.scalar_subquery()
    left: float | None = connection.scalar(
        select(oldest_that_counts + limit.seconds - now)
    )
    return max(left or 1.0, 1.0)
