"""What changed, found once for all who listen."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from bot.clock import monotonic
from bot.store import changes, presence
from bot.store.changes import Lists
from bot.store.database import Database
from bot.store.lists import View
from bot.store.presence import Colleague, Viewer

SLOW = 1.0  # seconds between two looks at what costs more, or ends by itself


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What stands for all that anybody looks at: alike as long as it looks alike."""

    lists: Lists
    revisions: Mapping[int, int]
    people: Collection[Colleague]
    viewers: Mapping[int, list[Viewer]]

    def seen_by(
        self, staff_id: int, view: View, conversation_id: int | None
    ) -> dict[str, Any]:
        """Return what stands for each part of one's page."""
        found = {
            "queue": self.lists.seen_by(staff_id, view),
            "counts": self.lists.counted(staff_id),
            "people": self.people,
        }
        if conversation_id is not None:
            viewers = self.viewers.get(conversation_id, [])
            found["thread"] = self.revisions.get(conversation_id)
            found["viewers"] = [one for one in viewers if one.id != staff_id]
        return found


class Watch:
    """Looks into the tables; only one thread at a time may call it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None
        self._pulse = ""
        self._opened: frozenset[int] = frozenset()
        self._facts: Facts | None = None
        self._others: Any = None
        self._is_behind = True
        self._slow_at = 0.0

    def look(self, opened: frozenset[int]) -> Facts:
        """Return the facts; the same object as long as none was looked at anew."""
        pulse = self._beat()
        is_new = self._facts is None or pulse != self._pulse
        is_slow = monotonic() >= self._slow_at
        if self._facts is None or is_new or is_slow or not opened <= self._opened:
            self._is_behind = self._is_behind or is_new
            with self._database.read() as connection:
                self._facts = self._read(connection, opened, is_slow=is_slow)
            self._pulse, self._opened = pulse, opened
        return self._facts

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def _read(
        self, connection: Connection, opened: frozenset[int], *, is_slow: bool
    ) -> Facts:
        if is_slow:
            self._slow_at = monotonic() + SLOW
            if self._is_behind or self._others is None:
                self._others = changes.others(connection)
                self._is_behind = False
        return Facts(
            lists=changes.lists(connection, self._others),
            revisions=changes.revisions(connection, opened),
            people=presence.everybody(connection),
            viewers=presence.viewers(connection, opened),
        )

    def _beat(self) -> str:
        """Return the pulse; a connection that broke is made anew at the next beat."""
        if self._connection is None:
            self._connection = self._database.engine.connect()
            self._facts = None
        try:
            return changes.pulse(self._connection)
        except Exception:
            self.close()
            raise
