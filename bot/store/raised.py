"""Intents that are answered only from a higher confidence on: why, and since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Connection,
    Float,
    ForeignKey,
    Identity,
    Index,
    String,
    and_,
    func,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.realised import Finding, Key, Raised
from bot.store import knowledge
from bot.store.arrivals import insert
from bot.store.models import Author, Base, Id, IncomingEvent, Message, Turn
from bot.store.people import Staff
from bot.store.teaching import FaqEntry, FaqVersion, TaughtPhrasing
from bot.store.types import AnyRow, Name

MOST_ENDED = 20
MOST_TURNS = 200


class End(StrEnum):
    """Why a threshold is raised no longer."""

    EVIDENCE = "evidence"  # too few are wrong by now
    RENEWED = "renewed"  # the question was published anew, or the goal taught
    TAKEN_BACK = "taken_back"  # by an admin


class RaisedThreshold(Base):
    """From which confidence on an intent is answered in a language, and since when.

    ``precision`` is what it was held to, ``wrong`` how many of ``answers`` were wrong;
    ``signals`` says what spoke against them, ``turns`` where, in pairs of turn and
    signal. Once ``kept_at`` is set, it stays whatever customers say, until it is taught
    anew or taken back.
    """

    __tablename__ = "raised_threshold"
    __table_args__ = (
        Index(
            "ix_raised_threshold_standing",
            "intent",
            "language",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, Identity(), primary_key=True)
    intent: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(16))
    threshold: Mapped[float] = mapped_column(Float)
    precision: Mapped[float] = mapped_column(Float)
    answers: Mapped[int]
    wrong: Mapped[float] = mapped_column(Float)
    signals: Mapped[dict[str, Any]] = mapped_column(default=dict)
    turns: Mapped[list[Any]] = mapped_column(default=list)
    at: Mapped[datetime]
    kept_at: Mapped[datetime | None]
    kept_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    why: Mapped[End | None] = mapped_column(Name(End))


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A threshold that is raised."""

    id: int
    key: Key
    raised: Raised
    is_kept: bool


def renewals() -> Any:
    """Return when each intent was last published or taught, as a subquery."""
    published = select(
        ("faq/" + FaqEntry.name).label("intent"), FaqVersion.at.label("at")
    ).join(
        FaqVersion,
        and_(FaqVersion.entry_id == FaqEntry.id, FaqVersion.number == FaqEntry.version),
    )
    taught = select(TaughtPhrasing.intent, TaughtPhrasing.at)
    both = published.union_all(taught).subquery()
    return (
        select(both.c.intent, func.max(both.c.at, type_=FaqVersion.at.type).label("at"))
        .group_by(both.c.intent)
        .subquery()
    )


def taken_back() -> Any:
    """Return when each was last taken back, as a subquery by intent and language."""
    return (
        select(
            RaisedThreshold.intent,
            RaisedThreshold.language,
            func.max(RaisedThreshold.ended_at).label("at"),
        )
        .where(RaisedThreshold.why == End.TAKEN_BACK)
        .group_by(RaisedThreshold.intent, RaisedThreshold.language)
        .subquery()
    )


def standing(connection: Connection) -> Sequence[Standing]:
    """Return what is raised and holds: nothing that was published anew since."""
    return [_standing(row) for row in connection.execute(_open(is_renewed=False))]


def overtaken(connection: Connection) -> Sequence[Standing]:
    """Return what is raised and does not hold any more: published anew since."""
    return [_standing(row) for row in connection.execute(_open(is_renewed=True))]


def _open(*, is_renewed: bool) -> Any:
    renewed = renewals()
    newer = func.coalesce(renewed.c.at > RaisedThreshold.at, False)
    return (
        select(*RaisedThreshold.__table__.columns)
        .outerjoin(renewed, renewed.c.intent == RaisedThreshold.intent)
        .where(RaisedThreshold.ended_at.is_(None), newer == is_renewed)
        .order_by(RaisedThreshold.id)
    )


def _standing(row: AnyRow) -> Standing:
    return Standing(
        id=row.id,
        key=(row.intent, row.language),
        raised=Raised(threshold=row.threshold, since=row.at),
        is_kept=row.kept_at is not None,
    )


