"""Do the tables of a server say what they must after these bodies were posted?

Three books are compared: what was posted, what the tables hold, what the server
wrote to its log.
"""

import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import MetaData, func, or_, select, text

from bot.clock import monotonic
from bot.store.attachments import Attachment, AttachmentState
from bot.store.database import Database
from bot.store.models import (
    UNSETTLED,
    Author,
    Conversation,
    Customer,
    EventState,
    IncomingEvent,
    Message,
    OutgoingMessage,
    Page,
    Turn,
)
from webhooks.events import (
    Event,
    MessageEchoed,
    MessageReceived,
    PostbackReceived,
    ReferralReceived,
)

ANSWERED_IN_TURNS = (MessageReceived, PostbackReceived, ReferralReceived)
SETTLE_TIMEOUT = 60.0  # seconds without any progress
LOOK_EVERY = 0.2
BAD_LEVELS = frozenset({"error", "critical"})

#: Every row of every table, by table and key.
Contents: TypeAlias = Mapping[str, Mapping[object, int]]
#: One line of a thread, as far as it must be told from others.
Line: TypeAlias = tuple[str | None, ...]


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing that must hold, whether it does, and the figures."""

    name: str
    held: bool
    detail: str


@dataclass(frozen=True, kw_only=True)
class Kind:
    """How many events of one kind were posted, and what the tables hold of them."""

    kind: str
    posted: int
    stored: int
    states: Mapping[str, int]


def settled(database: Database) -> Check:
    """Wait until nothing is owed any more, as long as there is progress."""
    owed, since = _owed(database), monotonic()
    while owed and monotonic() - since < SETTLE_TIMEOUT:
        time.sleep(LOOK_EVERY)
        before, owed = owed, _owed(database)
        since = monotonic() if owed != before else since
    return Check(name="nothing is owed", held=not owed, detail=f"{owed} owed")


def templates_known(database: Database) -> Check:
    """Wait until the server has asked which templates it may use, as it starts."""
    until = monotonic() + SETTLE_TIMEOUT
    while not (known := _knows_templates(database)) and monotonic() < until:
        time.sleep(LOOK_EVERY)
    return Check(
        name="the Page's templates are known",
        held=known,
        detail="asked for at the start" if known else "not asked for",
    )


def stored(database: Database, events: Sequence[Event]) -> Check:
    """Check that each event is in the tables once, and nothing else is."""
    wanted = {event.key for event in events}
    with database.read() as connection:
        found = list(connection.scalars(select(IncomingEvent.key)))
    missing, strange = wanted - set(found), set(found) - wanted
    again = len(events) - len(wanted)
    return Check(
        name="every event is stored once",
        held=not missing and not strange and len(found) == len(set(found)),
        detail=f"{len(wanted)} stored, {again} of which came again; "
        f"{len(missing)} missing, {len(strange)} from nowhere",
    )


def answered(database: Database, events: Iterable[Event]) -> Check:
    """Check that everything a customer did has exactly one turn, and nothing else."""
    acts = {event.key: event for event in _first(events) if _takes_turn(event)}
    wanted = {key: event for key, event in acts.items() if event.page_id}
    query = (
        select(IncomingEvent.key, func.count())
        .join(Turn, Turn.event_id == IncomingEvent.id)
        .group_by(IncomingEvent.key)
    )
    with database.read() as connection:
        found = {key: count for key, count in connection.execute(query)}
    texts = [key for key, event in wanted.items() if is_text(event)]
    wrong = {key for key in wanted if found.get(key) != 1} | found.keys() - wanted
    return Check(
        name="every text message has exactly one turn",
        held=not wrong,
        detail=f"{len(texts)} text messages, {len(wanted) - len(texts)} other things "
        f"customers did; {len(wrong)} of them without or with several turns; "
        f"{len(acts) - len(wanted)} more name no Page and are nobody's to answer",
    )


def shown(database: Database, events: Iterable[Event]) -> Check:
    """Check that the threads show all that was said, and under whose name."""
    wanted = {_line(event) for event in _first(events) if _is_shown(event)}
    query = (
        select(Message.page_id, Customer.psid, Message.mid, Message.text)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(Customer, Customer.id == Conversation.customer_id)
        .where(Message.author.in_([Author.CUSTOMER, Author.ELSEWHERE]))
    )
    with database.read() as connection:
        found = {_identity(*row) for row in connection.execute(query)}
    missing, strange = wanted - found, found - wanted
    return Check(
        name="every message is shown in its thread",
        held=not missing and not strange,
        detail=f"{len(wanted)} of customers and of others in the Page's name; "
        f"{len(missing)} missing, {len(strange)} from nowhere",
    )


def none_quarantined(database: Database) -> Check:
    """Check that every event could be handled."""
    query = select(func.count()).where(IncomingEvent.state == EventState.QUARANTINED)
    with database.read() as connection:
        count = connection.scalar(query)
    return Check(
        name="none is quarantined", held=not count, detail=f"{count} quarantined"
    )


def clean_log(path: Path) -> Check:
    """Check that the server wrote of no exception and no error."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    bad = [line for line in lines if _is_bad(line)]
    return Check(
        name="no exception in the log",
        held=not bad,
        detail="\n".join([f"{len(bad)} of {len(lines)} lines", *bad[:5]]),
    )


