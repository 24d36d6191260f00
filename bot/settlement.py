"""What came of an event, as it is to be written down: a turn, or why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot import effects
from bot.prompts import Prompt
from bot.store.attendance import Attendance
from bot.store.claims import Claim, Owed
from bot.store.models import EventState
from bot.store.wording import FIRST, Wording
from bot.turn import Turn
from webhooks.events import Event, MessageReceived, PostbackReceived

#: What a turn is called that is left to a person.
LEFT = "left_to_person"


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """An event that a worker holds, and what it needs to settle it."""

    held: Claim
    owed: Owed
    event: Event
    now: datetime
    answer_within: timedelta
    #: What was to be begun by itself, if that is what the event is.
    prompt: Prompt | None = None
    #: What admins have set.
    attendance: Attendance
    #: What the customer had made of their message when it was thought about.
    wording: Wording | None = None
    #: What the conversation is in from now on; empty if nobody knows yet.
    language: str = ""

    def of_turn(self, turn: Turn, *, disclosed: bool, model: str | None) -> "Outcome":
        """Return how to settle the event with a turn of the assistant."""
        known = {"disclosed_at": self.now} if disclosed else {}
        changes = {"state": turn.state.to_json(), **known}
        return Outcome(
            of=self, turn=turn, changes=changes, record=_described(turn, model)
        )

    def left(self, outcome: str) -> "Outcome":
        """Return how to settle an event that the assistant does not answer."""
        record = {"events": [], "outcome": outcome, "trace": {}}
        return Outcome(of=self, record=record, late=outcome == "late")

    def set_aside(self, reason: str, *, shown: bool) -> "Outcome":
        """Return how to quarantine an event, and fetch a person for its customer."""
        trace = {"parse": {"text": self.text}}
        record = {"events": [], "outcome": "failed", "trace": trace}
        return Outcome(
            of=self,
            record=record if shown else None,
            is_shown=shown,
            state=EventState.QUARANTINED,
            reason=reason,
        )

    @property
    def said(self) -> Event:
        """Return the event with what the customer has edited."""
        if self.wording is None or not isinstance(self.event, MessageReceived):
            return self.event
        return replace(self.event, text=self.wording.text)

    @property
    def text(self) -> str:
        """Return what the customer says or tapped."""
        return text_of(self.said)

    @property
    def conversation_id(self) -> int:
        """Return the conversation that the event is of."""
        return self.owed.conversation_id

    @property
    def message(self) -> tuple[str, str] | None:
        """Return Page and mid of the message that the event is, if it is one."""
        match self.event:
            case MessageReceived(page_id=page_id, mid=str() as mid):
                return page_id, mid
        return None

    @property
    def spoken(self) -> dict[str, Any]:
        """Return the language that the conversation is in from now on, if changed."""
        changed = self.language and self.language != self.owed.language
        return {"language": self.language} if changed else {}

    @property
    def newest(self) -> dict[str, Any]:
        """Return the mark of the newest event that was handled; it never goes back."""
        if self.prompt is not None:
            return {}
        if self.owed.handled_at is not None and self.owed.at < self.owed.handled_at:
            return {}
        return {"handled_at": self.owed.at, "handled_id": self.owed.event_id}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of an event, to be written down; see `bot/settling.py`."""

    of: Settlement
    #: What becomes of the conversation's columns.
    changes: Mapping[str, Any] = field(default_factory=dict)
    #: The row of its turn, with the `events` of the log; None: there is to be none.
    record: Mapping[str, Any] | None
    #: What the assistant made of it, if it answers.
    turn: Turn | None = None
    is_shown: bool = True
    late: bool = False
    state: EventState = EventState.HANDLED
    reason: str | None = None

    def is_outdated(self, reworded: Mapping[tuple[str, str], int]) -> bool:
        """Return whether the customer has edited what is answered since.

        *reworded*: the number of the last edit of messages, by Page and mid.
        """
        if self.turn is None or self.of.message is None:
            return False
        thought = FIRST if self.of.wording is None else self.of.wording.number
        return reworded.get(self.of.message, thought) > thought

    @property
    def is_left(self) -> bool:
        """Return whether it is left to the person who answers."""
        return self.record is not None and self.record["outcome"] == LEFT

    @property
    def is_plain(self) -> bool:
        """Return whether a turn changes nothing outside its conversation."""
        turn = self.turn
        return turn is None or not (turn.handoff or effects.of(turn.events))


def text_of(event: Event) -> str:
    """Return what the customer wrote or tapped."""
    match event:
        case MessageReceived(text=str(text)) | PostbackReceived(title=str(text)):
            return text
    return ""


def _described(turn: Turn, model: str | None) -> dict[str, Any]:
    """Return the row of a turn: what was understood, and what came of it."""
    parse = turn.trace.get("parse", {})
    intent = parse.get("intent", {})
    return {
        "events": list(turn.events),
        "language": parse.get("language"),
        "intent": intent.get("name"),
        "confidence": intent.get("confidence"),
        "model": model,
        "flow": turn.trace.get("command", {}).get("flow"),
        "outcome": turn.outcome,
        "trace": turn.trace,
    }
