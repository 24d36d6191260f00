"""Halt the way of a message at a named place, and let something happen there."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import Connection

from benchmarks.kill.books import MARK
from bot.messenger.client import Access, Graph
from bot.store.sending import Sending, Standing

ON_THE_WIRE = "on the wire"  # Messenger is being called
#: Where the one who passes may stand in the way of whoever takes over: they wait for
#: each other, so the way goes on after a moment, as it would in life.
HOLDING = frozenset(
    {"parsed", "inserted", "before_commit", "after_commit", "settling", "timer_fired"}
)
LET_GO = 0.03  # seconds
PATIENCE = 10.0

Act: TypeAlias = Callable[[], object]


@dataclass(frozen=True)
class Moment:
    """What was on its way, and what had arrived, when somebody took over."""

    looked: frozenset[int]
    begun: frozenset[int]
    ended: frozenset[int]

    def stage(self, number: int) -> str:
        """Return how far a message was that Messenger took, before or after."""
        if number in self.ended:
            return "sent_before"
        if number in self.begun:
            return "on_the_wire"
        return "last_look" if number in self.looked else "over"


@dataclass
class Gate:
    """Stands at all places of the route; open, but for the one that is watched."""

    #: Numbers of messages: last looks at who answers that began, and calls to
    #: Messenger that began, and that came to an end.
    looked: set[int] = field(default_factory=set)
    begun: set[int] = field(default_factory=set)
    ended: set[int] = field(default_factory=set)
    taken: dict[int, Moment] = field(default_factory=dict)
    reached: bool = False

    def __post_init__(self) -> None:
        self._place, self._passes, self._patience = "", 0, 0.0
        self._act: Act = lambda: None
        self._actor = threading.Thread()
        self._counting = threading.Lock()
        self._taking = threading.local()

    def watch(self, place: str, passes: int, act: Act, *, patient: bool) -> None:
        """Let *act* happen at the given pass of *place*."""
        self._passes, self._act, self.reached = passes, act, False
        self._patience = PATIENCE if patient and place not in HOLDING else LET_GO
        self._place = place

    def reach(self, name: str) -> None:
        """Pass a place; it is here that the other one acts."""
        if name == "after_commit":
            self._note_taken()
        if name == self._place and self._is_last_pass():
            self.reached = True
            self._actor = threading.Thread(target=self._act)
            self._actor.start()
            self._actor.join(self._patience)

    def finish(self) -> None:
        """Wait until what happened at the watched place is over."""
        if self._actor.ident is not None:
            self._actor.join()

    def takes(self, conversation_id: int) -> None:
        """Note that this thread's transaction lets somebody take over."""
        self._taking.number = conversation_id

    def _note_taken(self) -> None:
        number = getattr(self._taking, "number", None)
        if number is not None:
            moment = Moment(*map(frozenset, (self.looked, self.begun, self.ended)))
            self.taken.setdefault(number, moment)
            self._taking.number = None

    def _is_last_pass(self) -> bool:
        with self._counting:
            self._passes -= 1
            return self._passes == 0


class WatchedGraph(Graph):
    """Calls Messenger, and notes before and after that it did."""

    def __init__(self, gate: Gate, url: str, version: str) -> None:
        super().__init__(url, version)
        self._gate = gate

    def send(self, access: Access, body: dict[str, Any]) -> str | None:
        """Send a message; from the first line on it is beyond recall."""
        found = MARK.fullmatch(body["message"]["metadata"])
        assert found is not None  # noqa: S101
        self._gate.begun.add(int(found[1]))
        self._gate.reach(ON_THE_WIRE)
        try:
            return super().send(access, body)
        finally:
            self._gate.ended.add(int(found[1]))


def looking(look: Callable[[Connection, Sending], Standing], gate: Gate) -> Any:
    """Return `sending.standing` with *gate* told before it looks.

    A look that begins before a take-over is committed may not see it; nothing but
    a lock held through the call to Messenger could keep such a message back.
    """

    def tell_and_look(connection: Connection, owed: Sending) -> Standing:
        gate.looked.add(owed.id)
        return look(connection, owed)

    return tell_and_look


def watched(cancel: Callable[[Connection, int, str], None], gate: Gate) -> Any:
    """Return `outbox.cancel`, which every take-over calls, with *gate* told of it."""

    def cancel_and_tell(connection: Connection, number: int, reason: str) -> None:
        cancel(connection, number, reason)
        gate.takes(number)

    return cancel_and_tell
