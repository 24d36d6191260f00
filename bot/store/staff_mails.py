"""Mails that are owed to people who work here: planned with what caused them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    Connection,
    ForeignKey,
    Identity,
    Index,
    String,
    delete,
    exists,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.arrivals import insert
from bot.store.models import Base, Conversation, Customer, Id, Page, Status
from bot.store.people import Role, Staff
from bot.store.staff import RANKS, may
from bot.store.types import Name

#: After how long a mail that its server did not take is tried again; then no more.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
)
_AGENTS = [role for role in RANKS if may(role, Role.AGENT)]


class MailState(StrEnum):
    """How far we are with a mail."""

    DUE = "due"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class StaffMail(Base):
    """A mail that tells somebody of a customer for whom nobody comes.

    ``due_at`` goes up as it is taken: one whose sender dies is tried again then.
    """

    __tablename__ = "staff_mail"
    __table_args__ = (
        Index(
            "ix_staff_mail_due_at",
            "due_at",
            sqlite_where=text("state = 'due'"),
            postgresql_where=text("state = 'due'"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    epoch: Mapped[int]
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    state: Mapped[MailState] = mapped_column(Name(MailState), default=MailState.DUE)


@dataclass(frozen=True, kw_only=True)
class Owed:
    """A mail that is due, and what there is to tell."""

    id: int
    tries: int
    login: str
    language: str | None
    conversation_id: int
    page_id: str
    page: str | None
    waiting_since: datetime | None
    #: Whether the customer waits still, and whoever gets it wants it.
    is_wanted: bool


def receivers(connection: Connection) -> Sequence[int]:
    """Return who may take hand-offs, wants mails and can get them."""
    return connection.scalars(
        select(Staff.id)
        .where(Staff.disabled_at.is_(None), Staff.wants_mail)
        .where(Staff.role.in_(_AGENTS), Staff.login.like("_%@_%"))
        .order_by(Staff.id)
    ).all()


def is_address(login: str) -> bool:
    """Return whether a login is an e-mail address, to which mails can go."""
    return "@" in login[1:-1]


def plan(connection: Connection, conversation_id: int, now: datetime) -> None:
    """Owe everybody who wants it a mail of this wait: once a person and wait."""
    whose = Conversation.id == conversation_id
    epoch = connection.scalars(select(Conversation.epoch).where(whose)).one()
    rows = [
        {
            "key": f"{conversation_id}:{epoch}:{one}",
            "staff_id": one,
            "conversation_id": conversation_id,
            "epoch": epoch,
            "due_at": now,
            "tries": 0,
            "state": MailState.DUE,
        }
        for one in receivers(connection)
    ]
    if rows:
        connection.execute(insert(connection, StaffMail).on_conflict_do_nothing(), rows)


def is_any_due(connection: Connection, now: datetime) -> bool:
    """Return whether a mail is to be sent."""
    due = exists().where(StaffMail.state == MailState.DUE, StaffMail.due_at <= now)
    return bool(connection.scalar(select(due)))


def take(connection: Connection, now: datetime) -> Owed | None:
    """Take the mail that is due longest; None if there is none."""
    found = connection.execute(
        select(
            StaffMail.id,
            StaffMail.tries,
            StaffMail.due_at,
            StaffMail.conversation_id,
            Staff.login,
            Staff.language,
            Customer.page_id,
            Page.name.label("page"),
            Conversation.waiting_since,
            (
                (Conversation.status == Status.WAITING)
                & (Conversation.epoch == StaffMail.epoch)
                & Staff.disabled_at.is_(None)
                & Staff.wants_mail
            ).label("is_wanted"),
        )
        .join(Staff, Staff.id == StaffMail.staff_id)
        .join(Conversation, Conversation.id == StaffMail.conversation_id)
        .join(Customer, Customer.id == Conversation.customer_id)
        .join(Page, Page.page_id == Customer.page_id)
        .where(StaffMail.state == MailState.DUE, StaffMail.due_at <= now)
        .order_by(StaffMail.due_at, StaffMail.id)
        .limit(1)
    ).first()
    if found is None:
        return None
    pause = PAUSES[min(found.tries, len(PAUSES) - 1)]
    taken = connection.execute(
        update(StaffMail)
        .where(StaffMail.id == found.id, StaffMail.state == MailState.DUE)
        .where(StaffMail.due_at == found.due_at)
        .values(due_at=now + pause, tries=found.tries + 1)
    )
    columns = {
        name: value for name, value in found._mapping.items() if name != "due_at"
    }
    return Owed(**columns) if taken.rowcount == 1 else None


def settle(connection: Connection, mail_id: int, state: MailState) -> None:
    """Say what became of a mail."""
    connection.execute(
        update(StaffMail).where(StaffMail.id == mail_id).values(state=state)
    )


def forget(connection: Connection, oldest: datetime) -> int:
    """Forget mails that were settled long ago; return how many."""
    over = StaffMail.state != MailState.DUE
    old = delete(StaffMail).where(over, StaffMail.due_at < oldest)
    return connection.execute(old).rowcount
