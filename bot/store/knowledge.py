"""What admins teach, as it stands: the FAQ, which model is live.

An entry's content is its newest version; nothing is ever overwritten, so every
version can be brought back. `Live.content` goes up with each change, and all
processes look at it twice a second.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select, update

from bot.store import variants as variation
from bot.store.arrivals import insert
from bot.store.extras import Extras
from bot.store.teaching import (
    FaqEntry,
    FaqVersion,
    Live,
    TrainedModel,
)
from bot.store.variants import Variant

ONLY = 1  # the id of the one row of Live
CAME_WITH_US = "came with Frontdesk"


@dataclass(frozen=True, kw_only=True)
class Faq:
    """A question with its phrasings and its answer in each language."""

    name: str
    question: str
    phrasings: tuple[str, ...]
    answers: dict[str, str] = field(default_factory=dict)
    #: What it is called in other languages, where customers choose.
    titles: dict[str, str] = field(default_factory=dict)
    live: bool = True
    extras: Extras = Extras()
    #: What is answered instead where it fits; the first that does counts.
    variants: tuple[Variant, ...] = ()

    def answer(self, languages: Sequence[str], day: date) -> str:
        """Return what customers get on *day*, in the first language that has it."""
        if not (self.live and self.extras.holds_on(day)):
            return ""
        written = (self.answers.get(one, "") for one in languages)
        return next(filter(None, written), "")

    def title(self, language: str) -> str:
        """Return what the question is called in a language."""
        return self.titles.get(language) or self.question


@dataclass(frozen=True, kw_only=True)
class LiveNow:
    """Which model and which content are live, and what the model was trained on."""

    model: str | None
    content: int
    trained: int
    #: Counts the changes of raised thresholds.
    raised: int = 0


def seed(connection: Connection, entries: Iterable[Faq], now: datetime) -> bool:
    """Add the entries whose name was never seen; return whether there were any.

    What an admin deleted stays deleted and what they edited stays edited, also
    after an upgrade that ships another text.
    """
    seen = set(connection.scalars(select(FaqEntry.name)))
    new = {entry.name: entry for entry in entries if entry.name not in seen}
    if not new:
        return False
    rows = [{"name": name, "created_at": now, "version": 0} for name in new]
    connection.execute(insert(connection, FaqEntry).on_conflict_do_nothing(), rows)
    # Of processes that start together, one finds the versions that nobody has saved.
    unsaved = update(FaqEntry).where(FaqEntry.name.in_(new), FaqEntry.version == 0)
    ids = dict(
        connection.execute(
            unsaved.values(version=1).returning(FaqEntry.name, FaqEntry.id)
        ).all()
    )
    versions = [
        _version(ids[name], 1, entry, at=now, note=CAME_WITH_US)
        for name, entry in new.items()
        if name in ids
    ]
    if versions:
        connection.execute(insert(connection, FaqVersion), versions)
        changed(connection)
    return bool(versions)


def save(
    connection: Connection,
    entry: Faq,
    *,
    now: datetime,
    staff_id: int | None = None,
    note: str | None = None,
    version: int | None = None,
) -> int | None:
    """Make *entry* the newest version of its name; return the version's number.

    With *version*, the number it was edited from: None, and nothing is saved, if
    somebody else has saved in between.
    """
    entry_id = _entry(connection, entry.name, now)
    query = update(FaqEntry).where(FaqEntry.id == entry_id)
    if version is not None:
        query = query.where(FaqEntry.version == version)
    number: int | None = connection.scalar(
        query.values(version=FaqEntry.version + 1, deleted_at=None).returning(
            FaqEntry.version
        )
    )
    if number is None:
        return None
    row = _version(entry_id, number, entry, staff_id=staff_id, at=now, note=note)
    connection.execute(insert(connection, FaqVersion), row)
    changed(connection)
    return number


def _version(entry_id: int, number: int, entry: Faq, **how: Any) -> dict[str, Any]:
    return {
        "entry_id": entry_id,
        "number": number,
        "question": entry.question,
        "phrasings": list(entry.phrasings),
        "answers": entry.answers,
        "titles": entry.titles,
        "live": entry.live,
        "extras": entry.extras.to_json(),
        "variants": variation.to_json(entry.variants),
        **how,
    }


def _entry(connection: Connection, name: str, now: datetime) -> int:
    connection.execute(
        insert(connection, FaqEntry)
        .values(name=name, created_at=now, version=0)
        .on_conflict_do_nothing()
    )
    return connection.scalars(select(FaqEntry.id).where(FaqEntry.name == name)).one()


def delete(connection: Connection, name: str, now: datetime) -> bool:
    """Take an entry out of use; its versions stay."""
    done = connection.execute(
        update(FaqEntry)
        .where(FaqEntry.name == name, FaqEntry.deleted_at.is_(None))
        .values(deleted_at=now)
    )
    if done.rowcount:
        changed(connection)
    return done.rowcount == 1


def faq(connection: Connection) -> Sequence[Faq]:
    """Return all entries in use, live or still to be answered, by name."""
    rows = connection.execute(
        select(
            FaqEntry.name,
            FaqVersion.question,
            FaqVersion.phrasings,
            FaqVersion.answers,
            FaqVersion.titles,
            FaqVersion.live,
            FaqVersion.extras,
            FaqVersion.variants,
        )
        .join(
            FaqVersion,
            (FaqVersion.entry_id == FaqEntry.id)
            & (FaqVersion.number == FaqEntry.version),
        )
        .where(FaqEntry.deleted_at.is_(None))
        .order_by(FaqEntry.name)
    )
    return [
        Faq(
            name=row.name,
            question=row.question,
            phrasings=tuple(row.phrasings),
            answers=row.answers,
            titles=row.titles or {},
            live=row.live,
            extras=Extras.from_json(row.extras),
            variants=variation.from_json(row.variants),
        )
        for row in rows
    ]


def pictures(connection: Connection) -> set[str]:
    """Return the pictures of all versions, by name or address: any may come back."""
    image = FaqVersion.extras["image"].as_string()
    found = connection.scalars(select(image).where(image != "").distinct())
    return {*found}


def live(connection: Connection) -> LiveNow:
    """Return what is live."""
    row = connection.execute(select(*Live.__table__.columns)).first()
    if row is None:
        return LiveNow(model=None, content=0, trained=0)
    return LiveNow(
        model=row.model, content=row.content, trained=row.trained, raised=row.raised
    )


def hold(connection: Connection) -> None:
    """Let nobody else change what is taught until the transaction ends."""
    connection.execute(select(Live.id).with_for_update())


def changed(connection: Connection) -> None:
    """Let all processes take the content anew."""
    connection.execute(
        insert(connection, Live)
        .values(id=ONLY, content=1, trained=0)
        .on_conflict_do_update(
            index_elements=["id"], set_={"content": Live.content + 1}
        )
    )


def raised(connection: Connection) -> None:
    """Let all processes take the raised thresholds anew; nothing is to be learned."""
    connection.execute(update(Live).values(raised=Live.raised + 1))


def keep_model(
    connection: Connection, name: str, archive: bytes, now: datetime
) -> None:
    """Keep the files of a model where every process can have them."""
    # Not as values of the statement, the first of which SQLAlchemy remembers with it.
    statement = insert(connection, TrainedModel).on_conflict_do_nothing()
    row = {"name": name, "archive": archive, "created_at": now}
    connection.execute(statement, row)
    # Nothing is kept this time: SQLite's driver remembers what a statement was last
    # given, and a writer would hold seven megabytes as long as it lives.
    connection.execute(statement, {**row, "archive": b""})


def model_archive(connection: Connection, name: str) -> bytes | None:
    """Return the files of a model."""
    return connection.scalar(
        select(TrainedModel.archive).where(TrainedModel.name == name)
    )


def is_kept(connection: Connection, name: str) -> bool:
    """Return whether a model was ever made live."""
    found = select(TrainedModel.name).where(TrainedModel.name == name)
    return connection.scalar(found) is not None


def go_live(connection: Connection, model: str, content: int) -> bool:
    """Make a model live that was trained on this content.

    Return False if one that was trained on newer content is live already.
    """
    done = connection.execute(
        update(Live).where(Live.trained <= content).values(model=model, trained=content)
    )
    return done.rowcount == 1
