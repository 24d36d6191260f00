"""What the assistant did not know of late: what waits for an editor."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from bot.store.lessons import Kind
from bot.store.models import Turn
from bot.store.teaching import TurnMark
from bot.store.types import AnyRow
from intents.rejection import OUT_OF_SCOPE_INTENT

SPAN = timedelta(days=30)
#: Turns that are looked at, and of those that wait how many are shown at most.
RECENT = 20_000
MOST = 2000
#: So long after "did you mean" a tap may still come.
PATIENCE = timedelta(minutes=5)
#: Of the next answers in a conversation, those among which it may be asked again.
BEHIND = (1, 2)
#: A goal that asks nothing.
GREETING = "greet"
#: What a turn keeps that told nothing new (`bot.again`).
NOTED = "told_again"
#: Why a person was fetched if it was for want of knowledge.
NOT_KNOWN = ("unsure", "misses", "no_answer")
_TEXT = Turn.trace["parse"]["text"].as_string()


def waiting(
    connection: Connection, now: datetime, reasked: Collection[int] = ()
) -> Sequence[AnyRow]:
    """Return the turns that an editor should see, the newest first.

    With those among *reasked*: what they asked was answered, and asked again.
    """
    query = _waiting(
        now,
        reasked,
        Turn.id,
        Turn.conversation_id,
        Turn.at,
        Turn.outcome,
        Turn.intent,
        _TEXT.label("text"),
        Turn.trace["heard"].as_string().label("heard"),
        Turn.trace["parse"]["language"].as_string().label("language"),
        Turn.trace["handoff"].as_string().label("handoff"),
        TurnMark.kind,
    )
    return connection.execute(query.order_by(Turn.id.desc()).limit(MOST)).all()


def numbers(
    connection: Connection, now: datetime, reasked: Collection[int] = ()
) -> Sequence[AnyRow]:
    """Return the same turns by their ids, and whether each was marked as wrong."""
    is_wrong = func.coalesce(TurnMark.kind, "") == Kind.WRONG.value
    query = _waiting(now, reasked, Turn.id, is_wrong.label("is_wrong"))
    return connection.execute(query.order_by(Turn.id.desc()).limit(MOST)).all()


def answered_twice(connection: Connection, now: datetime) -> Sequence[AnyRow]:
    """Return pairs of turns of which the second may ask the same; both were answered.

    ``id``, ``intent``, ``text`` and ``entities`` are of the first, what ends in
    ``_again`` is of the second; ``told_again`` says that this told nothing new.
    """
    recent = select(Turn.id).order_by(Turn.id.desc()).limit(RECENT).subquery()
    following = [
        func.lead(Turn.id, far)
        .over(partition_by=Turn.conversation_id, order_by=Turn.id)
        .label(f"next_{far}")
        for far in BEHIND
    ]
    answered = (
        select(Turn.id, *following)
        .join(recent, recent.c.id == Turn.id)
        .where(Turn.at > now - SPAN)
        .where(Turn.outcome == "answered", Turn.flow != GREETING)
        .where(Turn.trace["heard"].as_string() == "text")
        .where(~func.coalesce(Turn.trace["chosen"].as_boolean(), False))
        .subquery()
    )
    later = aliased(Turn)
    query = (
        select(
            *(Turn.id, Turn.intent, Turn.at, *_said(Turn, "")),
            later.intent.label("intent_again"),
            later.at.label("at_again"),
            *_said(later, "_again"),
            later.trace[NOTED].as_boolean().label(NOTED),
        )
        .join(answered, answered.c.id == Turn.id)
        .join(later, or_(*(later.id == answered.c[f"next_{far}"] for far in BEHIND)))
        .outerjoin(TurnMark, TurnMark.turn_id == Turn.id)
        .where(TurnMark.kind.is_(None))
    )
    return connection.execute(query.order_by(Turn.id.desc()).limit(MOST)).all()


def _said(turn: Any, end: str) -> list[Any]:
    parse = turn.trace["parse"]
    return [
        parse["text"].as_string().label(f"text{end}"),
        parse["entities"].label(f"entities{end}"),
    ]


def _waiting(now: datetime, reasked: Collection[int], *columns: Any) -> Select[Any]:
    recent = select(Turn.id).order_by(Turn.id.desc()).limit(RECENT).subquery()
    not_known = and_(
        Turn.outcome == "handed_over",
        Turn.trace["handoff"].as_string().in_(NOT_KNOWN),
        func.coalesce(Turn.intent, "") != OUT_OF_SCOPE_INTENT,
    )
    unsure = and_(
        Turn.outcome == "offered", Turn.at < now - PATIENCE, ~_was_chosen_from()
    )
    # What was tapped teaches nothing; that its answer was wrong is worth a look.
    unmarked = and_(TurnMark.kind.is_(None), Turn.trace["heard"].as_string() == "text")
    return (
        select(*columns)
        .join(recent, recent.c.id == Turn.id)
        .outerjoin(TurnMark, TurnMark.turn_id == Turn.id)
        .where(Turn.at > now - SPAN, _TEXT != "")
        .where(
            or_(
                TurnMark.kind == Kind.WRONG.value,
                and_(unmarked, or_(not_known, unsure, Turn.id.in_(reasked))),
            )
        )
    )


def _was_chosen_from() -> Any:
    """Whether the customer's next turn took one of the choices offered."""
    later = aliased(Turn)
    chose = and_(
        later.trace["chosen"].as_boolean(),
        later.trace["rule"].as_string() != "something_else",
    )
    following = (
        select(chose)
        .where(later.conversation_id == Turn.conversation_id, later.id > Turn.id)
        .order_by(later.id)
        .limit(1)
        .correlate(Turn)
        .scalar_subquery()
    )
    return func.coalesce(following, False)


def known(connection: Connection, turns: Sequence[int]) -> Sequence[int]:
    """Return those of *turns* that there are."""
    query = select(Turn.id).where(Turn.id.in_(turns[:MOST])).order_by(Turn.id)
    return connection.scalars(query).all()
