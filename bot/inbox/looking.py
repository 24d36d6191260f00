"""What somebody looks at in the inbox, loaded, and by what one sees that it changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.inbox import customer, moments, noted, quotes, written
from bot.inbox.called import Called
from bot.inbox.customer import Reach
from bot.inbox.goods import Goods, goods
from bot.inbox.handover import Handover, handover
from bot.inbox.look import Look
from bot.inbox.moments import Moment, Own
from bot.inbox.quotes import Quote
from bot.inbox.steps import Steps, by_message
from bot.inbox.teachable import Way, ways
from bot.inbox.thread import bubbles
from bot.inbox.timeline import Entry, entries
from bot.store import (
    acts,
    attachments,
    desk,
    filters,
    labels,
    presence,
    queue,
    search,
    snoozes,
    told,
    turns,
    wording,
)
from bot.store.desk import Desk
from bot.store.labels import Tag
from bot.store.lists import View
from bot.store.models import Status
from bot.store.presence import Colleague, Viewer, Whereabouts
from bot.store.queue import Line
from bot.store.sessions import SignedIn
from bot.store.told import Told
from bot.store.types import AnyRow
from bot.web import names
from intents.entities import Pattern


@dataclass(frozen=True, kw_only=True)
class Around:
    """What stands around a list and a conversation, and tells whether they changed."""

    counts: Mapping[str, int]
    people: Sequence[Colleague]
    #: All labels there are.
    tags: Sequence[Tag]
    #: Who else has the conversation open.
    viewers: Sequence[Viewer]


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a list can be narrowed by."""

    labels: Sequence[Tag]
    pages: Sequence[AnyRow]
    languages: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Queue:
    """A list with all that stands around it."""

    view: View
    lines: Sequence[Line]
    counts: Mapping[str, int]
    has_more: bool
    choices: Choices
    people: Sequence[Colleague]
    #: What others did that whoever looks has not seen yet.
    told: Told
    #: What the lines were searched for; None, if they are those of a list.
    needles: Sequence[str] | None = None

    def where(self, staff_id: int | None) -> str | None:
        """Return whether somebody is there; None, if they never said."""
        found = self.of(staff_id)
        return found.where.value if found else None

    def of(self, staff_id: int | None) -> Colleague | None:
        """Return whether somebody is there, and by their own choice."""
        return None if staff_id is None else self._by_id.get(staff_id)

    def others_here(self, staff_id: int) -> tuple[tuple[int, str, str], ...]:
        """Return who else is here or away: id, name and where."""
        return tuple(
            (one.id, one.name, one.where.value)
            for one in self.people
            if one.id != staff_id and one.where is not Whereabouts.GONE
        )

    def page(self, page_id: str) -> str | None:
        """Return what a Page is called, where one must be told from another."""
        if len(self.choices.pages) < 2:
            return None
        found = (one.name for one in self.choices.pages if one.page_id == page_id)
        return next(found, None) or page_id

    @cached_property
    def _by_id(self) -> Mapping[int, Colleague]:
        return {one.id: one for one in self.people}


@dataclass(frozen=True, kw_only=True)
class Thread:
    """What stands in a thread, and what is known of each message."""

    entries: Sequence[Entry]
    has_earlier: bool
    #: What the assistant made of a message, by the message's number.
    steps: Mapping[int, Steps]
    #: What edited messages said before, by the message's number.
    earlier: Mapping[int, Sequence[str]]
    #: What became of the files that came, by message and place.
    files: Mapping[tuple[int, int], AnyRow]
    #: What a message answers, by the message's number.
    quotes: Mapping[int, Quote]
    #: What can be taught at a message, by its number.
    ways: Mapping[int, Way]


