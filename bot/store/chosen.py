"""What customers meant by their words: what they then took of "did you mean"."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from bot.store.lessons import Kind
from bot.store.models import Conversation, Customer, Turn
from bot.store.review import RECENT
from bot.store.teaching import TurnMark
from bot.store.types import AnyRow

#: Choices that are read.
MOST = 2000


def chosen(connection: Connection) -> list[AnyRow]:
    """Return what customers wrote and then chose, the newest first.

    Each row has ``turn_id``, ``text``, ``name``, ``intent`` and ``mark``: the turn of
    the words, who wrote them, what was chosen, what somebody said of the turn since.
    Words are left out that were one part of several, and those of which a colleague
    said that what came of them was wrong, or that they mean something else.
    """
    rows: Sequence[AnyRow] = connection.execute(_statement()).all()
    return [row for row in rows if row.text and row.intent in _intents(row.offer)]


def _intents(offer: Sequence[Any] | None) -> list[str]:
    return [one["intent"] for one in offer or () if one.get("intent")]


def _statement() -> Select[Any]:
    recent = select(Turn.id).order_by(Turn.id.desc()).limit(RECENT).subquery()
    later, its_mark = aliased(Turn), aliased(TurnMark)
    intent = later.trace["parse"]["intent"]["name"].as_string()
    relabelled = and_(TurnMark.intent.is_not(None), TurnMark.intent != intent)
    wrong = or_(
        func.coalesce(TurnMark.kind, "").in_(
            [Kind.WRONG.value, Kind.OUT_OF_SCOPE.value]
        ),
        func.coalesce(its_mark.kind, "") == Kind.WRONG.value,
        relabelled,
    )
    return (
        select(
            Turn.id.label("turn_id"),
            Turn.trace["parse"]["text"].as_string().label("text"),
            Turn.trace["offer"].label("offer"),
            Customer.name,
            intent.label("intent"),
            TurnMark.kind.label("mark"),
        )
        .join(recent, recent.c.id == Turn.id)
        .join(later, later.id == _next())
        .join(Conversation, Conversation.id == Turn.conversation_id)
        .join(Customer, Customer.id == Conversation.customer_id)
        .outerjoin(TurnMark, TurnMark.turn_id == Turn.id)
        .outerjoin(its_mark, its_mark.turn_id == later.id)
        .where(
            Turn.outcome == "offered", _is_whole(), later.trace["chosen"].as_boolean()
        )
        .where(~wrong)
        .order_by(Turn.id.desc())
        .limit(MOST)
    )


def _next() -> Any:
    """Return the id of the turn after one in its conversation."""
    following = aliased(Turn)
    return (
        select(func.min(following.id))
        .where(following.conversation_id == Turn.conversation_id)
        .where(following.id > Turn.id)
        .correlate(Turn)
        .scalar_subquery()
    )


def _is_whole() -> Any:
    """Whether a turn was of one text, and nothing else was said in it."""
    return and_(
        Turn.trace["heard"].as_string() == "text",
        Turn.trace["pieces"].as_string().is_(None),
        Turn.trace["parts"].as_string().is_(None),
    )
