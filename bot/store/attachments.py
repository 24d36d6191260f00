"""Files of customers: which are owed, kept, failed, and which are to be removed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    Connection,
    Float,
    ForeignKey,
    Identity,
    Index,
    String,
    Text,
    UniqueConstraint,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.store import threads
from bot.store.arrivals import insert
from bot.store.models import Base, Id, Message
from bot.store.types import AnyRow, DatabaseSeconds, Name

#: What is a file of Meta's, and no link to somewhere.
FETCHED = frozenset({"audio", "file", "image", "sticker", "video"})
DAYS = 90  # that a file is kept
AT_ONCE = 4
MOST_TRIES = 5
LEASE = 300.0  # seconds; above the longest fetch
#: Seconds until another try, by how often it was tried.
PAUSES = (10.0, 60.0, 600.0, 3600.0)


class AttachmentState(StrEnum):
    """How far we are with a file."""

    OWED = "owed"
    KEPT = "kept"
    FAILED = "failed"
    GONE = "gone"  # too old, or unsent: the file is removed


class Attachment(Base):
    """A file that a customer sent; ``due`` is seconds by the database's clock."""

    __tablename__ = "attachment"
    __table_args__ = (
        UniqueConstraint("message_id", "position"),
        Index(
            "ix_attachment_owed",
            "due",
            sqlite_where=text("state = 'owed'"),
            postgresql_where=text("state = 'owed'"),
        ),
        Index(
            "ix_attachment_gone",
            "id",
            sqlite_where=text("state = 'gone' AND name IS NOT NULL"),
            postgresql_where=text("state = 'gone' AND name IS NOT NULL"),
        ),
        Index("ix_attachment_at", "at"),
    )

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(64))
    url: Mapped[str] = mapped_column(Text)
    state: Mapped[AttachmentState] = mapped_column(Name(AttachmentState))
    tries: Mapped[int] = mapped_column(default=0)
    due: Mapped[float] = mapped_column(Float)
    reason: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(String(64))
    content_type: Mapped[str | None] = mapped_column(String(80))
    size: Mapped[int | None]
    is_shown: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]


def owe(
    connection: Connection,
    message_id: int,
    position: int,
    *,
    kind: str,
    url: str,
    at: datetime,
) -> None:
    """Note that a file is to be fetched."""
    connection.execute(
        insert(connection, Attachment)
        .values(
            message_id=message_id,
            position=position,
            kind=kind,
            url=url,
            state=AttachmentState.OWED,
            tries=0,
            due=DatabaseSeconds(),
            is_shown=False,
            at=at,
        )
        .on_conflict_do_nothing()
    )


def is_due(connection: Connection) -> bool:
    """Return whether any file is owed now."""
    query = select(Attachment.id).where(_OWED, Attachment.due <= DatabaseSeconds())
    return connection.scalar(query.limit(1)) is not None


def take(connection: Connection) -> Sequence[AnyRow]:
    """Take files that are owed; whoever takes them has LEASE seconds."""
    due = select(Attachment.id).where(_OWED, Attachment.due <= DatabaseSeconds())
    first = due.order_by(Attachment.due).limit(AT_ONCE)
    return connection.execute(
        update(Attachment)
        .where(Attachment.id.in_(first), _OWED)
        .values(tries=Attachment.tries + 1, due=DatabaseSeconds() + LEASE)
        .returning(Attachment.id, Attachment.url, Attachment.kind, Attachment.tries)
    ).all()


def keep(
    connection: Connection,
    attachment_id: int,
    *,
    name: str,
    content_type: str,
    size: int,
    is_shown: bool,
) -> bool:
    """Note that a file is kept; return False if nobody wants it any more."""
    return _settle(
        connection,
        attachment_id,
        state=AttachmentState.KEPT,
        name=name,
        content_type=content_type,
        size=size,
        is_shown=is_shown,
        reason=None,
    )


