"""What happens while a customer waits for a person, and nobody comes."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from bot import handoff
from bot.replies import replies
from bot.store import outbox, timers
from bot.store.models import Conversation, Status
from bot.store.types import AnyRow
from flows.responses import Responses

NOBODY_YET = "utter_nobody_yet"


def tell(
    connection: Connection, timer: AnyRow, responses: Responses, now: datetime
) -> None:
    """Tell a customer who still waits that they are not forgotten.

    The conversation is marked overdue, which keeps it on top of the queue.
    """
    waits = connection.execute(
        update(Conversation)
        .where(Conversation.id == timer.conversation_id)
        .where(Conversation.status == Status.WAITING)
        .values(overdue_at=now, revision=Conversation.revision + 1)
    )
    if not timers.take(connection, timer.id) or waits.rowcount != 1:
        return
    reply = replies(responses.fill(NOBODY_YET, {}, {}, seed=timer.id))[0]
    message = outbox.Planned(
        message=reply.message,
        text=reply.text,
        author="system",
        purpose="handoff_notice",
        send_class="repeatable",
        key=timer.key,
    )
    outbox.plan(connection, timer.conversation_id, now, [message])


def resume(connection: Connection, timer: AnyRow, now: datetime) -> None:
    """Let the assistant answer again after somebody answered in another app.

    Not when one of us holds the conversation by now.
    """
    held = connection.scalar(
        select(Conversation.assignee_id).where(Conversation.id == timer.conversation_id)
    )
    if timers.take(connection, timer.id) and held is None:
        handoff.release(connection, timer.conversation_id, now)
