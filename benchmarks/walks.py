"""What does the dialogue do with conversations that nobody would have?

    python -m benchmarks.walks [--count 20000] [--length 12] [--seed 1] [--json]

Random walks, in one process, against the flows, responses and actions that ship: a
customer writes what means something, nothing or several things, taps what was offered
now or long ago, sends pictures, falls silent, lets days pass; the shop's system goes
down and comes back. What is meant is drawn as well, so no model is measured. Counted
is what must not be: an exception, a turn without an outcome, a stack that grows, a
question put again after answers that did not fit more often than it may be. Exit
status 1 if there is any of it.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from benchmarks.report import table
from flows.course import MOST_MISSES
from tests.dialogue import (
    NOW,
    SAYINGS,
    Conversation,
    FakeCalendar,
    FakeOrders,
    StubModel,
    assistant,
    tappable,
)

OUTCOMES = frozenset(
    ["answered", "asked", "offered", "handed_over", "confirmed", "silent"]
)
#: The goal under way, one that interrupts it for each that there is, and a pattern.
DEEPEST = 16
VALUES = ("48213", "50001", "HR-7K2M9Q", "anna@example.com", "SW1A 1AA", "no, 48213")
ODD = (
    "blue",
    "?",
    "🙂",
    "1",
    "2",
    "skip",
    "start over",
    "cancel",
    "say that again",
    "",
)
KINDS = ("attachment", "thumbs_up", "referral", "silence", "satisfaction")
#: What must not be.
BAD = ("no outcome", "stack too deep", "asked too often", "exception")
#: How often each act comes.
ACTS = {"says": 8, "value": 6, "odd": 4, "doubtful": 3, "taps": 6, "kind": 3}
ACTS |= {"repeats": 2, "waits": 1, "down": 1}


@dataclass
class Walk:
    """One customer, and what must not happen to them."""

    dice: random.Random
    talk: Conversation
    orders: FakeOrders
    calendar: FakeCalendar
    wrong: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    misses: int = 0
    last: tuple[str, str] = ("text", "hello")

    def step(self) -> None:
        """Let the customer do something, and look at what comes of it."""
        (act,) = self.dice.choices([*ACTS], [*ACTS.values()])
        if act == "waits":
            self.talk.now += timedelta(minutes=self.dice.choice([5, 90, 3000]))
        elif act == "down":
            self.orders.down = self.calendar.down = not self.orders.down
        else:
            self._hear(*self._act(act))

    def _act(self, act: str) -> tuple[str, str, str | None]:
        if act == "taps" and (offered := self._offered()):
            # What was offered long ago is tapped as well.
            choice = self.dice.choice(offered[-self.dice.choice([3, 60]) :])
            return "tap", choice["title"], choice["payload"]
        if act == "kind":
            return self.dice.choice(KINDS), "", None
        if act == "repeats":
            return (*self.last, None)
        if act == "doubtful":
            means = self.dice.sample(sorted(set(SAYINGS.values())), 3)
            shares = sorted(self.dice.random() for _ in means)
            self.talk.knows(**{"hm": dict(zip(means, shares, strict=True))})
            return "text", "hm", None
        return (
            "text",
            self.dice.choice({"says": [*SAYINGS], "value": VALUES}.get(act, ODD)),
            None,
        )

    def _offered(self) -> list[dict[str, Any]]:
        replies = (reply for turn in self.talk.turns for reply in turn.replies)
        return [choice for reply in replies for choice in tappable(reply)]

    def _hear(self, kind: str, text: str, payload: str | None) -> None:
        if kind in ("text", "attachment"):
            self.last = kind, text
        try:
            turn = self.talk.hear(kind, text, payload)
        except Exception as error:  # noqa: BLE001 - what is looked for
            self.wrong[f"exception: {type(error).__name__}"] += 1
            return
        self.outcomes[turn.outcome] += 1
        self.wrong["no outcome"] += turn.outcome not in OUTCOMES
        self.wrong["stack too deep"] += len(turn.state.stack) > DEEPEST
        self.misses = self.misses + 1 if is_miss(turn.trace) else 0
        self.wrong["asked too often"] += self.misses > MOST_MISSES + 1


def is_miss(trace: Mapping[str, Any]) -> bool:
    """Return whether a turn only said that it did not understand."""
    did = trace["command"]
    return did["name"] == "CannotHandle" and did["reason"].endswith("default")


def walk(seed: int, length: int) -> Walk:
    """Return a walk of so many acts, the same for the same seed."""
    orders, calendar = FakeOrders(), FakeCalendar()
    talk = Conversation(assistant(StubModel(SAYINGS), orders, calendar), now=NOW)
    found = Walk(random.Random(seed), talk, orders, calendar)
    for _ in range(length):
        found.step()
    return found


def facts(count: int, length: int, seed: int) -> Iterator[tuple[str, float]]:
    """Yield what came of so many walks."""
    wrong, outcomes = Counter[str](), Counter[str]()
    deepest, began = 0, time.perf_counter()
    for number in range(count):
        found = walk(seed * 1_000_003 + number, length)
        wrong += found.wrong
        outcomes += found.outcomes
        stacks = (len(turn.state.stack) for turn in found.talk.turns)
        deepest = max(deepest, *stacks, 0)
    yield "conversations", count
    yield "turns", outcomes.total()
    yield "deepest stack", deepest
    yield "seconds", round(time.perf_counter() - began, 1)
    for name, number in sorted(outcomes.items()):
        yield f"turns {name}", number
    for name in BAD:
        yield name, sum(n for told, n in wrong.items() if told.startswith(name))


def tell(
    facts: Callable[[int, int, int], Iterable[tuple[str, float]]],
    about: str | None,
    count: int,
    bad: Sequence[str],
) -> None:
    """Walk as often as the command line says, tell, and fail if anything was wrong."""
    parser = argparse.ArgumentParser(description=(about or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=count)
    parser.add_argument("--length", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = dict(facts(given.count, given.length, given.seed))
    rows = [(name, str(value)) for name, value in found.items()]
    print(json.dumps(found) if given.json else table(("what", "count"), rows))
    sys.exit(any(found[name] for name in bad))


def main() -> None:
    """Walk, tell, and fail if anything was wrong."""
    tell(facts, __doc__, 20_000, BAD)


if __name__ == "__main__":
    main()
