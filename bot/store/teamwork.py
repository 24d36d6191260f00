"""The tables of agents who work together: labels, notes, drafts, who is here."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Float,
    ForeignKey,
    Identity,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.models import Base, Id
from bot.store.types import Name


class Label(Base):
    """A word that conversations are sorted by; ``hue`` is one of the palette's."""

    __tablename__ = "label"

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    hue: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]


class ConversationLabel(Base):
    """A label on a conversation."""

    __tablename__ = "conversation_label"

    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id"), primary_key=True
    )
    label_id: Mapped[int] = mapped_column(
        ForeignKey("label.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class ActKind(StrEnum):
    """What somebody did with a conversation, other than write in it."""

    CLAIMED = "claimed"
    TAKEN_OVER = "taken_over"
    GIVEN_BACK = "given_back"
    RESOLVED = "resolved"
    REOPENED = "reopened"  # the resolve was a slip
    SNOOZED = "snoozed"
    WOKEN = "woken"
    RETURNED = "returned"  # a snooze ended by itself
    PRIORITY = "priority"
    ASSIGNED = "assigned"
    QUEUED = "queued"
    WAITS_LONG = "waits_long"  # nobody came: the priority went up by itself
    ESCALATED = "escalated"  # still nobody: admins are called
    RESUMED = "resumed"  # the person fell silent
    RATED = "rated"  # by the customer
    LOOKED_UP = "looked_up"  # an order


class ConversationAct(Base):
    """A line of the thread that says who did what.

    ``to_id`` is whom it went to, or who had it before it was taken over. ``details``
    holds ``until`` of a snooze, ``priority``, ``score`` and ``reason`` of a mark,
    ``order`` and what ``came`` of a look-up, and of a resolve whether the ``assistant``
    answered and goes on.
    """

    __tablename__ = "conversation_act"
    __table_args__ = (
        Index("ix_conversation_act_thread", "conversation_id", "at", "id"),
    )

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[ActKind] = mapped_column(Name(ActKind))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]


class Note(Base):
    """What an agent wrote for colleagues; the customer never sees it."""

    __tablename__ = "note"
    __table_args__ = (Index("ix_note_thread", "conversation_id", "at", "id"),)

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class Mention(Base):
    """Somebody whom a note calls, until they have seen it."""

    __tablename__ = "mention"

    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(
        ForeignKey("staff.id"), primary_key=True, index=True
    )
    seen_at: Mapped[datetime | None]


class CannedReply(Base):
    """A reply kept for use again, by its short code; of one agent, or of all.

    ``language`` is empty where it goes with every language.
    """

    __tablename__ = "canned_reply"
    __table_args__ = (UniqueConstraint("short_code", "language"),)

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    short_code: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(16), default="", server_default="")
    text: Mapped[str] = mapped_column(Text)
    #: The name of a kept picture, which goes before the text; empty if there is none.
    picture: Mapped[str] = mapped_column(String(80), default="", server_default="")
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    changed_at: Mapped[datetime]


class Trashed(Base):
    """A deleted canned reply, label or pin, and all that it takes to have it back.

    ``kept`` holds a reply's text and language, a label's hue and the conversations it
    was on, or a pin's phrase, its language and what it must mean.
    """

    __tablename__ = "trashed"

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(60))
    kept: Mapped[dict[str, Any]]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]


class Draft(Base):
    """What somebody has begun to write in a conversation; quick replies one a line."""

    __tablename__ = "draft"

    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id"), primary_key=True
    )
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    choices: Mapped[str] = mapped_column(Text, default="", server_default="")
    version: Mapped[int] = mapped_column(default=0, server_default="0")
    changed_at: Mapped[datetime]


class Read(Base):
    """Up to which moment somebody has read a conversation."""

    __tablename__ = "read_mark"

    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id"), primary_key=True
    )
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    messages: Mapped[int]


class Presence(Base):
    """Whether somebody is here; seconds by the database's clock."""

    __tablename__ = "presence"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    seen: Mapped[float] = mapped_column(Float)
    acted: Mapped[float] = mapped_column(Float)
    is_away: Mapped[bool] = mapped_column(default=False)


class Viewing(Base):
    """Who has a conversation open, and when they last typed in it.

    ``answering`` is when they last typed what the customer will read.
    """

    __tablename__ = "viewing"

    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id"), primary_key=True
    )
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    seen: Mapped[float] = mapped_column(Float)
    typed: Mapped[float | None] = mapped_column(Float)
    answering: Mapped[float | None] = mapped_column(Float)
