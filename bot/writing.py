"""Let the customer see that a person is writing to them.

The pages tell that somebody types an answer (`store/presence.py`); once a second we
look, and let Messenger show the dots or take them away. Like all gestures they
promise nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock, monotonic
from bot.messenger.send_policy import AS_RESPONSE, Wish, decide
from bot.store import presence
from bot.store.database import Database
from bot.store.presence import Answering

#: Page, customer, what to show.
Show = Callable[[str, str, str], None]

AGAIN = 10.0  # seconds; Messenger takes the dots away by itself after about twenty
LASTS = 20.0


@dataclass(frozen=True)
class Dots:
    """What a customer sees, and since when by the monotonic clock."""

    answering: Answering
    at: float


class Writing:
    """Shows the dots of all who write; one process at a time looks."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        show: Show,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        self._database = database
        self._clock = clock
        self._show = show
        self._seconds = seconds
        self._dots: dict[int, Dots] = {}

    def look(self) -> None:
        """Show the dots where somebody began to write, take them away elsewhere."""
        with self._database.read() as connection:
            found = presence.answering(connection)
        now = self._clock()
        writing = {one.conversation_id: one for one in found if may_see(one, now)}
        for one in writing.values():
            self._begin(one)
        for conversation_id in self._dots.keys() - writing.keys():
            self._end(self._dots.pop(conversation_id), now)

    def _begin(self, one: Answering) -> None:
        shown = self._dots.get(one.conversation_id)
        if shown is not None and self._seconds() - shown.at < AGAIN:
            return
        self._dots[one.conversation_id] = Dots(one, self._seconds())
        self._show(one.page_id, one.psid, "typing_on")

    def _end(self, dots: Dots, now: datetime) -> None:
        is_there = self._seconds() - dots.at < LASTS
        if is_there and may_see(dots.answering, now):
            self._show(dots.answering.page_id, dots.answering.psid, "typing_off")


def may_see(one: Answering, now: datetime) -> bool:
    """Return whether Messenger takes gestures: while the customer's window is open."""
    wish = Wish(by_person=True, purpose="answer", last_heard_at=one.last_heard_at)
    return decide(wish, now) == AS_RESPONSE
