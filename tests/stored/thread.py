"""What came of what a customer did: read from the tables, and from their phone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from bot.replies import Reply
from bot.rungs import SAYS, Rung
from bot.scripts.looks import Seen, said
from bot.store.models import (
    Conversation,
    Message,
    OutgoingMessage,
    OutgoingState,
    Timer,
    TimerState,
    TrackerEvent,
)
from bot.store.models import Turn as TurnRow
from bot.summary import Brief
from bot.turn import Handoff, Turn
from flows.stack import State
from tests.stored.house import House

#: What was thought where nothing was, as the looks read it.
NOTHING = {
    "parse": {"text": "", "intent": {"name": None, "confidence": 0.0}},
    "thresholds": {"answer": 1.0},
    "chosen": False,
    "flow": None,
    "command": {},
    "steps": [],
}


@dataclass
class Thread:
    """What one customer and the Page have said to each other."""

    house: House
    psid: str
    conversation_id: int = 0
    #: All that the phone has shown of the Page.
    shown: list[Reply] = field(default_factory=list)
    _last_turn: int = 0
    _last_seq: int = 0

    def look(self) -> Seen:
        """Return what has come since the last look."""
        row, owed = self.row(), self._owed()
        turn = self._turn(row) or _none(row, owed)
        turn = replace(turn, replies=tuple(self._came(owed)))
        return Seen(
            turn=turn, state=turn.state, language=row.language, unread=said(turn)
        )

    def _turn(self, row: Any) -> Turn | None:
        """Return the turn that was taken since, None if nothing was thought."""
        query = (
            select(TurnRow)
            .where(TurnRow.conversation_id == self.conversation_id)
            .where(TurnRow.id > self._last_turn)
        )
        with self.house.database.read() as connection:
            found = connection.execute(query).one_or_none()
        if found is None:
            return None
        self._last_turn = found.id
        return self._thought(row, found) if found.trace else None

    def _thought(self, row: Any, found: Any) -> Turn:
        log = (
            select(TrackerEvent.event)
            .where(TrackerEvent.turn_id == found.id)
            .order_by(TrackerEvent.id)
        )
        return Turn(
            outcome=found.outcome,
            state=State.from_json(row.state),
            events=tuple(self._read(log)),
            replies=(),
            handoff=_handoff(row, found) if row.handoff_turn_id == found.id else None,
            trace=found.trace,
        )

    def _owed(self) -> Sequence[Any]:
        """Return the messages that were planned since, all of which were sent."""
        query = (
            select(
                OutgoingMessage.seq,
                OutgoingMessage.key,
                OutgoingMessage.purpose,
                OutgoingMessage.state,
                Message.text,
            )
            .join(Message, Message.id == OutgoingMessage.message_id)
            .where(OutgoingMessage.conversation_id == self.conversation_id)
            .where(OutgoingMessage.seq > self._last_seq)
            .order_by(OutgoingMessage.seq)
        )
        with self.house.database.read() as connection:
            owed = connection.execute(query).all()
        assert {row.state for row in owed} <= {OutgoingState.SENT}
        self._last_seq = max([self._last_seq, *(row.seq for row in owed)])
        return owed

    def _came(self, owed: Sequence[Any]) -> list[Reply]:
        """Return what came on the phone since: what was owed, and nothing else."""
        came = self.house.emulator.messages(self.psid, len(self.shown))
        replies = [
            Reply(message=_shown(item), text=row.text, purpose=row.purpose)
            for item, row in zip(came, owed, strict=True)
        ]
        assert all(map(_is_said, replies))
        self.shown += replies
        return replies

    def row(self) -> Any:
        """Return the conversation as it stands."""
        query = select(Conversation).where(Conversation.id == self.conversation_id)
        with self.house.database.read() as connection:
            return connection.execute(query).one()

    def _read(self, query: Any) -> Sequence[Any]:
        with self.house.database.read() as connection:
            return connection.scalars(query).all()

    def due(self, *kinds: str) -> Sequence[Any]:
        """Return when its timers of these kinds are due."""
        query = (
            select(Timer.due_at)
            .where(Timer.conversation_id == self.conversation_id)
            .where(Timer.kind.in_(kinds), Timer.state == TimerState.DUE)
        )
        return self._read(query)


def _none(row: Any, owed: Sequence[Any]) -> Turn:
    """Return the turn in which nothing was thought; a rung may have spoken."""
    return Turn(
        state=State.from_json(row.state),
        events=tuple(_told(one.key) for one in owed),
        replies=(),
        handoff=None,
        trace=NOTHING,
    )


def _handoff(row: Any, found: Any) -> Handoff:
    return Handoff(
        reason=row.handoff_reason,
        summary=row.handoff_summary,
        brief=Brief(**found.trace["brief"]),
    )


def _shown(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the phone shows as the message that it was sent as."""
    names = ("text", "attachment", "quick_replies")
    return {name: item[name] for name in names if item.get(name)}


def _is_said(reply: Reply) -> bool:
    """Whether the phone shows the text that the inbox shows; cards have others."""
    payload = reply.message.get("attachment", {}).get("payload", {})
    text = reply.message.get("text") or payload.get("text")
    return text in (None, reply.text)


def _told(key: str) -> dict[str, Any]:
    """Return the event of a rung of the ladder that spoke, which keeps no log."""
    name = SAYS.get(Rung(key.rpartition(":")[2]))
    return {"event": "bot", "metadata": {"utter_action": name} if name else {}}
