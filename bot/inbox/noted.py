"""A note as the thread shows it: its words, and who was told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.inbox import mentions
from bot.inbox.mentions import Piece
from bot.store import notes, staff
from bot.store.notes import Called


@dataclass(frozen=True, kw_only=True)
class Noted:
    """A note, in pieces, of which those that call somebody are marked."""

    id: int
    staff_id: int | None
    author: str | None
    at: datetime
    pieces: Sequence[Piece]
    told: Sequence[Called]
    #: What stands after an `@` and calls nobody.
    nobody: Sequence[str]


def of_thread(
    connection: Connection, conversation_id: int, since: datetime | None
) -> list[Noted]:
    """Return the notes of a conversation from *since* on, oldest first."""
    rows = notes.of_thread(connection, conversation_id, since)
    if not rows:
        return []
    people = staff.active(connection)
    told = notes.told(connection, [row.id for row in rows])
    return [
        Noted(
            id=row.id,
            staff_id=row.staff_id,
            author=row.author,
            at=row.at,
            pieces=mentions.pieces(row.text, people),
            told=[one for one in told if one.note_id == row.id],
            nobody=mentions.nobody(row.text, people),
        )
        for row in rows
    ]
