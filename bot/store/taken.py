"""That Messenger took messages: noted from its answers, or from echoes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Connection,
    bindparam,
    delete,
    literal_column,
    select,
    tuple_,
    update,
)

from bot.store import threads
from bot.store.models import (
    UNSETTLED,
    Author,
    Conversation,
    Customer,
    Message,
    OutgoingMessage,
    OutgoingState,
)
from bot.store.types import AnyRow, with_table, word

#: The states of a message of which it may still turn out that Messenger took it.
HOPEFUL = (*UNSETTLED, OutgoingState.UNCONFIRMED)


@dataclass(frozen=True, kw_only=True)
class Taken:
    """That Messenger took a message: from its answer to an attempt, or from an echo."""

    id: int
    mid: str | None
    at: datetime
    attempt: int | None = None


def settle(connection: Connection, taken: Sequence[Taken]) -> set[int]:
    """Note that Messenger took messages; return those of which it was not known.

    An unconfirmed one is confirmed by this as well, and whoever could not be reached
    can be again.
    """
    rows = [*_settled(connection, taken)]
    if not rows:
        return set()
    by_id = {one.id: one for one in reversed(taken)}  # of two the first
    named = [(row, by_id[row.id]) for row in rows]
    # An echo that came first, without our mark, looked like somebody else's.
    mids = [
        (row.conversation_id, one.mid)
        for row, one in named
        if one.mid is not None and row.has_strangers
    ]
    if mids:
        connection.execute(_FORGET_STRANGERS, {"whose": mids})
    what = [
        {"message": row.message_id, "its_mid": one.mid, "moment": one.at}
        for row, one in named
    ]
    connection.execute(_NOTE_MID, what)
    whose = {row.conversation_id for row in rows}
    connection.execute(_REACHED, {"whose": [*whose]})
    threads.stir_all(connection, whose)
    return {row.id for row in rows}


def _settled(connection: Connection, taken: Sequence[Taken]) -> Iterator[AnyRow]:
    """Mark as sent what was not settled; yield what was marked."""
    attempts = [(one.id, one.attempt) for one in taken if one.attempt is not None]
    if attempts:
        yield from connection.execute(_SENT_AT_ATTEMPT, {"attempts": attempts})
    others = [one.id for one in taken if one.attempt is None]
    if others:
        yield from connection.execute(_SENT, {"these": others})


# Built once: to build a statement costs ten times what it costs to run it.
_HAS_STRANGERS = (
    select(literal_column("1"))
    .select_from(Message)
    .where(
        with_table(Message.conversation_id)
        == with_table(OutgoingMessage.conversation_id)
    )
    .where(with_table(Message.author) == word(Author.ELSEWHERE))
    .exists()
)
_MARK_SENT = (
    update(OutgoingMessage)
    .where(OutgoingMessage.state.in_(HOPEFUL))
    .values(state=OutgoingState.SENT, reason=None)
    .returning(
        OutgoingMessage.id,
        OutgoingMessage.message_id,
        OutgoingMessage.conversation_id,
        _HAS_STRANGERS.label("has_strangers"),
    )
)
_SENT = _MARK_SENT.where(OutgoingMessage.id.in_(bindparam("these", expanding=True)))
_SENT_AT_ATTEMPT = _MARK_SENT.where(
    tuple_(OutgoingMessage.id, OutgoingMessage.attempt).in_(
        bindparam("attempts", expanding=True)
    )
)
_FORGET_STRANGERS = (
    delete(Message)
    .where(
        tuple_(Message.conversation_id, Message.mid).in_(
            bindparam("whose", expanding=True)
        )
    )
    .where(Message.author == Author.ELSEWHERE)
)
_REACHED = (
    update(Customer)
    .where(Customer.unreachable_at.is_not(None))
    .where(
        Customer.id.in_(
            select(Conversation.customer_id).where(
                Conversation.id.in_(bindparam("whose", expanding=True))
            )
        )
    )
    .values(unreachable_at=None)
)
_NOTE_MID = (
    update(Message)
    .where(Message.id == bindparam("message"), Message.mid.is_(None))
    .values(mid=bindparam("its_mid"), at=bindparam("moment"))
)
