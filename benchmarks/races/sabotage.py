"""Take one guard out for a while: the counts must then not come out.

The switches live here and nowhere in the product: each puts another function in the
place of one guard, and puts the guard back.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, TypeAlias

from sqlalchemy import true

from bot import changeover
from bot.store import claims, outbox, sending

Switch: TypeAlias = Callable[[], AbstractContextManager[None]]


@contextmanager
def instead(module: Any, name: str, other: Any) -> Iterator[None]:
    """Let *other* stand in the place of a function."""
    kept = getattr(module, name)
    setattr(module, name, other)
    try:
        yield
    finally:
        setattr(module, name, kept)


@contextmanager
def turn() -> Iterator[None]:
    """Let a turn commit although somebody took over while it was thinking."""
    holds = claims.holds

    def whoever_answers(*given: Any, **more: Any) -> bool:
        return holds(*given, **{**more, "epoch": None})

    with instead(claims, "holds", whoever_answers):
        yield


@contextmanager
def call() -> Iterator[None]:
    """Let a sender call Messenger without a last look at who answers."""
    with instead(sending, "standing", lambda *about: "due"):
        yield


@contextmanager
def plan() -> Iterator[None]:
    """Let what was planned go out, whoever answers by then."""
    ended = sending._ended

    def whoever_answers(row: Any, now: Any) -> Any:
        found = ended(row, now)
        return None if found and found[1] == sending.OVERTAKEN else found

    with (
        call(),
        instead(sending, "_ended", whoever_answers),
        instead(outbox, "cancel", lambda *about: None),
    ):
        yield


@contextmanager
def winner() -> Iterator[None]:
    """Let everybody who claims a conversation have it."""
    change = changeover._change

    def anyhow(connection: Any, number: int, condition: Any, **changes: Any) -> Any:
        return change(connection, number, true(), **changes)

    with instead(changeover, "_change", anyhow):
        yield


#: With none out the counts must come out; with each of the others, not.
SWITCHES: Mapping[str, Switch] = {
    "none": nullcontext,
    "turn": turn,
    "call": call,
    "plan": plan,
    "winner": winner,
}
