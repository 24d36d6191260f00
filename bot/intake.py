"""Write down what arrived, once, before Messenger hears that we have it.

What needs no thinking is done in the same transaction: marks of delivery and
reading, reactions, and above all what others say in our name, because a person's
answer must silence the assistant before its own is sent.

Where a person answers, or is waited for, what the customer says is shown at once too:
it must not wait behind the turns of strangers. Its turn comes all the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import Connection, bindparam, select
from sqlalchemy.exc import SQLAlchemyError

from bot import crashpoints, noting, showing
from bot.clock import Clock
from bot.noting import Stored
from bot.store import arrivals, threads
from bot.store.arrivals import Met
from bot.store.database import Database
from bot.store.models import EventState, Page
from bot.store.types import AnyRow
from bot.store.writer import ClosedError
from webhooks.events import (
    Event,
    MessageDelivered,
    MessageEchoed,
    MessageEdited,
    MessageRead,
    MessageReceived,
    MessageUnsent,
    PostbackReceived,
    ReactionReceived,
    ReferralReceived,
)
from webhooks.parser import parse
from webhooks.receiver import NotStoredError

log = structlog.get_logger()

MOST_REMEMBERED = 100_000  # customers; about 20 MB

ACTED_ON = (
    MessageDelivered,
    MessageEchoed,
    MessageEdited,
    MessageRead,
    MessageUnsent,
    ReactionReceived,
)
ANSWERED_IN_TURNS = (MessageReceived, PostbackReceived, ReferralReceived)


@dataclass(frozen=True)
class Arrived:
    """The body of one request, on its way to the disk."""

    body: bytes
    at: datetime


@dataclass(frozen=True)
class Recorded:
    """What came of one request: who is owed a turn, and whom we know by now."""

    owed: set[int]
    conversations: dict[tuple[str, str], int]


class Intake:
    """Takes the bodies that the receiver has found genuine."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        app_id: str,
        wake: Callable[[int], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._app_id = app_id
        self._wake = wake
        self._batch = self._record  # one object: the writer groups by it
        # Page and PSID to conversation: they never change, and looking them up
        # costs more than storing an event.
        self._conversations: dict[tuple[str, str], int] = {}
        # That are ours; one is taken away by a new start alone.
        self._pages: set[str] = set()

    def accept(self, body: bytes) -> None:
        """Store every event of *body*, then wake the conversations they are for.

        Raise NotStoredError if it is not safely on disk.
        """
        arrived = Arrived(body, self._clock())
        try:
            recorded = self._database.write_batched(self._batch, arrived)
        except (SQLAlchemyError, ClosedError) as error:
            self._conversations.clear()
            log.error("webhook_not_stored", reason=type(error).__name__)
            raise NotStoredError from error
        crashpoints.reach("stored")
        self._remember(recorded.conversations)
        for conversation_id in recorded.owed:
            self._wake(conversation_id)
        crashpoints.reach("woken")

    def _remember(self, found: dict[tuple[str, str], int]) -> None:
        if len(self._conversations) > MOST_REMEMBERED:
            self._conversations.clear()
        self._conversations.update(found)

    def _record(
        self, connection: Connection, arrived: Sequence[Arrived]
    ) -> list[Recorded]:
        """Store what is new of several requests; what is for turns, all at once.

        They are parsed here, one after the other in the writer's thread: sixty
        request threads that parse at once take the interpreter from each other, and
        each of them spends twice as long.
        """
        parsed = [(event, one) for one in arrived for event in parse(one.body, one.at)]
        crashpoints.reach("parsed")
        met = self._met(connection, [event for event, _ in parsed])
        recorded = {id(one): Recorded(set(), met.conversations) for one in arrived}
        turns: list[Stored] = []
        notes: list[Stored] = []
        for event, one in parsed:
            conversation_id = self._conversation(event, met.conversations)
            row = _row(event, conversation_id, one.at)
            is_note = conversation_id is not None and not _takes_turn(event)
            (notes if is_note else turns).append((event, row))
            if conversation_id is not None and _takes_turn(event):
                recorded[id(one)].owed.add(conversation_id)
        people = _people(connection, turns, met.begun)
        noted = {row["conversation_id"] for _, row in notes}
        if people or noted:
            threads.lock(connection, people.keys() | noted)
        noting.note_all(connection, notes, self._app_id)
        _store_all(connection, turns, people)
        crashpoints.reach("inserted")
        return [recorded[id(one)] for one in arrived]

    def _met(self, connection: Connection, events: Sequence[Event]) -> Met:
        """Return the conversations that we did not remember, of Pages that we serve."""
        unknown: dict[tuple[str, str], datetime] = {}
        for event in events:
            if event.psid is not None:
                whose = (event.page_id, event.psid)
                if whose not in self._conversations:
                    unknown.setdefault(whose, event.at)
        if not unknown:
            return Met()
        asked = {page_id for page_id, _ in unknown} - self._pages
        if asked:
            self._pages |= set(connection.scalars(_PAGES, {"pages": [*asked]}))
        ours = {whose: at for whose, at in unknown.items() if whose[0] in self._pages}
        return arrivals.conversations_of(connection, ours) if ours else Met()

    def _conversation(
        self, event: Event, met: Mapping[tuple[str, str], int]
    ) -> int | None:
        """Return the conversation of an event, None if it is nobody's we serve."""
        if event.psid is None:
            return None
        whose = (event.page_id, event.psid)
        return met.get(whose) or self._conversations.get(whose)


def _people(
    connection: Connection, turns: Sequence[Stored], begun: frozenset[int]
) -> Mapping[int, AnyRow]:
    """Return where a person is to see what came, of conversations with turns.

    In one that was begun just now nobody answers yet.
    """
    whose = {row["conversation_id"] for _, row in turns} - {None, *begun}
    return threads.of_people(connection, whose) if whose else {}


def _store_all(
    connection: Connection, turns: Sequence[Stored], people: Mapping[int, AnyRow]
) -> None:
    """Store what is for turns, and show it at once where a person is to see it."""
    others = []
    for event, row in turns:
        held = people.get(row["conversation_id"])
        if held is None:
            others.append(row)
        elif arrivals.store(connection, row) and _shows_at_once(event, held):
            now = row["received_at"]
            showing.heard(connection, held.id, held.customer_id, event, now)
    arrivals.store_all(connection, others)


def _shows_at_once(event: Event, held: AnyRow) -> bool:
    """Whether its turn would show the same, and will know that it is shown.

    By its mid it knows; and what comes late may be shown as late.
    """
    known = isinstance(event, MessageReceived | PostbackReceived) and event.mid
    return bool(known) and (held.handled_at is None or event.at >= held.handled_at)


def _takes_turn(event: Event) -> bool:
    return isinstance(event, ANSWERED_IN_TURNS) and not event.standby


def _row(event: Event, conversation_id: int | None, now: datetime) -> dict[str, Any]:
    return {
        "key": event.key,
        "page_id": event.page_id,
        "conversation_id": conversation_id,
        "kind": f"standby_{event.kind}" if event.standby else event.kind,
        "raw": event.raw,
        "at": event.at,
        "received_at": now,
        "state": _state(event, conversation_id),
        "tries": 0,
    }


def _state(event: Event, conversation_id: int | None) -> EventState:
    if conversation_id is None:
        return EventState.KEPT
    if _takes_turn(event):
        return EventState.NEW
    return EventState.HANDLED if isinstance(event, ACTED_ON) else EventState.KEPT


# Built once: to build it costs more than to run it.
_PAGES = select(Page.page_id).where(
    Page.page_id.in_(bindparam("pages", expanding=True)), Page.left_at.is_(None)
)
