"""Whoever went away leaves nobody waiting: the conversation returns to the queue."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from bot import handoff
from bot.store import presence, queue, threads
from bot.store.database import Database


def sweep(
    database: Database, now: datetime, away: timedelta, answer_within: timedelta
) -> int:
    """Let all conversations of who has been away for so long wait; return how many.

    Only those in which the customer has the last word: what was answered can wait
    for its agent.
    """
    with database.read() as connection:
        left = queue.left_alone(connection, now, away)

    def job(connection: Connection, one: int) -> bool:
        return _give_up(connection, one, now, away, answer_within)

    return sum(database.write(partial(job, one=one)) for one in left)


def tidy(database: Database) -> None:
    """Forget who had what open long ago."""
    database.write(presence.forget)


def _give_up(
    connection: Connection,
    conversation_id: int,
    now: datetime,
    away: timedelta,
    answer_within: timedelta,
) -> bool:
    """Let a conversation wait again, if its agent has not come back meanwhile."""
    threads.lock(connection, [conversation_id])
    left = queue.left_alone(connection, now, away, conversation_id)
    whose = left.get(conversation_id)
    if whose is None:
        return False
    return handoff.give_up(
        connection,
        conversation_id,
        now,
        staff_id=whose.staff_id,
        name=whose.name,
        answer_within=answer_within,
    )
