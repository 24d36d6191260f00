"""How often did somebody fail to prove that a number is theirs? Counted, and bounded.

A key stands for a customer, a number, or an e-mail address, each of which may fail
so often in a stretch of time that begins with the first failure; a key that is used
up opens when the stretch is over, and each further time it takes twice as long. Keys
are made by whoever calls: nothing here says who or what they stand for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, select, update

from bot.store.arrivals import insert
from bot.store.shop import LookupCount, LookupProof
from bot.store.types import DatabaseSeconds

HOUR, DAY = 3600.0, 86400.0
#: How long a proof that fitted is remembered.
REMEMBERED = DAY
#: After which a key that has not failed again is forgotten: no stretch is longer.
LONGEST = 8 * DAY


@dataclass(frozen=True, kw_only=True)
class Limit:
    """At most *most* failures under *key* in *seconds*; None: they are only counted."""

    key: str
    most: int | None
    seconds: float
    #: What a stretch grows to that doubles.
    longest: float

    def is_full(self, failures: int) -> bool:
        """Whether there may be no more."""
        return self.most is not None and failures >= self.most

    def stretch(self, count: "Count") -> float:
        """Return how long a count holds from its first failure on."""
        if not self.is_full(count.failures):
            return self.seconds
        return min(self.seconds * 2.0**count.rounds, max(self.longest, self.seconds))


@dataclass(frozen=True, kw_only=True)
class Count:
    """The failures under a key since a moment, in seconds by the database's clock."""

    failures: int
    since: float
    #: How many stretches before it were used up without a break.
    rounds: int


def begin(
    connection: Connection, limits: Sequence[Limit]
) -> Mapping[str, Count] | None:
    """Count a failure under each key; return the counts, None if one is used up.

    It is counted before anything is looked up, and taken back if the proof fits:
    a hundred tries at once are a hundred.
    """
    now: float = connection.scalar(select(DatabaseSeconds())) or 0.0
    found = _held(connection, [limit.key for limit in limits], now)
    counts = {limit: _now(found[limit.key], limit, now) for limit in limits}
    if any(limit.is_full(count.failures) for limit, count in counts.items()):
        return None
    counted = {limit.key: _one_more(count) for limit, count in counts.items()}
    for key, count in counted.items():
        connection.execute(
            update(LookupCount).where(LookupCount.key == key).values(**vars(count))
        )
    return counted


def take_back(connection: Connection, counts: Mapping[str, Count]) -> None:
    """Take back what `begin` counted: it was no failure."""
    # In the order in which `_held` locks, so that two of them never wait in a ring.
    for key, count in sorted(counts.items()):
        connection.execute(
            update(LookupCount)
            .where(LookupCount.key == key, LookupCount.since == count.since)
            .where(LookupCount.failures > 0)
            .values(failures=LookupCount.failures - 1)
        )


def remember(
    connection: Connection, key: str, record: str, at: float | None = None
) -> None:
    """Remember for a day that a customer has proved a record, now or at a moment."""
    row = {"record": record, "at": DatabaseSeconds() if at is None else at}
    connection.execute(
        insert(connection, LookupProof)
        .values(key=key, **row)
        .on_conflict_do_update(index_elements=["key"], set_=row)
    )


def remembered(connection: Connection, key: str) -> str | None:
    """Return the record that a customer has proved within a day."""
    found: str | None = connection.scalar(_REMEMBERED, {"customer": key})
    return found


# Built once: every turn that has a number asks.
_REMEMBERED = select(LookupProof.record).where(
    LookupProof.key == bindparam("customer"),
    LookupProof.at > DatabaseSeconds() - REMEMBERED,
)


def failures(connection: Connection, key: str, seconds: float) -> int:
    """Return how many failures stand under a key whose stretch is not over."""
    found: int | None = connection.scalar(
        select(LookupCount.failures).where(
            LookupCount.key == key, LookupCount.since > DatabaseSeconds() - seconds
        )
    )
    return found or 0


def forget(connection: Connection) -> int:
    """Remove the counts and proofs that mean nothing any more; return how many."""
    now = DatabaseSeconds()
    counts = delete(LookupCount).where(LookupCount.since < now - LONGEST)
    proofs = delete(LookupProof).where(LookupProof.at < now - REMEMBERED)
    return connection.execute(counts).rowcount + connection.execute(proofs).rowcount


def _held(
    connection: Connection, keys: Sequence[str], now: float
) -> Mapping[str, Count]:
    """Return the counts of these keys, held until the transaction ends."""
    new = [{"key": k, "failures": 0, "since": now, "rounds": 0} for k in sorted(keys)]
    connection.execute(
        insert(connection, LookupCount).values(new).on_conflict_do_nothing()
    )
    rows = connection.execute(
        select(*LookupCount.__table__.columns)
        .where(LookupCount.key.in_(keys))
        .order_by(LookupCount.key)
        .with_for_update()
    )
    return {
        row.key: Count(failures=row.failures, since=row.since, rounds=row.rounds)
        for row in rows
    }


def _now(count: Count, limit: Limit, now: float) -> Count:
    """Return a count as it is now: a new one if its stretch is over."""
    if now < count.since + limit.stretch(count):
        return count
    again = limit.is_full(count.failures)
    return Count(failures=0, since=now, rounds=count.rounds + 1 if again else 0)


def _one_more(count: Count) -> Count:
    return Count(failures=count.failures + 1, since=count.since, rounds=count.rounds)
