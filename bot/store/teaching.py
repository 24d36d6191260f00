"""The tables of what admins teach: FAQ entries, wording, trained models."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Float,
    ForeignKey,
    Identity,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.models import Base, Id
from bot.store.types import Json


class FaqEntry(Base):
    """A question with one written answer; its content is its newest version."""

    __tablename__ = "faq_entry"

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]


class FaqVersion(Base):
    """What an FAQ entry said from some moment on.

    ``answers`` is by language, and so is ``titles``: what ``question`` is called
    in other languages than the shop's own.
    """

    __tablename__ = "faq_version"
    __table_args__ = (UniqueConstraint("entry_id", "number"),)

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("faq_entry.id"))
    number: Mapped[int]
    question: Mapped[str] = mapped_column(Text)
    phrasings: Mapped[list[Any]] = mapped_column(Json)
    answers: Mapped[dict[str, Any]] = mapped_column(Json)
    titles: Mapped[dict[str, Any] | None] = mapped_column(Json)
    live: Mapped[bool] = mapped_column(default=True)
    extras: Mapped[dict[str, Any] | None] = mapped_column(Json)
    variants: Mapped[list[Any] | None] = mapped_column(Json)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    note: Mapped[str | None] = mapped_column(Text)


class WordingVersion(Base):
    """What a response of a flow said from some moment on, in one language.

    The newest number counts; an empty text stands for the built-in wording. ``titles``
    is by where a button leads: what stands on those that are called otherwise.
    """

    __tablename__ = "wording_version"
    __table_args__ = (UniqueConstraint("response", "language", "number"),)

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    response: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(16))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    titles: Mapped[dict[str, Any] | None] = mapped_column(Json)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    note: Mapped[str | None] = mapped_column(Text)


class TrainedModel(Base):
    """A trained model with its files, so that every process can have it."""

    __tablename__ = "model"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    archive: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    seconds: Mapped[float | None] = mapped_column(Float)


class Live(Base):
    """The one row that says which model and which content are live.

    ``content`` counts every change, ``trained`` says up to which of them the
    model knows. ``raised`` counts changes of the thresholds that are raised, which
    teach nothing.
    """

    __tablename__ = "model_live"

    id: Mapped[int] = mapped_column(primary_key=True)
    model: Mapped[str | None] = mapped_column(String(80))
    content: Mapped[int] = mapped_column(default=0)
    trained: Mapped[int] = mapped_column(default=0)
    raised: Mapped[int] = mapped_column(default=0, server_default="0")


class TaughtPhrasing(Base):
    """A phrasing that somebody taught for an intent of a flow, or as out of scope."""

    __tablename__ = "taught_phrasing"
    __table_args__ = (UniqueConstraint("intent", "language", "text"),)

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    intent: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(String(500))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    #: From which conversation; None where that is not known.
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id"))


class TurnMark(Base):
    """What a person says of a turn: right, wrong, out of scope, or seen to."""

    __tablename__ = "turn_mark"

    turn_id: Mapped[int] = mapped_column(ForeignKey("turn.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), index=True)
    intent: Mapped[str | None] = mapped_column(String(200))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]


class Pin(Base):
    """A phrase that must always be understood as this intent, or go to a person."""

    __tablename__ = "pin"
    __table_args__ = (UniqueConstraint("language", "text"),)

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    language: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(String(500))
    intent: Mapped[str | None] = mapped_column(String(200))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]


class PrecisionVersion(Base):
    """How sure the assistant must be from some moment on; the newest number counts."""

    __tablename__ = "precision_version"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    precision: Mapped[float] = mapped_column(Float)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