def fail(
    connection: Connection, attachment_id: int, reason: str, tries: int, *, again: bool
) -> None:
    """Note why a file was not fetched; try again later, but not for ever."""
    if again and tries < MOST_TRIES:
        pause = PAUSES[min(tries, len(PAUSES)) - 1]
        _settle(connection, attachment_id, reason=reason, due=DatabaseSeconds() + pause)
    else:
        _settle(connection, attachment_id, reason=reason, state=AttachmentState.FAILED)


def try_again(connection: Connection, conversation_id: int, attachment_id: int) -> bool:
    """Owe a file once more whose tries are used up; return False if it is not one."""
    here = select(Message.id).where(Message.conversation_id == conversation_id)
    done = connection.execute(
        update(Attachment)
        .where(Attachment.id == attachment_id, Attachment.message_id.in_(here))
        .where(_MAY_TRY)
        .values(state=AttachmentState.OWED, tries=0, due=DatabaseSeconds(), reason=None)
    )
    if done.rowcount == 1:
        threads.stir(connection, conversation_id)
    return done.rowcount == 1


def of_messages(
    connection: Connection, messages: Sequence[int]
) -> Mapping[tuple[int, int], AnyRow]:
    """Return the files of messages, by message and place."""
    if not messages:
        return {}
    columns = (
        Attachment.id,
        Attachment.message_id,
        Attachment.position,
        Attachment.state,
        Attachment.reason,
        Attachment.content_type,
        Attachment.size,
        Attachment.is_shown,
        _MAY_TRY.label("may_try"),
    )
    query = select(*columns).where(Attachment.message_id.in_([*messages]))
    return {(row.message_id, row.position): row for row in connection.execute(query)}


def kept(connection: Connection, attachment_id: int) -> AnyRow | None:
    """Return a file that is kept, None if there is none of this number."""
    return connection.execute(
        select(Attachment.name, Attachment.content_type, Attachment.is_shown).where(
            Attachment.id == attachment_id, Attachment.state == AttachmentState.KEPT
        )
    ).first()


def let_go(connection: Connection, messages: Iterable[int]) -> None:
    """Let the files of messages be removed, or never be fetched."""
    connection.execute(
        update(Attachment)
        .where(Attachment.message_id.in_([*messages]))
        .values(state=AttachmentState.GONE, url="", reason=None)
    )


def let_old_go(connection: Connection, now: datetime, most: int) -> int:
    """Let files be removed that are too old; return how many."""
    old = (
        select(Attachment.id)
        .where(Attachment.at < now - timedelta(days=DAYS))
        .where(Attachment.state != AttachmentState.GONE)
        .limit(most)
    )
    done = connection.execute(
        update(Attachment)
        .where(Attachment.id.in_(old))
        .values(state=AttachmentState.GONE, url="", reason=None)
    )
    return done.rowcount


def to_remove(connection: Connection) -> Sequence[AnyRow]:
    """Return files that nobody wants and that lie there still."""
    return connection.execute(
        select(Attachment.id, Attachment.name)
        .where(Attachment.state == AttachmentState.GONE)
        .where(Attachment.name.is_not(None))
        .order_by(Attachment.id)
        .limit(1000)
    ).all()


def removed(connection: Connection, attachments: Iterable[int]) -> None:
    """Note that these files lie there no more."""
    connection.execute(
        update(Attachment).where(Attachment.id.in_([*attachments])).values(name=None)
    )


_OWED = Attachment.state == AttachmentState.OWED
# What failed before that is no use: another kind of file, too large, not Messenger's.
_MAY_TRY = (Attachment.state == AttachmentState.FAILED) & (
    Attachment.tries >= MOST_TRIES
)


def _settle(connection: Connection, attachment_id: int, **changes: object) -> bool:
    """Change a file that is owed still, and let whoever looks see it."""
    message_id = connection.scalar(
        update(Attachment)
        .where(Attachment.id == attachment_id, _OWED)
        .values(changes)
        .returning(Attachment.message_id)
    )
    if message_id is None:
        return False
    conversation = select(Message.conversation_id).where(Message.id == message_id)
    threads.stir(connection, connection.scalars(conversation).one())
    return True
