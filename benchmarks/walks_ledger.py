"""What became of each message of a customer, as the tables tell, and what must not."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.walks import DEEPEST, is_miss
from bot.answer import EFFECTS
from bot.settlement import LEFT
from flows.course import MOST_MISSES
from tests.floor import Floor

REPLIES = frozenset(["answered", "asked", "offered", "confirmed"])
PERSON = "handed_over"
#: One of several pieces; what was just said asks for what they mean together.
JOINED = "a piece of the one before"
#: What must not be.
BAD = (
    "exception",
    "never handled",
    "no outcome",
    "answered twice",
    "answered in other words",
    "answered though taken back",
    "talked over",
    "not shown as it is",
    "never sent",
    "asked too often",
    "stack too deep",
)


@dataclass
class Said:
    """A message of a customer, as Messenger has told of it so far, and its outcomes."""

    mid: str
    #: None: there is none, it is a picture.
    text: str | None
    is_typed: bool = False
    #: What was told of it, each as a webhook brings it.
    items: list[dict[str, Any]] = field(default_factory=list)
    is_told: bool = False
    edits: dict[int, str] = field(default_factory=dict)
    is_unsent: bool = False
    #: Whether it was taken back before anything came of it.
    was_unsent_first: bool = False
    outcomes: list[str] = field(default_factory=list)

    @property
    def words(self) -> str | None:
        """Return what it says with the edits that were told of."""
        return self.edits[max(self.edits)] if self.edits else self.text

    @property
    def is_settled(self) -> bool:
        """Whether the assistant replied, or fetched a person."""
        return any(one in REPLIES or one == PERSON for one in self.outcomes)


@dataclass
class Ledger:
    """The book of one conversation."""

    floor: Floor
    psid: str
    said: dict[str, Said] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    deepest: int = 0
    _misses: int = 0
    _last: int = 0

    def look(self, status: str) -> None:
        """Note the turns since the last look; *status* is who answered before them."""
        number = self.floor.conversation(self.psid)
        for row in self.floor.all(_TURNS, id=number, last=self._last):
            self._last = row["id"]
            events = self.floor.all(_EVENTS, turn=row["id"])
            self._turn(row, [as_json(one["event"]) for one in events], status)
        state = as_json(self.floor.one(_STATE, id=number))
        depth = len(state.get("stack", ()))
        self.deepest = max(self.deepest, depth)
        self.wrong["stack too deep"] += depth > DEEPEST

    def _turn(self, row: Any, events: Sequence[Any], status: str) -> None:
        outcome, trace = row["outcome"], as_json(row["trace"])
        names = {one["event"] for one in events}
        is_of_bot = "bot" == status == self.floor.status(self.psid)
        is_of_person = "agent" == status == self.floor.status(self.psid)
        self.outcomes[outcome] += 1
        if "command" in trace:
            self._misses = self._misses + 1 if is_miss(trace) else 0
            self.wrong["asked too often"] += self._misses > MOST_MISSES + 1
        self.wrong["exception"] += outcome == "failed"
        speaks = "bot" in names
        self.wrong["talked over"] += speaks and is_of_person and not EFFECTS & names
        said = self._of(row["key"], bytes(row["raw"]))
        if said is None:
            return
        self.wrong["answered though taken back"] += said.is_unsent and speaks
        heard = [one["text"] for one in events if one["event"] == "user"]
        if said.is_typed and heard:
            self.wrong["answered in other words"] += said.words not in heard
        said.outcomes.append(_read(outcome, trace, names, is_of_bot=is_of_bot))

    def _of(self, key: str, raw: bytes) -> Said | None:
        """Return the message that an event is, by its body: its key may be wrong."""
        told = raw.decode("utf-8", "replace")
        for mid, said in self.said.items():
            if f'"{mid}"' in told or key.endswith(f"|{mid}"):
                return said
        return None

    def close(self) -> None:
        """Look at what became of everything, once nothing is owed any more."""
        number = self.floor.conversation(self.psid)
        for row in self.floor.all(_OWED, id=number):
            self.wrong["never handled"] += row["count"]
        for said in self.said.values():
            if said.is_told:
                self._close(said)
        for row in self.floor.all(_SENDS, id=number):
            self.outcomes[f"messages {row['state']}"] += row["count"]
            is_owed = row["state"] in ("pending", "sending")
            self.wrong["never sent"] += row["count"] * is_owed
        self.wrong["not shown as it is"] += sum(self._shown_wrongly(number))

    def _close(self, said: Said) -> None:
        real = [one for one in said.outcomes if one in REPLIES or one == PERSON]
        self.wrong["answered twice"] += len(real) > 1
        what = self._fate(said, real)
        self.outcomes[f"fate: {what}"] += 1
        self.wrong["no outcome"] += what == "none"

    def _fate(self, said: Said, real: Sequence[str]) -> str:
        """Return the one outcome of a message; ``none`` if none counts as one."""
        if real:
            return real[0]
        if JOINED in said.outcomes and {*said.outcomes} <= {JOINED, LEFT}:
            return JOINED
        if said.was_unsent_first and {*said.outcomes} <= {"unsent", LEFT}:
            return "taken back before"
        if said.outcomes and {*said.outcomes} <= {LEFT, "late"}:
            return "left to a person" if LEFT in said.outcomes else "too late"
        return "none"

    def _shown_wrongly(self, number: int) -> Iterator[bool]:
        rows = self.floor.all(_THREAD, id=number)
        for said in self.said.values():
            if said.is_told:
                texts = [row["text"] for row in rows if row["mid"] == said.mid]
                words = None if said.is_unsent else said.words
                # What was taken back before it came may be in no thread.
                yield texts not in ([words], [] if said.is_unsent else [words])


def _read(outcome: str, trace: Any, events: set[str], *, is_of_bot: bool) -> str:
    """Return what an outcome really is, by what was said and done."""
    if outcome in REPLIES and "bot" not in events:
        return "said nothing"
    if outcome == "silent" and trace.get("rule") == "goes_on":
        return JOINED
    if outcome == "silent" and EFFECTS & events and not is_of_bot:
        return LEFT  # it is heeded, and whoever is there says so
    return "left to nobody" if outcome == LEFT and is_of_bot else outcome


def as_json(column: Any) -> Any:
    """Return what a column of JSON holds: of SQLite it is a text."""
    return json.loads(column) if isinstance(column, str) else column


_TURNS = (
    "SELECT turn.id, outcome, trace, key, raw FROM turn JOIN incoming_event"
    " ON incoming_event.id = event_id WHERE turn.conversation_id = :id"
    " AND turn.id > :last ORDER BY turn.id"
)
_EVENTS = "SELECT event FROM tracker_event WHERE turn_id = :turn ORDER BY id"
_STATE = "SELECT state FROM conversation WHERE id = :id"
_OWED = (
    "SELECT count(*) AS count FROM incoming_event"
    " WHERE conversation_id = :id AND state = 'new'"
)
_SENDS = (
    "SELECT state, count(*) AS count FROM outgoing_message"
    " WHERE conversation_id = :id GROUP BY state"
)
_THREAD = (
    "SELECT mid, text FROM message WHERE conversation_id = :id AND author = 'customer'"
)
