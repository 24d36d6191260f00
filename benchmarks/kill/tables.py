"""What lies in the tables after a storm, by plain SQL, and what Messenger saw."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from sqlalchemy import Connection

from benchmarks.kill.books import Sent, rows

Row: TypeAlias = Mapping[str, Any]


@dataclass
class Tables:
    """The tables as they are after the storm, and what Messenger saw of us."""

    events: Sequence[Row]
    turns: Sequence[Row]
    outgoing: Sequence[Row]
    messages: Sequence[Row]
    conversations: Sequence[Row]
    log: Sequence[Row]
    timers: Sequence[Row]
    tickets: Sequence[Row]
    sent: Sequence[Sent] = field(default_factory=list)

    @classmethod
    def read(cls, connection: Connection, sent: Iterable[Sent]) -> "Tables":
        """Read everything."""
        return cls(
            **{name: rows(connection, query) for name, query in _QUERIES.items()},
            sent=list(sent),
        )

    @cached_property
    def tries(self) -> dict[int, list[Sent]]:
        """Return what reached Messenger, by the message it was, in its order."""
        found: dict[int, list[Sent]] = defaultdict(list)
        for one in self.sent:
            found[one.outgoing_id].append(one)
        return found

    @cached_property
    def accepted(self) -> dict[int, list[Sent]]:
        """Return what Messenger took, by the message it was, in its order."""
        found: dict[int, list[Sent]] = defaultdict(list)
        for number, tries in self.tries.items():
            found[number] = [one for one in tries if one.accepted]
        return found

    @cached_property
    def planned(self) -> dict[int, Row]:
        """Return our messages by their number."""
        return {row["id"]: row for row in self.outgoing}


_QUERIES = {
    "events": "SELECT id, key, kind, state, tries, reason, conversation_id, raw"
    " FROM incoming_event",
    "turns": "SELECT id, event_id, conversation_id, outcome, at FROM turn",
    "outgoing": "SELECT id, conversation_id, seq, author, purpose, send_class, key,"
    " state, attempt, created_at, payload, template, reason, message_id"
    " FROM outgoing_message ORDER BY conversation_id, seq",
    "messages": "SELECT id, author, mid, conversation_id FROM message",
    "conversations": "SELECT id, state, status FROM conversation",
    "log": "SELECT conversation_id, event FROM tracker_event ORDER BY id",
    "timers": "SELECT id, kind, key, state, due_at FROM timer",
    "tickets": "SELECT h.customer_id, h.linked_at, t.event_id, e.starts_at"
    " FROM ticket_holder h JOIN ticket t ON t.number = h.ticket_number"
    " JOIN calendar_event e ON e.event_id = t.event_id WHERE h.reminders",
}


def told(row: Row) -> str:
    """Return a message of ours as a line for people."""
    about = f"{row['author']} {row['purpose']}, {row['send_class']}, {row['state']}"
    return f"message {row['id']} ({about}, {row['attempt']} attempts)"
