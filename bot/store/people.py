"""The tables of the people who work here: agents, editors, admins."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Float,
    ForeignKey,
    Identity,
    LargeBinary,
    String,
    Text,
    false,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.models import Base, Id
from bot.store.types import Json, Name


class Role(StrEnum):
    """What somebody may do: each role may do what the next one may."""

    ADMIN = "admin"
    EDITOR = "editor"
    AGENT = "agent"
    VIEWER = "viewer"


class Staff(Base):
    """Somebody who signs in."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    login: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[Role] = mapped_column(Name(Role))
    password_hash: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    language: Mapped[str | None] = mapped_column(String(16))
    #: Whether they are mailed when a customer waits and nobody comes.
    wants_mail: Mapped[bool] = mapped_column(default=True, server_default=true())
    #: The secret of the authenticator app, sealed; in use from ``totp_since`` on.
    totp_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_since: Mapped[datetime | None]
    #: The newest time step whose code was used: a code works once.
    totp_step: Mapped[int | None] = mapped_column(BigInteger)


class RecoveryCode(Base):
    """A code for whoever has lost their authenticator; it works once."""

    __tablename__ = "recovery_code"

    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    used: Mapped[float | None] = mapped_column(Float)


class AuditEntry(Base):
    """Who changed what: kept for as long as the database."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    action: Mapped[str] = mapped_column(String(64), index=True)
    about: Mapped[str | None] = mapped_column(Text)
    details: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    address: Mapped[str | None] = mapped_column(String(64))


class StaffSession(Base):
    """One browser that is signed in; times are seconds by the database's clock."""

    __tablename__ = "staff_session"

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    csrf_token: Mapped[str] = mapped_column(String(64))
    began: Mapped[float] = mapped_column(Float)
    seen: Mapped[float] = mapped_column(Float)
    ended: Mapped[float | None] = mapped_column(Float)
    device: Mapped[str | None] = mapped_column(Text)


class SignInLink(Base):
    """A link that signs somebody in once; only its hash is kept."""

    __tablename__ = "sign_in_link"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    expires: Mapped[float] = mapped_column(Float)
    used: Mapped[float | None] = mapped_column(Float)
    #: Whether its use signs them out everywhere else: somebody forgot a password.
    ends_sessions: Mapped[bool] = mapped_column(default=False, server_default=false())


class Invitation(Base):
    """A link with which somebody new joins once; only its hash is kept."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    login: Mapped[str] = mapped_column(String(254))
    role: Mapped[Role] = mapped_column(Name(Role))
    invited_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]
    expires: Mapped[float] = mapped_column(Float)
    #: When it was used, withdrawn or replaced, in seconds by the database's clock.
    ended: Mapped[float | None] = mapped_column(Float)


class SignInAttempt(Base):
    """A sign-in that failed, counted per account and per address."""

    __tablename__ = "sign_in_attempt"

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), index=True)
    at: Mapped[float] = mapped_column(Float)
