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
from typing import Any, TypeAlias

import structlog
from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.exc import SQLAlchemyError

from bot import crashpoints, handoff, showing
from bot.clock import Clock
from bot.messenger import mark
from bot.store import arrivals, sending, threads, wording
from bot.store.database import Database
from bot.store.models import Author, Conversation, EventState, OutgoingMessage, Page
from bot.store.types import AnyRow
from bot.store.writer import ClosedError
from bot.summary import LAST_WORDS
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

#: An event and its row.
Stored: TypeAlias = tuple[Event, dict[str, Any]]


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
        recorded: list[Recorded] = []
        turns: list[Stored] = []
        notes: list[Stored] = []
        for one in arrived:
            result = Recorded(set(), {})
            recorded.append(result)
            for event in parse(one.body, one.at):
                conversation_id = self._conversation(connection, event, result)
                row = _row(event, conversation_id, one.at)
                is_note = conversation_id is not None and not _takes_turn(event)
                (notes if is_note else turns).append((event, row))
        crashpoints.reach("parsed")
        people = _people(connection, turns)
        noted = {row["conversation_id"] for _, row in notes}
        if people or noted:
            threads.lock(connection, people.keys() | noted)
        self._note_all(connection, notes)
        _store_all(connection, turns, people)
        crashpoints.reach("inserted")
        return recorded

    def _conversation(
        self, connection: Connection, event: Event, result: Recorded
    ) -> int | None:
        """Return the conversation of an event, None if it is nobody's we serve."""
        if event.psid is None:
            return None
        whose = (event.page_id, event.psid)
        found = self._conversations.get(whose)
        if found is None:
            if not _known(connection, event.page_id):
                return None
            found = arrivals.conversation_of(connection, *whose, event.at)
            result.conversations[whose] = found
        if _takes_turn(event):
            result.owed.add(found)
        return found

    def _note_all(self, connection: Connection, notes: Sequence[Stored]) -> None:
        """Store what needs no turn; do at once what it asks for, if it is new."""
        for event, row in notes:
            if arrivals.store(connection, row):
                self._note(
                    connection, row["conversation_id"], event, row["received_at"]
                )

    def _note(
        self, connection: Connection, conversation_id: int, event: Event, now: datetime
    ) -> None:
        """Do what an event asks for that needs no turn."""
        match event:
            case MessageEchoed():
                self._note_echo(connection, conversation_id, event, now)
            case MessageDelivered(watermark=datetime() as at):
                _mark(connection, conversation_id, "delivered_at", at)
            case MessageRead(watermark=datetime() as at):
                _mark(connection, conversation_id, "read_at", at)
            case ReactionReceived(mid=str() as mid):
                emoji = None if event.action == "unreact" else event.emoji
                threads.react(connection, event.page_id, mid, emoji)
                threads.stir(connection, conversation_id)
                arrivals.heard(connection, conversation_id, event.at)
            case MessageEdited(mid=str() as mid, text=str() as text) if event.number:
                number, at = event.number, event.at
                wording.edit(connection, event.page_id, mid, number, text, at)
                threads.stir(connection, conversation_id)
            case MessageUnsent(mid=str() as mid):
                wording.unsend(connection, event.page_id, mid, event.at, LAST_WORDS)
                threads.stir(connection, conversation_id)
            case MessageReceived() if event.standby:
                showing.message(connection, conversation_id, event, Author.CUSTOMER)

    def _note_echo(
        self,
        connection: Connection,
        conversation_id: int,
        echo: MessageEchoed,
        now: datetime,
    ) -> None:
        """Confirm our own message, or show somebody else's and fall silent."""
        ours = _ours(connection, conversation_id, echo)
        if ours is not None:
            sending.settle_sent(connection, ours, echo.mid, echo.at)
            return
        added = showing.message(connection, conversation_id, echo, Author.ELSEWHERE)
        if added and echo.app_id != self._app_id:
            handoff.answered_elsewhere(connection, conversation_id, echo.at, now)


def _people(connection: Connection, turns: Sequence[Stored]) -> Mapping[int, AnyRow]:
    """Return where a person is to see what came, of conversations with turns."""
    whose = {row["conversation_id"] for _, row in turns} - {None}
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


def _known(connection: Connection, page_id: str) -> bool:
    return connection.scalar(_PAGE, {"page": page_id}) is not None


# Built once: to build it costs more than to run it.
_PAGE = select(Page.page_id).where(Page.page_id == bindparam("page"))


def _mark(
    connection: Connection, conversation_id: int, name: str, at: datetime
) -> None:
    """Move a watermark forward; it never goes back."""
    column = getattr(Conversation, name)
    connection.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .where(column.is_(None) | (column < at))
        .values({column: at, Conversation.revision: Conversation.revision + 1})
    )


def _ours(
    connection: Connection, conversation_id: int, echo: MessageEchoed
) -> int | None:
    """Return our row that an echo speaks of, by our mark in it.

    Not by the app id: Messenger has sent it as a number, as text, and not at all.
    """
    marked = mark.read(echo.metadata)
    if marked is None:
        return None
    return connection.scalar(
        select(OutgoingMessage.id)
        .where(OutgoingMessage.id == marked)
        .where(OutgoingMessage.conversation_id == conversation_id)
    )
