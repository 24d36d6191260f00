"""The three books: what was sent and answered 200, what is stored, what Messenger took.

None is read through the product's own code: tables by plain SQL, events by a key
worked out here.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, text

from benchmarks.kill.messenger import Json, Messenger, Repeating

MARK = re.compile(r"v1:(\d+):(\d+)")
KINDS = ("message", "postback", "delivery", "read", "reaction", "referral")


@dataclass(frozen=True)
class Sent:
    """One request to Messenger that carries a message of ours."""

    n: int
    outgoing_id: int
    attempt: int
    psid: str
    accepted: bool
    fault: str | None
    mid: str | None
    at: str
    content: Json


@dataclass
class Watcher:
    """Reads what the emulator told the webhook, before it forgets."""

    messenger: Messenger
    #: Key of an event, and how many of its POSTs were answered 200.
    taken: Counter[str] = field(default_factory=Counter)
    #: Of echoes: the mid, and the number of the POST that first got its 200.
    echoed: dict[str, str] = field(default_factory=dict)
    #: Of echoes: the mid, and when its message was taken: its request is written down
    #: when it is answered, and an echo may come before that.
    taken_at: dict[str, datetime] = field(default_factory=dict)
    attempts: int = 0
    failed: int = 0

    def __post_init__(self) -> None:
        self._reading = Repeating(0.5, self.read)

    def start(self) -> None:
        """Begin to read."""
        self._reading.start()

    def end(self) -> None:
        """Read no more."""
        if self._reading.is_alive():
            self._reading.end()

    def read(self) -> None:
        """Read what is new."""
        while page := self.messenger.page("webhooks", self.attempts):
            for attempt in page:
                self._note(attempt)
            self.attempts = page[-1]["n"]

    def _note(self, attempt: Json) -> None:
        if attempt.get("status") != 200:
            self.failed += 1
            return
        for key, item in events(attempt["body"]):
            self.taken[key] += 1
            message = item.get("message", {})
            if message.get("is_echo"):
                self.echoed.setdefault(message["mid"], attempt["at"])
                taken_at = datetime.fromtimestamp(item["timestamp"] / 1000, UTC)
                self.taken_at.setdefault(message["mid"], taken_at)


def events(body: Json) -> Iterator[tuple[str, Json]]:
    """Yield the key of every event in a body, and the event."""
    for entry in body["entry"]:
        for item in entry.get("messaging", entry.get("changes", ())):
            yield key(str(entry["id"]), item), item


def key(page_id: str, item: Json) -> str:
    """Return what must tell an event from all others for ever."""
    kind = next((kind for kind in KINDS if kind in item), item.get("field", "unknown"))
    content = item.get(kind, {})
    mid = content.get("mid") if kind in ("message", "postback") else None
    if content.get("is_echo"):
        kind = "echo"
    if mid is None:
        written = orjson.dumps(item, option=orjson.OPT_SORT_KEYS)
        mid = hashlib.sha256(written).hexdigest()
    return f"{page_id}|{kind}|{mid}"


def keys_of(bodies: Iterable[bytes]) -> Iterator[str]:
    """Yield the keys of the events in bodies that were posted directly."""
    for body in bodies:
        try:
            yield from (found for found, _ in events(json.loads(body)))
        except ValueError:
            yield "unparsable|" + hashlib.sha256(body).hexdigest()


def sent(messenger: Messenger) -> Iterator[Sent]:
    """Yield every message of ours that reached Messenger."""
    after = 0
    while page := messenger.page("requests", after):
        after = page[-1]["n"]
        for visit in page:
            message = visit.get("body", {}).get("message")
            if visit.get("kind") == "send" and isinstance(message, dict):
                yield _sent(visit, message)


def _sent(visit: Json, message: Json) -> Sent:
    found = MARK.fullmatch(message.get("metadata", ""))
    if found is None:
        raise ValueError(f"a message without a mark: {visit}")
    return Sent(
        n=visit["n"],
        outgoing_id=int(found[1]),
        attempt=int(found[2]),
        psid=visit["psid"],
        accepted=visit["accepted"],
        fault=visit.get("fault"),
        mid=visit.get("message_id"),
        at=visit["at"],
        content={k: v for k, v in message.items() if k != "metadata"},
    )


def rows(connection: Connection, query: str) -> list[Any]:
    """Return what plain SQL finds."""
    return list(connection.execute(text(query)).mappings())


def content(stored: Any) -> Any:
    """Return JSON of a column, which one of the drivers reads by itself."""
    return json.loads(stored) if isinstance(stored, str) else stored


def moment(stored: Any) -> datetime:
    """Return a time of a column, which one of the drivers reads by itself."""
    found = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def owed(engine: Engine, now: datetime) -> bool:
    """Return whether anything is still to be done."""
    with engine.connect() as connection:
        left = [connection.scalar(text(query)) for query in _OWED]
        due = rows(connection, "SELECT due_at FROM timer WHERE state = 'due'")
    return any(left) or any(moment(timer["due_at"]) <= now for timer in due)


_OWED = (
    "SELECT count(*) FROM incoming_event WHERE state = 'new'",
    "SELECT count(*) FROM outgoing_message WHERE state IN ('pending', 'sending')",
)
