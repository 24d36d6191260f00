"""How to settle a message that was not sent, or of which nobody knows: jobs."""

from collections.abc import Callable
from typing import TypeAlias

from sqlalchemy import Connection

from bot.store import parking, sending, settling
from bot.store.models import OutgoingState
from bot.store.sending import Sending

Job: TypeAlias = Callable[[Connection], object]


def end(owed: Sending, state: OutgoingState, reason: str) -> Job:
    """End it for good."""
    return lambda connection: settling.settle(
        connection, owed.id, state, reason, attempt=owed.attempt
    )


def let_be(connection: Connection) -> None:
    """Change nothing: an echo has told what became of it."""


def wait(owed: Sending, reason: str, seconds: float) -> Job:
    """Let it be tried again after some seconds."""
    return lambda connection: settling.settle(
        connection,
        owed.id,
        OutgoingState.PENDING,
        reason,
        attempt=owed.attempt,
        wait=seconds,
    )


def await_echo(owed: Sending, reason: str) -> Job:
    """Keep the row as being sent while an echo may still tell its fate."""
    return lambda connection: settling.settle(
        connection,
        owed.id,
        OutgoingState.SENDING,
        reason,
        attempt=owed.attempt,
        wait=sending.ECHO_WAIT,
    )


def shut(owed: Sending, reason: str, seconds: float) -> Job:
    """Let it, and all else of its Page, wait for some seconds."""

    def settle(connection: Connection) -> None:
        wait(owed, reason, seconds)(connection)
        parking.park(connection, owed.page_id, reason, seconds)

    return settle


def saying_instead(owed: Sending, settle: Job, said: str) -> Job:
    """Settle it, and keep what a template said in its place."""

    def both(connection: Connection) -> None:
        settle(connection)
        settling.say_instead(connection, owed.id, said)

    return both


def probing_again(owed: Sending, settle: Job) -> Job:
    """Settle it, and let another see whether its Page is open."""

    def both(connection: Connection) -> None:
        settle(connection)
        parking.probe_again(connection, owed.page_id)

    return both
