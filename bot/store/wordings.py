"""The wording of the flows as its editors see it: what was changed, when, by whom."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from bot.store.people import Staff
from bot.store.teaching import WordingVersion
from bot.store.types import AnyRow


def history(connection: Connection, response: str, language: str) -> Sequence[AnyRow]:
    """Return every wording a response was given, the newest first.

    An empty text stands for the built-in wording.
    """
    return connection.execute(
        select(
            WordingVersion.number,
            WordingVersion.text,
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
