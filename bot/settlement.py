"""Write down what came of an event, in one transaction, if it is still ours to do.

Guarded by the claim: a worker that lost its conversation changes nothing. A turn
is guarded by the epoch as well: a person who took over while we were thinking is
not answered over; the event then counts as left to them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import Connection, update

from bot import effects, handoff, prompts, recalls, showing
from bot.effects import Whose
from bot.prompts import Passage, Prompt
from bot.store import claims, outbox, threads, turns, wording
from bot.store.attendance import Attendance
from bot.store.claims import Claim, Owed
from bot.store.models import Customer, EventState
from bot.summary import LAST_WORDS
from bot.turn import Reply, Turn
from bot.urgency import AGAIN, urgency
from flows.stack import State
from webhooks.events import Event, MessageReceived, PostbackReceived

Settle: TypeAlias = Callable[[Connection], bool]


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
    #: What admins have set, where a turn was taken.
    attendance: Attendance | None = None
    #: What the conversation is in from now on; empty if nobody knows yet.
    language: str = ""

    def of_turn(self, turn: Turn, *, disclosed: bool, model: str | None) -> Settle:
        """Return how to settle the event with a turn of the assistant."""

        def settle(connection: Connection) -> bool:
            if self._is_unsent(connection):
                return self.left("unsent")(connection)
            known = {"disclosed_at": self.now} if disclosed else {}
            changes = {"state": turn.state.to_json(), **known}
            if not self._mark(connection, changes, epoch=self.owed.epoch):
                return self.left("left_to_person")(connection)
            if not self._show(connection):
                # It was shown as it came: what was made of it is news all the same.
                threads.stir(connection, self._conversation)
            turn_id = self._record(connection, **_described(turn, model))
            if self.prompt is None:
                recalls.heard(connection, self._conversation)
            self._apply(connection, turn, turn_id)
            self._expect(connection, turn)
            planned = [_planned(reply) for reply in turn.replies]
            outbox.plan(connection, self._conversation, self.now, planned)
            return True

        return settle

    def left(self, outcome: str) -> Settle:
        """Return how to settle an event that the assistant does not answer."""

        def settle(connection: Connection) -> bool:
            if not self._mark(connection, {}):
                return False
            self._show(connection, late=outcome == "late")
            self._record(connection, outcome=outcome, trace={}, events=[])
            if self._is_unsent(connection):
                self._forget(connection)
            return True

        return settle

    def set_aside(self, reason: str, *, shown: bool) -> Settle:
        """Return how to quarantine an event, and fetch a person for its customer."""

        def settle(connection: Connection) -> bool:
            state = EventState.QUARANTINED
            if not self._mark(connection, {}, state=state, reason=reason):
                return False
            if shown:
                self._show(connection)
                trace = {"parse": {"text": _text(self.event)}}
                self._record(connection, outcome="failed", trace=trace, events=[])
            if self.prompt is not None:
                return True
            summary = "The assistant could not handle the customer's last message."
            self._fetch_person(connection, "error", summary)
            return True

        return settle

    @property
    def _conversation(self) -> int:
        return self.owed.conversation_id

    def _forget(self, connection: Connection) -> None:
        """Empty what arrived after it had been taken back."""
        match self.event:
            case MessageReceived(page_id=page_id, mid=str() as mid):
                wording.unsend(connection, page_id, mid, self.now, LAST_WORDS)

    def _is_unsent(self, connection: Connection) -> bool:
        """Whether the customer took back what we have thought about."""
        match self.event:
            case MessageReceived(page_id=page_id, mid=str() as mid):
                return wording.is_unsent(connection, page_id, mid)
        return False

    def _mark(
        self,
        connection: Connection,
        changes: Mapping[str, Any],
        *,
        state: EventState = EventState.HANDLED,
        epoch: int | None = None,
        reason: str | None = None,
    ) -> bool:
        return claims.settle(
            connection,
            self.held,
            self.owed.event_id,
            state=state,
            epoch=epoch,
            reason=reason,
            changes={**changes, **self._newest(), **self._spoken()},
        )

    def _spoken(self) -> dict[str, Any]:
        changed = self.language and self.language != self.owed.language
        return {"language": self.language} if changed else {}

    def _newest(self) -> dict[str, Any]:
        """Return the mark of the newest event that was handled; it never goes back."""
        if self.prompt is not None:
            return {}
        if self.owed.handled_at is not None and self.owed.at < self.owed.handled_at:
            return {}
        return {"handled_at": self.owed.at, "handled_id": self.owed.event_id}

    def _record(
        self, connection: Connection, *, events: list[dict[str, Any]], **row: Any
    ) -> int:
        return claims.add_turn(
            connection,
            events,
            event_id=self.owed.event_id,
            conversation_id=self._conversation,
            at=self.now,
            **row,
        )

    def _show(self, connection: Connection, *, late: bool = False) -> bool:
        """Put what the customer did into the thread; return False if it is there."""
        if self.prompt is not None:
            return True
        if spoken := self._spoken():
            # What Messenger tells of them stays; most it tells nothing of.
            customer = Customer.id == self.owed.customer_id
            unknown = Customer.language.is_(None)
            connection.execute(
                update(Customer).where(customer, unknown).values(**spoken)
            )
        return showing.heard(
            connection,
            self._conversation,
            self.owed.customer_id,
            self.event,
            self.now,
            late=late,
        )

    def _expect(self, connection: Connection, turn: Turn) -> None:
        """Let the assistant begin by itself, should the customer fall silent now."""
        if self.prompt is not None or self.attendance is None:
            return
        passage = Passage(
            before=State.from_json(self.owed.state),
            after=turn.state,
            resolved=_resolved(turn),
        )
        whose, found = self._conversation, self.attendance
        prompts.follow(connection, whose, passage, self.now, found)

    def _apply(self, connection: Connection, turn: Turn, turn_id: int) -> None:
        """Let the turn's events have their effect outside the dialogue."""
        whose = Whose(
            connection=connection,
            conversation_id=self._conversation,
            customer_id=self.owed.customer_id,
            now=self.now,
            about=self.prompt.about if self.prompt is not None else {},
        )
        effects.apply(whose, turn.events)
        if turn.handoff is not None:
            reason, summary = turn.handoff.reason, turn.handoff.summary
            self._fetch_person(connection, reason, summary, turn_id)

    def _fetch_person(
        self,
        connection: Connection,
        reason: str,
        summary: str,
        turn_id: int | None = None,
    ) -> None:
        since = self.now - AGAIN
        again = turns.handed_over(connection, self._conversation, since, but=turn_id)
        handoff.request(
            connection,
            self._conversation,
            self.now,
            reason=reason,
            summary=summary,
            answer_within=self.answer_within,
            turn_id=turn_id,
            priority=urgency(reason, _text(self.event), again=again),
        )


def _text(event: Event) -> str:
    match event:
        case MessageReceived(text=str(text)) | PostbackReceived(title=str(text)):
            return text
    return ""


def _resolved(turn: Turn) -> str | None:
    """Return the goal that came to its end in a turn: of the FAQ, the question."""
    if not any(event["event"] == "resolved" for event in turn.events):
        return None
    intent = turn.trace["parse"]["intent"]["name"] or ""
    return intent if intent.startswith("faq/") else str(turn.trace["flow"] or intent)


def _planned(reply: Reply) -> outbox.Planned:
    return outbox.Planned(
        message=reply.message,
        text=reply.text,
        author="flow",
        purpose=reply.purpose,
        send_class=reply.send_class,
    )


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