@dataclass(frozen=True, kw_only=True)
class Open:
    """A conversation with all that stands around it."""

    desk: Desk
    thread: Thread
    labels: Sequence[Tag]
    other_labels: Sequence[Tag]
    moments: Sequence[Moment]
    own_moment: Own
    seen: int
    reach: Reach
    handover: Handover | None
    goods: Goods
    #: Numbers of orders that the customer wrote, the newest first.
    written: Sequence[str]
    is_mine: bool
    #: When it is before whoever looks again, if they have put it by.
    asleep_until: datetime | None
    viewers: Sequence[Viewer]

    @property
    def title(self) -> str:
        """Return what to call the customer."""
        return names.customer(self.desk.name, self.desk.id)

    @property
    def reason(self) -> str | None:
        """Return why a person was fetched."""
        return self.handover.why if self.handover else None

    @property
    def is_elsewhere(self) -> bool:
        """Return whether somebody answers in another app."""
        return self.desk.status is Status.AGENT and self.desk.assignee_id is None


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who looks, when and in which zone, and what they call an intent."""

    someone: SignedIn
    now: datetime
    zone: ZoneInfo
    called: Called
    #: How order numbers and the like are found in what a customer wrote.
    patterns: Sequence[Pattern]


def load_around(
    connection: Connection, look: Look, found: Desk | None, someone: SignedIn
) -> Around:
    """Return what stands around a list and a conversation."""
    opened = [found.id] if found else []
    viewers = presence.viewers(connection, opened).values() if opened else ()
    return Around(
        counts=queue.counts(connection, someone.id, look.filter),
        people=presence.everybody(connection),
        tags=labels.everything(connection),
        viewers=[one for some in viewers for one in some if one.id != someone.id],
    )


def load_queue(
    connection: Connection,
    look: Look,
    staff_id: int,
    around: Around,
    listed: Sequence[Line] | None,
    *,
    is_listed: bool = True,
) -> Queue:
    """Return the list that is before somebody; without *is_listed* only its numbers.

    *listed*: its lines, if `load_lines` has them already.
    """
    needles = look.needles
    lines: Sequence[Line] = []
    has_more = False
    if is_listed and needles:
        lines, has_more = _found(connection, look, staff_id)
    elif is_listed:
        all_lines = listed or load_lines(connection, look, staff_id)
        lines, has_more = all_lines[: look.lines], len(all_lines) > look.lines
    return Queue(
        view=look.view,
        lines=lines,
        counts=around.counts,
        has_more=has_more,
        needles=needles if look.asked else None,
        choices=Choices(
            labels=around.tags,
            pages=filters.pages(connection) if is_listed else [],
            languages=filters.languages(connection) if is_listed else [],
        ),
        people=around.people,
        told=told.of(connection, staff_id),
    )


def load_lines(connection: Connection, look: Look, staff_id: int) -> Sequence[Line]:
    """Return the lines of a list, and one more if there are more."""
    most = look.lines + 1
    return queue.lines(connection, look.view, staff_id, most, look.filter)


def _found(
    connection: Connection, look: Look, staff_id: int
) -> tuple[Sequence[Line], bool]:
    narrow = filters.conditions(look.filter, staff_id)
    hits, is_cut = search.hits(connection, look.needles, look.lines + 1, narrow)
    return queue.found(connection, hits[: look.lines], staff_id), is_cut


def load_conversation(
    connection: Connection,
    found: Desk,
    look: Look,
    reader: Reader,
    around: Around,
    said: int | None = None,
) -> Open:
    """Return all that stands around the conversation that is before somebody.

    *said*: how many messages others wrote, if it was counted.
    """
    me = reader.someone.id
    # Before the thread is read: what comes in between is news.
    seen = desk.said_by_others(connection, found.id, me) if said is None else said
    tags = labels.of(connection, [found.id]).get(found.id, ())
    thread = _load_thread(connection, found, look.messages, reader)
    return Open(
        desk=found,
        thread=thread,
        labels=tags,
        other_labels=[tag for tag in around.tags if tag not in tags],
        moments=moments.offered(reader.now, reader.zone),
        own_moment=moments.own(reader.now, reader.zone),
        seen=seen,
        reach=customer.reach(found, reader.now),
        handover=handover(
            found,
            _led(connection, found),
            reader.called,
            quotes.of_turn(connection, found.id, found.handoff_turn_id),
        ),
        goods=goods(connection, found),
        written=written.numbers(thread.entries, reader.patterns),
        is_mine=found.assignee_id == me,
        asleep_until=asleep_until(connection, found, me),
        viewers=around.viewers,
    )


def asleep_until(connection: Connection, found: Desk, me: int) -> datetime | None:
    """Return until when somebody has put a conversation by, None if they have not."""
    if found.status is Status.BOT:
        return snoozes.until(connection, found.id, me)
    return found.snoozed_until if found.assignee_id == me else None


def _load_thread(
    connection: Connection, found: Desk, most: int, reader: Reader
) -> Thread:
    said, has_earlier = desk.thread(connection, found.id, most)
    since = said[0].at if has_earlier else None
    written = noted.of_thread(connection, found.id, since)
    done = acts.of_thread(connection, found.id, since)
    shown, me, zone = bubbles(said, found, reader.zone), reader.someone.id, reader.zone
    made = turns.newest(connection, found.id, most)
    edited = [one.id for one in said if one.parts.get("edited")]
    with_files = [one.id for one in said if one.parts.get("attachments")]
    return Thread(
        entries=entries(shown, done, written, me, zone),
        has_earlier=has_earlier,
        steps=by_message(said, made, reader.called.title),
        earlier=wording.earlier(connection, edited),
        files=attachments.of_messages(connection, with_files),
        quotes=quotes.of_thread(connection, found.id, said),
        ways=ways(said, made),
    )


def _led(connection: Connection, found: Desk) -> list[turns.Made]:
    if found.handoff_turn_id is None:
        return []
    return turns.leading_to(connection, found.id, found.handoff_turn_id)