def add(
    connection: Connection,
    key: Key,
    finding: Finding,
    *,
    precision: float,
    now: datetime,
) -> bool:
    """Raise a threshold, unless it is raised already."""
    intent, language = key
    added = connection.scalar(
        insert(connection, RaisedThreshold)
        .values(
            intent=intent,
            language=language,
            at=now,
            precision=precision,
            **_told(finding),
        )
        .on_conflict_do_nothing()
        .returning(RaisedThreshold.id)
    )
    if added is not None:
        knowledge.raised(connection)
    return added is not None


def raise_further(connection: Connection, number: int, finding: Finding) -> None:
    """Raise a threshold more, for more has come to speak against it."""
    connection.execute(
        update(RaisedThreshold)
        .where(RaisedThreshold.id == number, RaisedThreshold.ended_at.is_(None))
        .values(**_told(finding))
    )
    knowledge.raised(connection)


def _told(finding: Finding) -> dict[str, Any]:
    return {
        "threshold": finding.threshold,
        "answers": finding.answers,
        "wrong": finding.wrong,
        "signals": {one.value: count for one, count in finding.signals.items()},
        "turns": [[turn, why.value] for turn, why in finding.turns[:MOST_TURNS]],
    }


def end(
    connection: Connection,
    number: int,
    why: End,
    *,
    now: datetime,
    staff_id: int | None = None,
) -> str | None:
    """Let an intent be answered as before; return it, None if it was already."""
    intent: str | None = connection.scalar(
        update(RaisedThreshold)
        .where(RaisedThreshold.id == number, RaisedThreshold.ended_at.is_(None))
        .values(ended_at=now, ended_by=staff_id, why=why)
        .returning(RaisedThreshold.intent)
    )
    if intent is not None:
        knowledge.raised(connection)
    return intent


def keep(
    connection: Connection, number: int, *, now: datetime, staff_id: int
) -> str | None:
    """Let it stay raised whatever customers say; return the intent if there is one."""
    intent: str | None = connection.scalar(
        update(RaisedThreshold)
        .where(RaisedThreshold.id == number, RaisedThreshold.ended_at.is_(None))
        .where(RaisedThreshold.kept_at.is_(None))
        .values(kept_at=now, kept_by=staff_id)
        .returning(RaisedThreshold.intent)
    )
    return intent


def listed(connection: Connection) -> Sequence[AnyRow]:
    """Return what is raised, the newest first, and then what was of late."""
    keeper, ender = Staff.__table__.alias("keeper"), Staff.__table__.alias("ender")
    return connection.execute(
        select(
            *RaisedThreshold.__table__.columns,
            keeper.c.name.label("keeper"),
            ender.c.name.label("ender"),
        )
        .outerjoin(keeper, keeper.c.id == RaisedThreshold.kept_by)
        .outerjoin(ender, ender.c.id == RaisedThreshold.ended_by)
        .order_by(RaisedThreshold.ended_at.is_not(None), RaisedThreshold.id.desc())
        .limit(MOST_ENDED)
    ).all()


def one(connection: Connection, number: int) -> AnyRow | None:
    """Return one of them, raised still or not."""
    query = select(*RaisedThreshold.__table__.columns)
    return connection.execute(query.where(RaisedThreshold.id == number)).first()


def messages(connection: Connection, turns: Sequence[int]) -> dict[int, AnyRow]:
    """Return what customers said in some turns, by turn; what was forgotten is not."""
    rows = connection.execute(
        select(
            Turn.id.label("turn_id"),
            Turn.confidence,
            Message.id,
            Message.conversation_id,
            Message.text,
            Message.at,
        )
        .join(IncomingEvent, IncomingEvent.id == Turn.event_id)
        .join(
            Message,
            and_(
                Message.conversation_id == IncomingEvent.conversation_id,
                Message.at == IncomingEvent.at,
            ),
        )
        .where(Turn.id.in_(turns), Message.author == Author.CUSTOMER)
        .where(Message.text.is_not(None))
        .order_by(Message.id.desc())
    )
    return {row.turn_id: row for row in rows}
