"""A person decides about a message whose fate nobody knows, or that was refused.

Each decision is one UPDATE that names the old state: of two people who decide at
once, and of a click that comes twice, one counts.
"""

from sqlalchemy import Connection, or_, select, update

from bot.store import threads
from bot.store.models import Conversation, OutgoingMessage, OutgoingState, Status
from bot.tongue import shape

REFUSED = (OutgoingState.FAILED, OutgoingState.REFUSED)

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
