"""The FAQ as its editors see it: every entry and every version of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select, update

from bot.store import knowledge
from bot.store import variants as variation
from bot.store.extras import Extras
from bot.store.knowledge import Faq
from bot.store.people import Staff
from bot.store.teaching import FaqEntry, FaqVersion
from bot.store.variants import Variant


@dataclass(frozen=True, kw_only=True)
class Version:
    """What an entry said from some moment on, and who made it say so."""

    name: str
    number: int
    question: str
    phrasings: list[str]
    answers: dict[str, str]
    titles: dict[str, str]
    live: bool
    extras: Extras
    variants: tuple[Variant, ...]
    at: datetime
    author: str | None
    note: str | None
    deleted_at: datetime | None

    def entry(self) -> Faq:
        """Return the entry as this version has it."""
        return Faq(
            name=self.name,
            question=self.question,
            phrasings=tuple(self.phrasings),
            answers=self.answers,
            titles=self.titles,
            live=self.live,
            extras=self.extras,
            variants=self.variants,
        )

    def title(self, language: str) -> str:
        """Return what the question is called in a language."""
        return self.titles.get(language) or self.question


def entries(connection: Connection) -> list[Version]:
    """Return the newest version of every entry, deleted ones too, by question."""
    query = _versions().where(FaqVersion.number == FaqEntry.version)
    return _read(connection, query.order_by(FaqVersion.question, FaqEntry.name))


def drafts_noted(connection: Connection, note: str) -> list[Version]:
    """Return the drafts in use whose newest version has a note, the oldest first."""
    query = _versions().where(_is_draft_noted(note))
    return _read(connection, query.order_by(FaqVersion.at, FaqEntry.name))


def count_drafts_noted(connection: Connection, note: str) -> int:
    """Return how many these are, without reading them."""
    query = (
        select(func.count())
        .select_from(FaqEntry)
        .join(FaqVersion, FaqVersion.entry_id == FaqEntry.id)
    )
    return connection.scalar(query.where(_is_draft_noted(note))) or 0


def _is_draft_noted(note: str) -> ColumnElement[bool]:
    return and_(
        FaqVersion.number == FaqEntry.version,
        FaqVersion.note == note,
        FaqVersion.live.is_(False),
        FaqEntry.deleted_at.is_(None),
    )


def publish_seeds(connection: Connection, now: datetime) -> None:
    """Publish what came with us as a draft and nobody has touched."""
    for one in drafts_noted(connection, knowledge.CAME_WITH_US):
        live = replace(one.entry(), live=True)
        came = knowledge.CAME_WITH_US
        knowledge.save(connection, live, now=now, note=came, version=one.number)


def entry(connection: Connection, name: str) -> Version | None:
    """Return the newest version of an entry."""
    query = _versions().where(FaqVersion.number == FaqEntry.version)
    return next(iter(_read(connection, query.where(FaqEntry.name == name))), None)


def versions(connection: Connection, name: str) -> list[Version]:
    """Return all versions of an entry, the newest first."""
    query = _versions().where(FaqEntry.name == name)
    return _read(connection, query.order_by(FaqVersion.number.desc()))


def is_deleted(connection: Connection, name: str) -> bool:
    """Return whether an entry is deleted, and let nobody change that meanwhile."""
    found = select(FaqEntry.deleted_at).where(FaqEntry.name == name).with_for_update()
    return connection.scalar(found) is not None


def bring_back(connection: Connection, name: str) -> bool:
    """Put a deleted entry into use again, as it was."""
    done = connection.execute(
        update(FaqEntry)
        .where(FaqEntry.name == name, FaqEntry.deleted_at.is_not(None))
        .values(deleted_at=None)
    )
    if done.rowcount:
        knowledge.changed(connection)
    return done.rowcount == 1


def names(connection: Connection) -> Sequence[str]:
    """Return every name that was ever given."""
    return connection.scalars(select(FaqEntry.name)).all()


def _versions() -> Any:
    return (
        select(
            FaqEntry.name,
            FaqEntry.deleted_at,
            FaqVersion.number,
            FaqVersion.question,
            FaqVersion.phrasings,
            FaqVersion.answers,
            FaqVersion.titles,
            FaqVersion.live,
            FaqVersion.extras,
            FaqVersion.variants,
            FaqVersion.at,
            FaqVersion.note,
            Staff.name.label("author"),
        )
        .join(FaqVersion, FaqVersion.entry_id == FaqEntry.id)
        .outerjoin(Staff, Staff.id == FaqVersion.staff_id)
    )


def _read(connection: Connection, query: Any) -> list[Version]:
    return [
        Version(
            **{
                **row._mapping,
                "titles": row.titles or {},
                "extras": Extras.from_json(row.extras),
                "variants": variation.from_json(row.variants),
            }
        )
        for row in connection.execute(query)
    ]
