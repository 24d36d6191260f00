"""A person decides about a message whose fate nobody knows, or that was refused.

Each decision is one UPDATE that names the old state: of two people who decide at
once, and of a click that comes twice, one counts.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, exists, or_, select, update
from sqlalchemy.orm import aliased

from bot.store import threads
from bot.store.models import (
    REFUSED,
    Conversation,
    Customer,
    OutgoingMessage,
    OutgoingState,
    Status,
)
from bot.store.outbox import UNASKED
from bot.store.types import AnyRow
from bot.tongue import shape

MARKED = shape("marked as sent by {name}")


def mark_sent(
    connection: Connection, conversation_id: int, outgoing_id: int, name: str
) -> bool:
    """Take an unconfirmed message as sent, because *name* says so."""
    threads.lock(connection, [conversation_id])
    done = connection.execute(
        update(OutgoingMessage)
        .where(OutgoingMessage.id == outgoing_id)
        .where(OutgoingMessage.conversation_id == conversation_id)
        .where(OutgoingMessage.state == OutgoingState.UNCONFIRMED)
        .values(state=OutgoingState.SENT, reason=MARKED.format(name=name))
    )
    if done.rowcount == 1:
        threads.stir(connection, conversation_id)
    return done.rowcount == 1


def send_again(
    connection: Connection, conversation_id: int, outgoing_id: int, staff_id: int
) -> bool:
    """Let a message out once more, as one of who answers now.

    An unconfirmed one, whoever wrote it; one that was refused only if a person
    wrote it. Not in a conversation that somebody else holds.
    """
    uncertain = OutgoingMessage.state == OutgoingState.UNCONFIRMED
    refused = OutgoingMessage.state.in_(REFUSED) & (OutgoingMessage.author == "agent")
    ours = or_(
        Conversation.status != Status.AGENT,
        Conversation.assignee_id.is_(None),
        Conversation.assignee_id == staff_id,
    )
    epoch = connection.scalar(
        select(Conversation.epoch)
        .where(Conversation.id == conversation_id, ours)
        .with_for_update()
    )
    if epoch is None:
        return False
    done = connection.execute(
        update(OutgoingMessage)
        .where(OutgoingMessage.id == outgoing_id)
        .where(OutgoingMessage.conversation_id == conversation_id)
        .where(or_(uncertain, refused))
        .values(
            state=OutgoingState.PENDING,
            epoch=epoch,
            reason=None,
            in_doubt=or_(OutgoingMessage.in_doubt, uncertain),
            not_before=None,
            lease_until=None,
        )
    )
    if done.rowcount == 1:
        threads.stir(connection, conversation_id)
    return done.rowcount == 1


def refused_by(
    connection: Connection, page_id: str, faults: Sequence[str], since: datetime
) -> Sequence[AnyRow]:
    """Return the answers that were refused for a fault of the connection, oldest first.

    *faults* are what their reasons begin with. Only those whose customer has written
    *since*, who have got nothing later, and the assistant's only while nobody has
    taken over: what has been overtaken is not said any more.
    """
    later = aliased(OutgoingMessage)
    overtaken = exists().where(
        later.conversation_id == OutgoingMessage.conversation_id,
        later.seq > OutgoingMessage.seq,
        later.state == OutgoingState.SENT,
    )
    still_theirs = OutgoingMessage.epoch == Conversation.epoch
    return connection.execute(
        select(OutgoingMessage.id, OutgoingMessage.conversation_id, Conversation.epoch)
        .join(Conversation, Conversation.id == OutgoingMessage.conversation_id)
        .join(Customer, Customer.id == Conversation.customer_id)
        .where(Customer.page_id == page_id, Conversation.last_heard_at >= since)
        .where(OutgoingMessage.state == OutgoingState.FAILED)
        .where(or_(*(OutgoingMessage.reason.startswith(one) for one in faults)))
        .where(OutgoingMessage.purpose.not_in([*UNASKED, "test"]), ~overtaken)
        .where(or_(OutgoingMessage.author == "agent", still_theirs))
        .order_by(OutgoingMessage.id)
    ).all()


def send_refused_again(
    connection: Connection, page_id: str, faults: Sequence[str], since: datetime
) -> Sequence[int]:
    """Let all of `refused_by` out once more; return whose conversations they are of.

    Messenger said that it took none of them: whatever their class, nobody gets
    anything twice.
    """
    found = refused_by(connection, page_id, faults, since)
    whose = sorted({row.conversation_id for row in found})
    threads.lock(connection, whose)
    for row in found:
        connection.execute(
            update(OutgoingMessage)
            .where(OutgoingMessage.id == row.id)
            .where(OutgoingMessage.state == OutgoingState.FAILED)
            .values(
                state=OutgoingState.PENDING,
                epoch=row.epoch,
                reason=None,
                not_before=None,
                lease_until=None,
            )
        )
    for one in whose:
        threads.stir(connection, one)
    return whose
