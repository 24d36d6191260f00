"""A person took over while the assistant asked: what becomes of its question?

Who has been answered by a person is past it: what they write next is no answer to it.
It is let go of by an event of the log, as all that changes the state of a dialogue.
"""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from bot import prompts
from bot.store.models import Author, Conversation, Message, TrackerEvent, Turn
from flows.stack import State, apply


def let_go(connection: Connection, conversation_id: int, now: datetime) -> None:
    """End what the assistant had under way."""
    state = _state(connection, conversation_id)
    if not state.stack and state.offer is None:
        return
    flows = [frame.flow for frame in state.stack]
    event = {"event": "interrupted", "timestamp": now.timestamp(), "flows": flows}
    connection.execute(
        insert(TrackerEvent).values(
            conversation_id=conversation_id,
            turn_id=_newest_turn(connection, conversation_id),
            event=event,
        )
    )
    after = apply(state, event).to_json()
    whose = Conversation.id == conversation_id
    connection.execute(update(Conversation).where(whose).values(state=after))


def let_go_of_answered(
    connection: Connection, conversation_id: int, now: datetime
) -> None:
    """End what the assistant had under way, if a person has spoken since."""
    newest = connection.scalar(
        select(Message.author)
        .where(Message.conversation_id == conversation_id)
        .where(Message.author != Author.CUSTOMER)
        .order_by(Message.at.desc(), Message.id.desc())
        .limit(1)
    )
    if newest is not Author.BOT:
        let_go(connection, conversation_id, now)


def ask_again(connection: Connection, conversation_id: int, now: datetime) -> None:
    """Let the assistant put its question again, if it can."""
    asks = prompts.asks(_state(connection, conversation_id))
    if not (asks and prompts.given_back(connection, conversation_id, now)):
        let_go_of_answered(connection, conversation_id, now)


def _state(connection: Connection, conversation_id: int) -> State:
    whose = Conversation.id == conversation_id
    stored = connection.scalars(select(Conversation.state).where(whose)).one()
    return State.from_json(stored)


def _newest_turn(connection: Connection, conversation_id: int) -> int | None:
    """Return the turn with which an event is forgotten: the one before it."""
    mine = Turn.conversation_id == conversation_id
    query = select(Turn.id).where(mine).order_by(Turn.id.desc()).limit(1)
    return connection.scalar(query)
