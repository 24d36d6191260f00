"""Search over what was said, who said it and the numbers in it, newest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    Connection,
    Integer,
    Text,
    bindparam,
    column,
    func,
    select,
    table,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from bot.store import indexing
from bot.store.among import among
from bot.store.folding import FIRST_UNSPACED, folded
from bot.store.models import Author, Conversation, Message
from bot.store.types import Payload

LONGEST = 200  # letters of what is searched for
MOST_WORDS = 8
#: Messages that are looked at, newest first: a word that all say stays cheap.
MOST_MESSAGES = 20_000
RECENT = 5000  # messages that are read before the index is asked
DEEPEST = 2000  # messages of one thread that are counted
QUOTES = "\"'“”„«»‘’*"


@dataclass(frozen=True, kw_only=True)
class Hit:
    """The newest message of a conversation that was found.

    ``deep`` is how many messages a thread must show to reach it.
    """

    conversation_id: int
    message_id: int
    deep: int
    author: Author
    text: str | None
    parts: Payload
    at: datetime


def needles(asked: str) -> list[str]:
    """Return what a message must hold to be found, in any order.

    Words as they are typed, so the beginning of one will do; in quotes, several in
    a row. One or two letters must begin a word, unless the script has no spaces.
    """
    found = [_needle(word) for word in _words(asked[:LONGEST])]
    return [*dict.fromkeys(one for one in found if one)][:MOST_WORDS]


def hits(
    connection: Connection, wanted: Sequence[str], most: int, narrow: Sequence[Any] = ()
) -> tuple[list[Hit], bool]:
    """Return the conversations that hold *wanted*, and whether there may be more.

    *narrow* are conditions on `Conversation`, as of a filter. A word that one message
    in a hundred holds is found among the newest, which are read; the index would
    name thousands. Any other is found by the index.
    """
    recent = select(func.max(Message.id) - RECENT).scalar_subquery()
    newest = [_INDEX.c.rowid > recent, *_read(wanted)]
    found, is_cut = _newest(connection, most, newest, narrow)
    if len(found) < most:
        found, is_cut = _newest(connection, most, _held(connection, wanted), narrow)
    return _messages(connection, found), is_cut


def _newest(
    connection: Connection, most: int, held: Sequence[Any], narrow: Sequence[Any]
) -> tuple[list[int], bool]:
    """Return of each conversation the newest message, and whether there may be more."""
    said = select(_INDEX.c.conversation_id, _INDEX.c.rowid)
    if narrow:
        said = said.join(Conversation, Conversation.id == _INDEX.c.conversation_id)
    ordered = said.where(*held, *narrow).order_by(_INDEX.c.rowid.desc())
    some = ordered.limit(MOST_MESSAGES).subquery()
    newest = func.max(some.c.rowid).label("newest")
    rows = connection.execute(
        select(newest, func.sum(func.count()).over().label("looked_at"))
        .group_by(some.c.conversation_id)
        .order_by(newest.desc())
        .limit(most)
    ).all()
    is_cut = len(rows) == most or any(row.looked_at >= MOST_MESSAGES for row in rows)
    return [row.newest for row in rows], is_cut


def _messages(connection: Connection, ids: Iterable[int]) -> list[Hit]:
    rows = connection.execute(_MESSAGES, {"ids": list(ids)})
    return [Hit(**row._mapping) for row in rows]


def _deep() -> Any:
    after = Message.__table__.alias("after")
    same = after.c.conversation_id == Message.conversation_id
    later = select(after.c.id).where(same, after.c.at >= Message.at)
    few = later.correlate(Message).limit(DEEPEST).subquery()
    return select(func.count()).select_from(few).scalar_subquery()


def _words(asked: str) -> list[str]:
    """Return the words of what was typed; what stands in double quotes is one."""
    for quote in "“”„«»":
        asked = asked.replace(quote, '"')
    pieces = asked.split('"')
    if len(pieces) % 2 == 0:  # one is not closed yet: it is still being typed
        pieces[-2:] = [" ".join(pieces[-2:])]
    return [
        word
        for number, piece in enumerate(pieces)
        for word in ([piece] if number % 2 else piece.split())
    ]


def _needle(word: str) -> str:
    inside = folded(word.strip(QUOTES))
    bare = inside.strip(" ")
    if not any(letter.isalnum() for letter in bare) and len(bare) < 2:
        return ""
    begins = len(bare) < 3 and all(letter < FIRST_UNSPACED for letter in bare)
    return inside if begins else bare


def _held(connection: Connection, wanted: Sequence[str]) -> list[Any]:
    """Return the conditions by which the index finds *wanted*."""
    if connection.dialect.name == "postgresql":
        grams = {gram for one in wanted for gram in _grams(one)}
        by_index = [_GRAMS.op("@>")(_array(sorted(grams)))] if grams else []
        return [*by_index, *_read(wanted)]
    long = [one for one in wanted if len(one) > 2]
    if not long or not _is_by_threes(connection):
        return _read(wanted)
    short = [one for one in wanted if len(one) < 3]
    return [column(indexing.NAME).op("MATCH")(_phrases(long)), *_read(short)]


def _read(wanted: Sequence[str]) -> list[Any]:
    """Return the same conditions for messages that are read one by one."""
    return [_Position(_INDEX.c.words, one) > 0 for one in wanted]


class _Position(GenericFunction[int]):
    """Where in a text another begins, from 1 on; 0, if it does not hold it."""

    type = Integer()
    inherit_cache = True
    name = "position_of"


@compiles(_Position, "sqlite")
def _sqlite_position(element: Any, compiler: Any, **options: Any) -> str:
    return f"instr({compiler.process(element.clauses, **options)})"


@compiles(_Position, "postgresql")
def _postgresql_position(element: Any, compiler: Any, **options: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **options)})"


def _phrases(wanted: Iterable[str]) -> str:
    """Return what FTS5 is asked for; in its quotes nothing but quotes has a meaning."""
    return " AND ".join('"' + one.replace('"', '""') + '"' for one in wanted)


def _grams(needle: str) -> list[str]:
    """Return by what `frontdesk_grams` knows a text that holds *needle*."""
    if len(needle) > 2:
        return [needle[at : at + 3] for at in range(len(needle) - 2)]
    is_known = needle[-1] >= FIRST_UNSPACED or needle[0] == " "
    return [needle] if is_known else []


def _array(grams: list[str]) -> Any:
    return bindparam(None, grams, type_=ARRAY(Text))


def _is_by_threes(connection: Connection) -> bool:
    """Return whether this SQLite could make the index; else the table is plain."""
    query = "SELECT sql LIKE 'CREATE VIRTUAL%' FROM sqlite_master WHERE name = ?"
    return bool(connection.exec_driver_sql(query, (indexing.NAME,)).scalar())


# Built once: to build it costs more than to run it.
_MESSAGES = (
    select(
        Message.conversation_id,
        Message.id.label("message_id"),
        _deep().label("deep"),
        Message.author,
        Message.text,
        Message.parts,
        Message.at,
    )
    .where(among(Message.id, "ids"))
    .order_by(Message.id.desc())
)
_INDEX = table(
    indexing.NAME, column("rowid"), column("conversation_id"), column("words")
)
_GRAMS = func.frontdesk_grams(_INDEX.c.words)