def unchanged(before: Contents, after: Contents) -> Check:
    """Check that no row of any table is new, or other than it was."""
    news = {name: _differences(before[name], after[name]) for name in after}
    changed = [f"{name}: {count}" for name, count in news.items() if count]
    return Check(
        name="posted again, nothing changes in any table",
        held=not changed,
        detail=f"{len(after)} tables; rows that differ: {', '.join(changed) or 'none'}",
    )


def contents(database: Database) -> Contents:
    """Return every row of every table, each as a hash."""
    tables = MetaData()
    tables.reflect(database.engine)
    with database.read() as connection:
        return {
            table.name: {
                tuple(row[: len(table.primary_key)]): hash(str(row))
                for row in connection.execute(
                    select(*table.primary_key.columns, text("*")).select_from(table)
                )
            }
            for table in tables.sorted_tables
        }


def by_kind(database: Database, events: Iterable[Event]) -> list[Kind]:
    """Return what was posted and what is stored, by kind."""
    posted = Counter(_kind(event) for event in events)
    query = select(IncomingEvent.kind, IncomingEvent.state, func.count()).group_by(
        IncomingEvent.kind, IncomingEvent.state
    )
    states: dict[str, dict[str, int]] = {kind: {} for kind in posted}
    with database.read() as connection:
        for kind, state, count in connection.execute(query):
            states.setdefault(kind, {})[state.value] = count
    return [
        Kind(kind=kind, posted=posted[kind], stored=sum(of.values()), states=of)
        for kind, of in sorted(states.items(), key=lambda item: -posted[item[0]])
    ]


def is_text(event: Event) -> bool:
    """Whether a customer wrote something."""
    return isinstance(event, MessageReceived) and bool((event.text or "").strip())


def _first(events: Iterable[Event]) -> Iterable[Event]:
    """Return each event as it came first: what has its key again changes nothing."""
    first: dict[str, Event] = {}
    for event in events:
        first.setdefault(event.key, event)
    return first.values()


def _takes_turn(event: Event) -> bool:
    is_act = isinstance(event, ANSWERED_IN_TURNS)
    return is_act and not event.standby and event.psid is not None


def _is_shown(event: Event) -> bool:
    if not event.page_id or event.psid is None:
        return False
    if isinstance(event, PostbackReceived):
        return not event.standby
    return isinstance(event, MessageReceived | MessageEchoed)


def _line(event: Event) -> Line:
    match event:
        case MessageReceived() | MessageEchoed():
            text = event.text
        case PostbackReceived():
            text = event.title
        case _:
            text = None
    mid = getattr(event, "mid", None)
    return _identity(event.page_id, event.psid, mid, text)


def _identity(
    page_id: str, psid: str | None, mid: str | None, text: str | None
) -> Line:
    """Return what tells a line of a thread from others; a mid is Messenger's own."""
    return (page_id, mid) if mid else (page_id, psid, text)


def _kind(event: Event) -> str:
    return f"standby_{event.kind}" if event.standby else event.kind


def _knows_templates(database: Database) -> bool:
    with database.read() as connection:
        return any("templates" in one for one in connection.scalars(_ABILITIES))


_ABILITIES = select(Page.abilities)


def _owed(database: Database) -> int:
    events = select(func.count()).where(IncomingEvent.state == EventState.NEW)
    sends = select(func.count()).where(
        or_(*(OutgoingMessage.state == state for state in UNSETTLED))
    )
    files = select(func.count()).where(Attachment.state == AttachmentState.OWED)
    with database.read() as connection:
        return sum(connection.scalar(one) or 0 for one in (events, sends, files))


def _differences(before: Mapping[object, int], after: Mapping[object, int]) -> int:
    return sum(before.get(key) != after.get(key) for key in before.keys() | after)


def _is_bad(line: str) -> bool:
    try:
        content: Any = json.loads(line)
    except ValueError:
        return "Traceback" in line or "ERROR" in line
    if not isinstance(content, dict):
        return False
    return "exception" in content or content.get("level") in BAD_LEVELS
