"""The wording of the flows: what was changed, when, by whom, and how it reads now.

Nothing is ever overwritten: the newest version of a response counts, and every one can
be brought back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.store import knowledge
from bot.store.arrivals import insert
from bot.store.people import Staff
from bot.store.teaching import WordingVersion
from bot.store.types import AnyRow


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a response says: its text, and what stands on its buttons.

    Of a version only what is not as it came with Frontdesk: an empty text, or a button
    without a title here, is as it came. The titles are by where the buttons lead.
    """

    text: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)


def of_version(row: AnyRow) -> Words:
    """Return what a version says otherwise than what came; one may have no titles."""
    return Words(text=row.text, titles=row.titles or {})


def save(
    connection: Connection,
    response: str,
    language: str,
    words: Words,
    *,
    now: datetime,
    staff_id: int | None = None,
    note: str | None = None,
) -> int:
    """Give a response of a flow other words; none at all restore our own."""
    number = newest(connection, response, language) + 1
    connection.execute(
        insert(connection, WordingVersion).values(
            response=response,
            language=language,
            number=number,
            text=words.text,
            titles={**words.titles},
            staff_id=staff_id,
            at=now,
            note=note,
        )
    )
    knowledge.changed(connection)
    return number


def edits(connection: Connection) -> dict[str, dict[str, Words]]:
    """Return by language which responses were given other words, and which."""
    last = (
        select(
            WordingVersion.response,
            WordingVersion.language,
            func.max(WordingVersion.number).label("number"),
        )
        .group_by(WordingVersion.response, WordingVersion.language)
        .subquery()
    )
    rows = connection.execute(
        select(
            WordingVersion.response,
            WordingVersion.language,
            WordingVersion.text,
            WordingVersion.titles,
        ).join(
            last,
            (last.c.response == WordingVersion.response)
            & (last.c.language == WordingVersion.language)
            & (last.c.number == WordingVersion.number),
        )
    )
    found: dict[str, dict[str, Words]] = {}
    for row in rows:
        if (words := of_version(row)) != Words():
            found.setdefault(row.language, {})[row.response] = words
    return found


def edits_in(connection: Connection, language: str) -> dict[str, Words]:
    """Return of one language what `edits` returns of all."""
    return edits(connection).get(language, {})


def history(connection: Connection, response: str, language: str) -> Sequence[AnyRow]:
    """Return every wording a response was given, the newest first.

    What `of_version` makes of one stands for no more than what was changed.
    """
    return connection.execute(
        select(
            WordingVersion.number,
            WordingVersion.text,
            WordingVersion.titles,
            WordingVersion.at,
            WordingVersion.note,
            Staff.name.label("author"),
        )
        .outerjoin(Staff, Staff.id == WordingVersion.staff_id)
        .where(WordingVersion.response == response)
        .where(WordingVersion.language == language)
        .order_by(WordingVersion.number.desc())
    ).all()


def newest(connection: Connection, response: str, language: str) -> int:
    """Return the number of the newest wording, 0 if it was never changed."""
    found = connection.scalar(
        select(func.max(WordingVersion.number))
        .where(WordingVersion.response == response)
        .where(WordingVersion.language == language)
    )
    return found or 0
