"""Write the past into the tables: rows of things that are over, and owe nothing.

The rows of a table are written in the order of their moments, so that the newest has
the highest number as if each had come by itself; in portions, because all of them at
once took 10 MB that the server never gave back.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.demo.past import asked, rows
from bot.demo.past.rows import Keys, Page, Said
from bot.demo.past.story import Story
from bot.demo.past.tongues import Cast
from bot.store import canned, labels, lessons, staff
from bot.store.models import (
    Conversation,
    Customer,
    IncomingEvent,
    Message,
    OutgoingMessage,
    Timer,
    Turn,
)
from bot.store.people import Staff
from bot.store.satisfaction import Satisfaction
from bot.store.teaching import TurnMark
from bot.store.teamwork import (
    ConversationAct,
    ConversationLabel,
    Mention,
    Note,
    Read,
)

Rows = Iterable[Mapping[str, Any]]

#: SQLite takes 32,766 values in a statement, and older ones 999.
PORTION = 100


@dataclass(frozen=True, kw_only=True)
class Past:
    """All that is to be written down."""

    page: Page
    cast: Cast
    stories: Sequence[Story]
    began: datetime


def is_kept(connection: Connection, page_id: str, stories: Sequence[Story]) -> bool:
    """Return whether the past is there already."""
    one = min(story.psid for story in stories)  # the order changes with the hour
    query = select(Customer.id).where(Customer.page_id == page_id, Customer.psid == one)
    return connection.scalar(query) is not None


def keep(connection: Connection, past: Past) -> None:
    """Write everything down, in one transaction."""
    stories, page = past.stories, past.page
    keys = Keys(staff=_staff(connection, past), labels=_labels(connection, past))
    _add(connection, Customer, (rows.customer(page, one) for one in stories))
    customers = _ids(connection, Customer, Customer.psid, [s.psid for s in stories])
    _add(
        connection,
        Conversation,
        (rows.conversation(one, customers[one.psid], keys) for one in stories),
    )
    found = _ids(connection, Conversation, Conversation.customer_id, customers.values())
    keys.conversations = {psid: found[own] for psid, own in customers.items()}
    _keep_said(connection, past, keys)
    _keep_done(connection, past, keys)
    _keep_at_hand(connection, past, keys)


def _keep_said(connection: Connection, past: Past, keys: Keys) -> None:
    """Write down what was said, and what the assistant made of it."""
    said = sorted(_said(past.stories), key=lambda one: one.line.at)
    heard = [one for one in said if one.line.understood]
    page = past.page
    _add(connection, IncomingEvent, (rows.event(page, one, keys) for one in heard))
    keys.events = _ids(
        connection, IncomingEvent, IncomingEvent.key, [one.key for one in heard]
    )
    _add(connection, Turn, (rows.turn(page, one, keys) for one in heard))
    turns = _ids(connection, Turn, Turn.event_id, keys.events.values())
    for one in heard:
        if one.line.at == one.story.fetched_at:
            _name_turn(connection, one, turns[keys.events[one.key]], keys)
    marks = (rows.mark(one, turns[keys.events[one.key]], keys) for one in heard)
    _add(connection, TurnMark, filter(None, marks))
    _add(connection, Message, (rows.message(page, one, keys) for one in said))
    ours = [one for one in said if one.is_ours]
    messages = _ids(connection, Message, Message.mid, [one.mid for one in ours])
    _add(
        connection,
        OutgoingMessage,
        (rows.outgoing(one, messages[one.mid], keys) for one in ours),
    )


def _name_turn(connection: Connection, one: Said, turn_id: int, keys: Keys) -> None:
    """Let a conversation that is with a person say which turn fetched one."""
    connection.execute(
        update(Conversation)
        .where(Conversation.id == keys.conversations[one.story.psid])
        .values(handoff_turn_id=turn_id)
    )


def _keep_done(connection: Connection, past: Past, keys: Keys) -> None:
    """Write down what colleagues did, noted and read."""
    stories = past.stories
    deeds = sorted(
        ((deed, one) for one in stories for deed in one.deeds),
        key=lambda pair: pair[0].at,
    )
    _add(connection, ConversationAct, (rows.act(*pair, keys) for pair in deeds))
    _add(
        connection,
        ConversationLabel,
        (row for one in stories for row in rows.labelled(one, keys)),
    )
    marked = sorted(
        ((one.marked.asked_at, one) for one in stories if one.marked),
        key=lambda pair: pair[0],
    )
    whose, members = keys.conversations, keys.staff
    _add(
        connection,
        Satisfaction,
        (asked.satisfaction(one, whose[one.psid], members) for _, one in marked),
    )
    _add(connection, Timer, (row for one in stories for row in rows.timers(one, keys)))
    _add(connection, Read, (row for one in stories for row in rows.reads(one, keys)))
    _keep_notes(connection, stories, keys)


def _keep_notes(connection: Connection, stories: Sequence[Story], keys: Keys) -> None:
    for story in stories:
        for remark in story.remarks:
            query = insert(Note).values(rows.note(remark, story, keys))
            note_id = connection.scalars(query.returning(Note.id)).one()
            _add(
                connection,
                Mention,
                [{"note_id": note_id, "staff_id": keys.staff[w]} for w in remark.calls],
            )


def _keep_at_hand(connection: Connection, past: Past, keys: Keys) -> None:
    """Write down the canned replies and the pins of the team."""
    for one in past.cast.canned:
        canned.add(connection, one.code, one.text, past.began, language=one.language)
    for pin in past.cast.pins:
        lessons.pin(
            connection,
            pin.language,
            pin.text,
            pin.intent,
            now=past.began,
            staff_id=keys.staff[pin.by],
        )


def _said(stories: Sequence[Story]) -> Iterator[Said]:
    for story in stories:
        yield from rows.said(story)


def _staff(connection: Connection, past: Past) -> dict[str, int]:
    for one in past.cast.staff:
        staff.add(connection, one.login, one.name, one.role, past.began)
    found = connection.execute(select(Staff.login, Staff.id))
    return {row.login: row.id for row in found}


def _labels(connection: Connection, past: Past) -> dict[str, int]:
    for name, hue in past.cast.labels.items():
        labels.add(connection, name, hue, past.began)
    return {tag.name: tag.id for tag in labels.everything(connection)}


def _add(connection: Connection, table: Any, found: Rows) -> None:
    waiting = iter(found)
    while portion := list(islice(waiting, PORTION)):
        connection.execute(insert(table), portion)


def _ids(connection: Connection, table: Any, column: Any, known: Any) -> dict[Any, int]:
    """Return the numbers of rows by a column that names each."""
    wanted: list[Any] = [*known]
    found: dict[Any, int] = {}
    for at in range(0, len(wanted), PORTION):
        portion = wanted[at : at + PORTION]
        query = select(column, table.id).where(column.in_(portion))
        found |= {row[0]: row[1] for row in connection.execute(query)}
    return found
