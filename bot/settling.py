"""Write down what came of events, in one transaction, if it is still ours to do.

Guarded by the claim: a worker that lost its conversation changes nothing. A turn
is guarded by the epoch as well: a person who took over while we were thinking is
not answered over; the event then counts as left to them, or is taken again where they
have gone by now. So is a message that was edited meanwhile. The conversations are
locked first, so what is found of them holds until the commit.

Many at once, because a statement for ten costs hardly more than one for one; what
is seldom (a person is fetched, an event has an effect) is done one by one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot import effects, handoff, prompts, recalls, showing
from bot.effects import Whose
from bot.prompts import Passage
from bot.replies import Reply
from bot.settlement import LEFT, Outcome, Settlement
from bot.store import arrivals, claims, handled, logbook, outbox, turns, wording
from bot.store.handled import Change
from bot.store.models import Status
from bot.store.outbox import Place, Planned
from bot.store.types import AnyRow
from bot.summary import LAST_WORDS
from bot.turn import Turn
from bot.urgency import AGAIN, urgency
from flows.stack import State


@dataclass(frozen=True)
class _Held:
    """An outcome that counts, and its conversation as it stood when it was locked."""

    outcome: Outcome
    row: AnyRow
    is_unsent: bool
    is_reworded: bool

    @property
    def of(self) -> Settlement:
        return self.outcome.of

    @property
    def replies(self) -> Sequence[Reply]:
        """Return what is planned together with that of others."""
        turn = self.outcome.turn
        return turn.replies if turn is not None and self.outcome.is_plain else ()


def settle(connection: Connection, outcomes: Sequence[Outcome]) -> list[bool | None]:
    """Write down what came of events, one of each conversation.

    Return of each whether its conversation owes more; None, and nothing of it is
    written, if another worker holds the conversation by now.
    """
    rows = claims.lock(connection, [one.of.conversation_id for one in outcomes])
    ours = [one for one in outcomes if claims.holds(_row(rows, one), one.of.held)]
    messages = [one.of.message for one in ours if one.of.message is not None]
    reworded = wording.of_all(connection, messages)
    again = {
        one.of.held
        for one in ours
        if _is_to_be_answered(_row(rows, one), one) or one.is_outdated(reworded)
    }
    ours = [one for one in ours if one.of.held not in again]
    held = [_fitting(one, rows[one.of.conversation_id], reworded) for one in ours]
    owing = _change(connection, held, _show(connection, held))
    _record(connection, held)
    settled = {one.of.held: one.of.conversation_id in owing for one in ours}
    return [one.of.held in again or settled.get(one.of.held) for one in outcomes]


def _row(rows: Mapping[int, AnyRow], one: Outcome) -> AnyRow | None:
    return rows.get(one.of.conversation_id)


def _is_to_be_answered(row: AnyRow | None, one: Outcome) -> bool:
    """Return whether a person answered, or would have, who has gone since.

    Who resolves or gives back knows nothing of what is being thought about: left to
    them, it would be answered by nobody.
    """
    if row is None or row.status is not Status.BOT or one.of.prompt is not None:
        return False
    return row.epoch != one.of.owed.epoch and (one.turn is not None or one.is_left)


def _fitting(
    outcome: Outcome, row: AnyRow, reworded: Mapping[tuple[str, str], int]
) -> _Held:
    """Return what counts: a turn only if nobody took over, or took the message back."""
    of = outcome.of
    number = reworded.get(of.message) if of.message is not None else None
    is_unsent = number == wording.UNSENT
    if outcome.turn is not None:
        if is_unsent:
            outcome = of.left("unsent")
        elif not claims.holds(row, of.held, epoch=of.owed.epoch):
            outcome = of.left(LEFT)
    return _Held(outcome, row, is_unsent, number is not None)


def _show(connection: Connection, held: Sequence[_Held]) -> set[int]:
    """Put what customers did into their threads; return the events that were not there.

    A prompt is none of the customer's.
    """
    shown = [one for one in held if one.outcome.is_shown and one.of.prompt is None]
    heard = [
        showing.Heard(
            conversation_id=one.of.conversation_id,
            event=one.of.event,
            late=one.outcome.late,
            is_reworded=one.is_reworded,
        )
        for one in shown
    ]
    added = showing.all_of(connection, heard)
    for one in shown:
        if one.of.spoken and one.row.customer_language is None:
            # What Messenger tells of them stays; most it tells nothing of.
            arrivals.speaks(connection, one.of.owed.customer_id, one.of.language)
        if one.row.unreachable_at is not None:
            arrivals.reachable(connection, one.of.owed.customer_id)
    return {
        one.of.owed.event_id for one, is_new in zip(shown, added, strict=True) if is_new
    }


def _change(connection: Connection, held: Sequence[_Held], shown: set[int]) -> set[int]:
    """Mark the events, and change their conversations; return which owe more."""
    events = [one.of.owed.event_id for one in held]
    owing = handled.owing(connection, [one.of.conversation_id for one in held], events)
    handled.settle(connection, [_changed(one, shown, owing) for one in held])
    return owing


def _changed(one: _Held, shown: set[int], owing: set[int]) -> Change:
    outcome, of = one.outcome, one.of
    is_new = of.owed.event_id in shown
    heard = outcome.is_shown and of.prompt is None
    # It was shown as it came: what was made of it is news all the same.
    is_news = is_new or (outcome.turn is not None and heard)
    moments = [of.event.at] * is_new + [of.now] * bool(one.replies)
    return Change(
        held=of.held,
        event_id=of.owed.event_id,
        state=outcome.state,
        reason=outcome.reason,
        columns={**outcome.changes, **of.newest, **of.spoken},
        said_at=max(moments, default=None),
        heard_at=min(of.event.at, of.now) if heard else None,
        is_recalled=is_new,
        stirs=is_news + len(one.replies),
        places=len(one.replies),
        goes_on=of.conversation_id in owing,
    )


def _record(connection: Connection, held: Sequence[_Held]) -> None:
    """Write down the turns, let them have their effects, and owe what they say."""
    recorded = [one for one in held if one.outcome.record is not None]
    ids = logbook.add_turns(connection, [_turn_row(one) for one in recorded])
    turn_ids = {
        one.of.owed.event_id: turn_id
        for one, turn_id in zip(recorded, ids, strict=True)
    }
    answered = [one for one in held if one.outcome.turn is not None]
    written = [one.of.conversation_id for one in answered if one.of.prompt is None]
    recalls.heard(connection, written)
    for one in held:
        turn_id = turn_ids.get(one.of.owed.event_id)
        _follow(connection, one, one.outcome.turn, turn_id)
    outbox.plan_all(connection, [owed for one in answered for owed in _places(one)])


def _turn_row(one: _Held) -> tuple[Mapping[str, Any], Sequence[Any]]:
    record = dict(one.outcome.record or {})
    events = record.pop("events")
    whose = {
        "event_id": one.of.owed.event_id,
        "conversation_id": one.of.conversation_id,
        "at": one.of.now,
    }
    return {**whose, **record}, events


def _follow(
    connection: Connection, one: _Held, turn: Turn | None, turn_id: int | None
) -> None:
    """Do what an outcome asks for that is not asked for by all."""
    of = one.of
    if turn is None:
        if one.outcome.reason is None:
            _forget(connection, one)
        elif of.prompt is None:
            summary = "The assistant could not handle the customer's last message."
            _fetch_person(connection, of, "error", summary)
        return
    if not one.outcome.is_plain:
        _apply(connection, of, turn, turn_id)
    _expect(connection, of, turn)
    if not one.outcome.is_plain:
        planned = [_planned(reply) for reply in turn.replies]
        outbox.plan(connection, of.conversation_id, of.now, planned)


def _forget(connection: Connection, one: _Held) -> None:
    """Empty what arrived after it had been taken back."""
    if one.is_unsent and one.of.message is not None:
        wording.unsend(connection, *one.of.message, one.of.now, LAST_WORDS)


def _expect(connection: Connection, of: Settlement, turn: Turn) -> None:
    """Let the assistant begin by itself, should the customer fall silent now."""
    if of.prompt is not None:
        return
    passage = Passage(
        before=State.from_json(of.owed.state),
        after=turn.state,
        resolved=_resolved(turn),
    )
    prompts.follow(connection, of.conversation_id, passage, of.now, of.attendance)


def _apply(
    connection: Connection, of: Settlement, turn: Turn, turn_id: int | None
) -> None:
    """Let the turn's events have their effect outside the dialogue."""
    whose = Whose(
        connection=connection,
        conversation_id=of.conversation_id,
        customer_id=of.owed.customer_id,
        now=of.now,
        about=of.prompt.about if of.prompt is not None else {},
    )
    effects.apply(whose, turn.events)
    if turn.handoff is not None:
        reason, summary = turn.handoff.reason, turn.handoff.summary
        _fetch_person(connection, of, reason, summary, turn_id)


