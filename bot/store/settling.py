"""How it ended with a row on its way to Messenger."""

from sqlalchemy import Connection, Update, bindparam, select, update

from bot.store import outbox, threads
from bot.store.models import UNSENT, UNSETTLED, Message, OutgoingMessage, OutgoingState
from bot.store.types import DatabaseSeconds


def settle(
    connection: Connection,
    outgoing_id: int,
    state: OutgoingState,
    reason: str | None = None,
    *,
    attempt: int | None = None,
    wait: float | None = None,
) -> bool:
    """Move an unsettled row to *state*; return False if it was settled already.

    With *attempt* only that attempt is settled. *wait* seconds pass before the
    row is looked at again. One that would end unsent, and that Messenger may have
    taken at an earlier attempt, is left unconfirmed.
    """
    query = _of(attempt is not None)
    later = None if wait is None else DatabaseSeconds() + wait
    as_it_is = {"state": state, "reason": reason}
    found = connection.scalar(
        query.values(
            **(outbox.ended(state, reason) if state in UNSENT else as_it_is),
            not_before=later if state is OutgoingState.PENDING else None,
            lease_until=later if state is OutgoingState.SENDING else None,
        ).returning(OutgoingMessage.conversation_id),
        {"outgoing": outgoing_id, "attempt_then": attempt},
    )
    if found is not None:
        threads.stir(connection, found)
    return found is not None


def _of(one_attempt: bool) -> Update:
    """Return an UPDATE of a row that is not settled, perhaps of one attempt."""
    query = update(OutgoingMessage).where(
        OutgoingMessage.id == bindparam("outgoing"),
        OutgoingMessage.state.in_(UNSETTLED),
    )
    if one_attempt:
        return query.where(OutgoingMessage.attempt == bindparam("attempt_then"))
    return query


def say_instead(connection: Connection, outgoing_id: int, said: str) -> None:
    """Keep the words of the template that went out in the place of a message."""
    message = select(OutgoingMessage.message_id).where(
        OutgoingMessage.id == outgoing_id
    )
    connection.execute(
        update(Message).where(Message.id == message.scalar_subquery()).values(text=said)
    )
