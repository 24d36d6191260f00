"""What a shop's own system told us: stored once, worked off in order, then emptied.

The body of a notice names people and where they live: it is kept until it has been
worked off, and no longer. Of what could not be worked off it is kept as long as the
bodies of Messenger's webhooks.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    Connection,
    Identity,
    Index,
    LargeBinary,
    String,
    Text,
    delete,
    func,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.arrivals import insert
from bot.store.models import Base, Id
from bot.store.types import AnyRow, Name

AT_ONCE = 100  # notices taken in one look
MOST_TRIES = 5
#: No sender tries for longer, and what comes again later changes nothing anyway.
KEPT = timedelta(days=30)


class NoticeState(StrEnum):
    """How far we are with a notice."""

    NEW = "new"
    DONE = "done"
    IGNORED = "ignored"  # nothing is to be done about it; the reason says why
    STUCK = "stuck"  # it failed again and again


class ShopNotice(Base):
    """One request of a shop's own system."""

    __tablename__ = "shop_notice"
    __table_args__ = (
        Index(
            "ix_shop_notice_new",
            "id",
            sqlite_where=text("state = 'new'"),
            postgresql_where=text("state = 'new'"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    sender: Mapped[str] = mapped_column(String(16))
    topic: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[NoticeState] = mapped_column(Name(NoticeState))
    tries: Mapped[int] = mapped_column(default=0)
    received_at: Mapped[datetime] = mapped_column(index=True)
    reason: Mapped[str | None] = mapped_column(Text)


def store(
    connection: Connection,
    *,
    key: str,
    sender: str,
    topic: str,
    body: bytes,
    at: datetime,
    ignored: str | None = None,
) -> bool:
    """Store a notice; return False if it was there already.

    Of one that is *ignored* only the reason is kept.
    """
    state = NoticeState.NEW if ignored is None else NoticeState.IGNORED
    row = {
        "key": key,
        "sender": sender,
        "topic": topic,
        "body": b"" if ignored else body,
        "state": state,
        "tries": 0,
        "received_at": at,
        "reason": ignored,
    }
    query = insert(connection, ShopNotice).values(row).on_conflict_do_nothing()
    return connection.scalar(query.returning(ShopNotice.id)) is not None


def owed(connection: Connection) -> Sequence[AnyRow]:
    """Return what has not been worked off, the oldest first."""
    return connection.execute(
        select(*ShopNotice.__table__.columns)
        .where(ShopNotice.state == NoticeState.NEW)
        .order_by(ShopNotice.id)
        .limit(AT_ONCE)
    ).all()


def settle(connection: Connection, notice_id: int, ignored: str | None = None) -> bool:
    """Mark a notice as worked off, or *ignored*; return False if it was already."""
    state = NoticeState.DONE if ignored is None else NoticeState.IGNORED
    done = connection.execute(
        update(ShopNotice)
        .where(ShopNotice.id == notice_id, ShopNotice.state == NoticeState.NEW)
        .values(state=state, body=b"", reason=ignored)
    )
    return done.rowcount == 1


def failed(connection: Connection, notice: AnyRow, reason: str) -> None:
    """Count a try that failed; after the last it stands there until a start."""
    tries = notice.tries + 1
    state = NoticeState.STUCK if tries >= MOST_TRIES else NoticeState.NEW
    connection.execute(
        update(ShopNotice)
        .where(ShopNotice.id == notice.id, ShopNotice.state == NoticeState.NEW)
        .values(tries=tries, state=state, reason=reason)
    )


def try_again(connection: Connection) -> None:
    """Let what is stuck be worked off anew: this may be a version that can."""
    connection.execute(
        update(ShopNotice)
        .where(ShopNotice.state == NoticeState.STUCK)
        .values(state=NoticeState.NEW, tries=0)
    )


def counts(connection: Connection) -> dict[NoticeState, int]:
    """Return how many there are in each state, of the days that are kept."""
    rows = connection.execute(
        select(ShopNotice.state, func.count()).group_by(ShopNotice.state)
    )
    return {state: count for state, count in rows}


def newest(connection: Connection, state: NoticeState) -> AnyRow | None:
    """Return the notice that came last of those in a state."""
    return connection.execute(
        select(ShopNotice.received_at, ShopNotice.topic, ShopNotice.reason)
        .where(ShopNotice.state == state)
        .order_by(ShopNotice.received_at.desc(), ShopNotice.id.desc())
        .limit(1)
    ).first()


def forget(connection: Connection, now: datetime, raw: timedelta) -> int:
    """Remove what is old, and the bodies of what is stuck; return how many rows."""
    stuck = connection.execute(
        delete(ShopNotice)
        .where(ShopNotice.state == NoticeState.STUCK)
        .where(ShopNotice.received_at < now - raw)
    )
    old = connection.execute(
        delete(ShopNotice)
        .where(ShopNotice.state != NoticeState.NEW)
        .where(ShopNotice.received_at < now - KEPT)
    )
    return stuck.rowcount + old.rowcount