def _fetch_person(
    connection: Connection,
    of: Settlement,
    reason: str,
    summary: str,
    turn_id: int | None = None,
) -> None:
    since = of.now - AGAIN
    again = turns.handed_over(connection, of.conversation_id, since, but=turn_id)
    handoff.request(
        connection,
        of.conversation_id,
        of.now,
        reason=reason,
        summary=summary,
        answer_within=of.answer_within,
        turn_id=turn_id,
        priority=urgency(reason, of.text, again=again),
    )


def _resolved(turn: Turn) -> str | None:
    """Return the goal that came to its end in a turn: of the FAQ, the question."""
    if not any(event["event"] == "resolved" for event in turn.events):
        return None
    intent = turn.trace["parse"]["intent"]["name"] or ""
    return intent if intent.startswith("faq/") else str(turn.trace["flow"] or intent)


def _places(one: _Held) -> list[tuple[Place, Planned, datetime]]:
    """Return what a conversation is owed, each at the place that was taken for it."""
    return [
        (
            Place(
                conversation_id=one.of.conversation_id,
                page_id=one.row.page_id,
                epoch=one.row.epoch,
                seq=one.row.last_seq + number,
            ),
            _planned(reply),
            one.of.now,
        )
        for number, reply in enumerate(one.replies, 1)
    ]


def _planned(reply: Reply) -> Planned:
    return Planned(
        message=reply.message,
        text=reply.text,
        author="flow",
        purpose=reply.purpose,
        send_class=reply.send_class,
    )
