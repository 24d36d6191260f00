"""What came of the messages that the assistant acted on by itself: one statement."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from bot.realised import Answered, Signal
from bot.store import raised
from bot.store.lessons import Kind
from bot.store.models import Turn
from bot.store.satisfaction import Satisfaction
from bot.store.teaching import TurnMark
from bot.store.types import AnyRow
from intents.rejection import CERTAIN

SPAN = timedelta(days=30)
#: Turns that are looked at.
RECENT = 20_000
#: So soon after an answer who asks for a person may have got a wrong one, and so soon
#: after "did you mean" a tap answers it.
SOON, PATIENCE = timedelta(minutes=10), timedelta(minutes=5)
#: Why a person came, if it was for what the assistant had said.
ASKED_FOR = ("asked", "misses")
WRONG_ANSWER, UNSATISFIED = "wrong_answer", "unsatisfied"
#: Rules by which a number decides, and not what is meant.
_BY_NUMBER = ("bare_number", "numbered")


def answered(connection: Connection, now: datetime) -> Iterator[Answered]:
    """Yield what was acted on of late for what it means, and what came of it.

    Of an intent that was published or taught since, or whose raised threshold an admin
    took back, what came before does not count. Neither does an example said word for
    word, which is always answered.
    """
    for row in connection.execute(_statement(now)):
        signal = _signal(row)
        if row.outcome != "offered" or _was_judged(row):
            yield Answered(
                turn_id=row.id,
                conversation_id=row.conversation_id,
                intent=row.intent,
                language=row.language,
                confidence=row.confidence,
                signal=signal,
            )


def _signal(row: AnyRow) -> Signal | None:
    """Return the surest of what speaks against an answer; a colleague's word counts."""
    if row.mark == Kind.WRONG:
        return Signal.MARKED
    if row.mark in (Kind.TAUGHT, Kind.OUT_OF_SCOPE):
        return None if row.marked_as == row.intent else Signal.RELABELLED
    if row.outcome == "offered":
        return None if row.next_intent == row.intent else Signal.REFUSED
    if row.score == UNSATISFIED:
        wrong = row.reason == WRONG_ANSWER
        return Signal.DISAPPROVED if wrong else Signal.DISSATISFIED
    soon = row.next_at is not None and row.next_at - row.at <= SOON
    return Signal.LEFT if soon and row.next_handoff in ASKED_FOR else None


def _was_judged(row: AnyRow) -> bool:
    """Whether somebody said if what was only offered was right.

    It would have been answered, but for the raised threshold.
    """
    if row.confidence < (row.usual or CERTAIN):
        return False
    soon = row.next_at is not None and row.next_at - row.at <= PATIENCE
    return row.mark in (Kind.WRONG, Kind.TAUGHT, Kind.OUT_OF_SCOPE) or (
        soon and bool(row.next_chosen)
    )


def _statement(now: datetime) -> Any:
    turns, renewed, back = _turns(now), raised.renewals(), raised.taken_back()
    asked = _asked_how_it_was()
    return (
        select(
            *turns.c,
            TurnMark.kind.label("mark"),
            TurnMark.intent.label("marked_as"),
            asked.c.score,
            asked.c.reason,
        )
        .outerjoin(TurnMark, TurnMark.turn_id == turns.c.id)
        .outerjoin(renewed, renewed.c.intent == turns.c.intent)
        .outerjoin(
            back,
            and_(back.c.intent == turns.c.intent, back.c.language == turns.c.language),
        )
        .outerjoin(
            asked,
            and_(
                asked.c.conversation_id == turns.c.conversation_id,
                asked.c.goal == turns.c.intent,
                asked.c.asked_at >= turns.c.at,
            ),
        )
        .where(_acted(turns))
        .where(or_(renewed.c.at.is_(None), turns.c.at > renewed.c.at))
        .where(or_(back.c.at.is_(None), turns.c.at > back.c.at))
        .order_by(turns.c.id)
    )


def _turns(now: datetime) -> Any:
    """Return recent turns, each with what came next in its conversation."""
    newest = select(func.max(Turn.id)).scalar_subquery()
    trace = Turn.trace
    return (
        select(
            Turn.id,
            Turn.conversation_id,
            Turn.at,
            Turn.intent,
            Turn.language,
            Turn.confidence,
            Turn.flow,
            Turn.outcome,
            trace["heard"].as_string().label("heard"),
            trace["chosen"].as_boolean().label("chosen"),
            trace["band"].as_string().label("band"),
            trace["rule"].as_string().label("rule"),
            trace["raised"]["usual"].as_float().label("usual"),
            _next(Turn.at).label("next_at"),
            _next(Turn.intent).label("next_intent"),
            _next(trace["chosen"].as_boolean()).label("next_chosen"),
            _next(trace["handoff"].as_string()).label("next_handoff"),
        )
        .where(Turn.at > now - SPAN, Turn.id > newest - RECENT)
        .subquery()
    )


def _next(column: Any) -> Any:
    """Return what a column holds in the next turn of the conversation."""
    return func.lead(column, type_=column.type).over(
        partition_by=Turn.conversation_id, order_by=Turn.id
    )


def _acted(turns: Any) -> Any:
    """Whether a text was acted on for what it means, or would have been."""
    acted = and_(
        turns.c.flow.is_not(None),
        turns.c.band == "answer",
        turns.c.rule.not_in(_BY_NUMBER),
    )
    offered = and_(turns.c.outcome == "offered", turns.c.usual.is_not(None))
    return and_(
        turns.c.heard == "text",
        ~turns.c.chosen,
        turns.c.intent.is_not(None),
        turns.c.language.is_not(None),
        turns.c.confidence < CERTAIN,
        or_(acted, offered),
    )


def _asked_how_it_was() -> Any:
    """Return the newest mark of each customer for each goal, as a subquery."""
    newest = (
        select(func.max(Satisfaction.id).label("id"))
        .where(Satisfaction.goal.is_not(None))
        .group_by(Satisfaction.conversation_id, Satisfaction.goal)
        .subquery()
    )
    return (
        select(
            Satisfaction.conversation_id,
            Satisfaction.goal,
            Satisfaction.asked_at,
            Satisfaction.score,
            Satisfaction.reason,
        )
        .join(newest, newest.c.id == Satisfaction.id)
        .subquery()
    )
