"""What somebody has begun to write in a conversation: it follows them to any screen."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, not_, select, update

from bot.store.arrivals import insert
from bot.store.models import Author, Message
from bot.store.teamwork import Draft


@dataclass(frozen=True, kw_only=True)
class Overtaken:
    """When a draft was last changed, and how many messages are newer than that."""

    at: datetime
    newer: int


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A draft; *version* counts its changes, and is 0 where there is none."""

    text: str = ""
    choices: str = ""
    version: int = 0


def of(connection: Connection, conversation_id: int, staff_id: int) -> Begun:
    """Return what somebody has begun to write in a conversation."""
    return with_newer(connection, conversation_id, staff_id)[0]


def with_newer(
    connection: Connection, conversation_id: int, staff_id: int
) -> tuple[Begun, Overtaken | None]:
    """Return the same, and what came after it, None if nothing of others did.

    It was written to another question: the assistant's answers count as well.
    """
    whose = {"conversation": conversation_id, "me": staff_id}
    row = connection.execute(_BEGUN, whose).first()
    if row is None:
        return Begun(), None
    begun = Begun(text=row.text, choices=row.choices, version=row.version)
    newer = Overtaken(at=row.changed_at, newer=row.newer) if row.newer else None
    return begun, newer


_OWN = (Message.author == Author.AGENT) & (Message.staff_id == bindparam("me"))
_NEWER = (
    select(func.count())
    .select_from(Message)
    .where(Message.conversation_id == Draft.conversation_id)
    .where(Message.at > Draft.changed_at, not_(func.coalesce(_OWN, False)))
    .correlate(Draft)
    .scalar_subquery()
)
# Built once: to build it costs more than to run it.
_BEGUN = select(
    Draft.text,
    Draft.choices,
    Draft.version,
    Draft.changed_at,
    _NEWER.label("newer"),
).where(
    Draft.conversation_id == bindparam("conversation"),
    Draft.staff_id == bindparam("me"),
)


def keep(
    connection: Connection,
    conversation_id: int,
    staff_id: int,
    begun: Begun,
    now: datetime,
) -> int | None:
    """Keep a draft and return its new version.

    None, and nothing is kept, if it was written from *begun.version* and is another
    one by now: the same person has written on another screen.
    """
    new = {"text": begun.text, "choices": begun.choices, "changed_at": now}
    changed: int | None = connection.scalar(
        update(Draft)
        .where(Draft.conversation_id == conversation_id, Draft.staff_id == staff_id)
        .where(Draft.version == begun.version)
        .values(version=Draft.version + 1, **new)
        .returning(Draft.version)
    )
    if changed is not None:
        return changed
    return connection.scalar(
        insert(connection, Draft)
        .values(
            conversation_id=conversation_id,
            staff_id=staff_id,
            version=begun.version + 1,
            **new,
        )
        .on_conflict_do_nothing()
        .returning(Draft.version)
    )


def drop(connection: Connection, conversation_id: int, staff_id: int) -> None:
    """Forget what somebody had begun to write: they sent it, or emptied the field."""
    connection.execute(
        delete(Draft).where(
            Draft.conversation_id == conversation_id, Draft.staff_id == staff_id
        )
    )
