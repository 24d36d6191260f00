"""The sums of what people did: nobody talked over, no reply of theirs lost."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from benchmarks.kill.books import Sent
from benchmarks.kill.figures import Sum, none
from benchmarks.kill.storm import Storm
from benchmarks.kill.tables import Tables, told

Line: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Hold:
    """A conversation in the hands of a person, counted in requests to Messenger."""

    conversation: int
    since: int
    until: float
    #: The messages that were beyond recall at the moment it was taken.
    wire: frozenset[int]

    def covers(self, one: Sent) -> bool:
        """Whether Messenger had a request while the person held it."""
        return self.since < one.n <= self.until


def left_to_people(tables: Tables, storm: Storm) -> Iterator[Sum]:
    """Yield what the assistant said although somebody had taken over."""
    lines = [json.loads(line) for line in storm.desk.book.read_bytes().splitlines()]
    holds = list(_holds(lines))
    spoken = _spoken(tables)
    during = [
        (hold, one)
        for hold in holds
        for one in spoken[hold.conversation]
        if hold.covers(one)
    ]
    over = [one for hold, one in during if one.outgoing_id not in hold.wire]
    yield Sum("taken over by a person", len(holds))
    yield Sum("  a bot's message was on the wire then", len(during) - len(over))
    yield none(
        "a bot's message after somebody took over",
        (told(tables.planned[one.outgoing_id]) for one in over),
    )
    yield from _replies(tables, lines)


def _spoken(tables: Tables) -> dict[int, list[Sent]]:
    """Return what the assistant answered and Messenger took, by conversation."""
    spoken: dict[int, list[Sent]] = defaultdict(list)
    for took in tables.accepted.values():
        for one in took:
            row = tables.planned[one.outgoing_id]
            if row["author"] != "agent" and row["purpose"] != "reminder":
                spoken[row["conversation_id"]].append(one)
    return spoken


def _holds(lines: Sequence[Line]) -> Iterator[Hold]:
    """Yield who took over, and how many requests there were when it was given back."""
    for number, line in enumerate(lines):
        if line["act"] == "take" and line["done"] and line["took"]:
            ends = (
                other["requests"]
                for other in lines[number:]
                if other["act"] == "release"
                and not other["done"]
                and other["conversation"] == line["conversation"]
            )
            yield Hold(
                conversation=line["conversation"],
                since=line["requests"],
                until=next(ends, float("inf")),
                wire=frozenset(line["wire"]),
            )


def _replies(tables: Tables, lines: Sequence[Line]) -> Iterator[Sum]:
    # Each form once: killed between an act and its line, the desk sends it again.
    wanted = Counter(
        {
            f"form:{line['token']}"
            for line in lines
            if line["done"] and (line["act"] == "reply" or line.get("took"))
        }
    )
    keys = Counter(row["key"] for row in tables.outgoing if row["author"] == "agent")
    yield Sum("replies of people", len(wanted))
    yield none("replies lost or doubled", ((wanted - keys) + (keys - wanted)).keys())
