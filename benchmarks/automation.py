"""How many messages does the assistant answer, offer choices for, hand over, get wrong?

    python -m benchmarks.automation [--precision 0.98] [--json] [--show wrong]

Each message is the first of a new customer and takes the real way: the model that
data/ makes, the real flows, `take_turn`. Right is an answer with the goal or the FAQ
entry that was meant; what means nothing to us must be offered choices or handed over.
Shares are in per cent, with Wilson's 95 % interval; `understood` is how often the
likeliest intent is the right one, sure or not. Exit status 1 if a dataset is missing.
"""

import argparse
import json
import logging
import os
import secrets
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from benchmarks.interval import Share
from benchmarks.labelled import Message, MissingError, datasets
from benchmarks.report import table
from bot import logs
from bot.assistants import Assistants
from bot.settings import Settings
from bot.turn import Heard, Turn, take_turn
from bot.wiring import Parts, build, prepare
from flows.stack import State

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
PERSON = "contact_human_agent"
STARTS = frozenset({"StartFlow", "Perform"})
UNREADABLE = "unreadable"
#: What may come of a message. person_wanted: handed over, as it asked to be.
VERDICTS = (
    "right",
    "offered_right",
    "person_wanted",
    "offered_other",
    "handed_over",
    "wrong",
)


@dataclass(frozen=True)
class Played:
    """A message, and what came of it."""

    message: Message
    outcome: str
    goal: str | None
    choices: tuple[str, ...]
    #: The likeliest intent, and how likely it is.
    best: str | None
    confidence: float

    @property
    def verdict(self) -> str:
        """Return which of VERDICTS this is."""
        wanted = self.message.wanted
        if self.outcome == "offered":
            return "offered_right" if wanted & {*self.choices} else "offered_other"
        if self.outcome == "handed_over":
            return "person_wanted" if PERSON in wanted else "handed_over"
        return "right" if self.goal in wanted else "wrong"

    @property
    def understood(self) -> bool:
        """Whether the likeliest intent, however unlikely, is one that was meant."""
        return self.best in self.message.wanted


@dataclass(frozen=True)
class Tally:
    """What came of some messages, counted."""

    name: str
    counts: Counter[str]
    #: How many of them mean something to us, and of how many we know what.
    ours: int
    understood: int

    @property
    def rows(self) -> int:
        return self.counts.total()

    def share(self, *verdicts: str, of: int | None = None) -> Share:
        """Return how many had one of these verdicts."""
        count = sum(self.counts[verdict] for verdict in verdicts)
        return Share(count, self.rows if of is None else of)

    @property
    def precision(self) -> Share:
        """Return how many of the answers were right."""
        return self.share("right", of=self.counts["right"] + self.counts["wrong"])

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "rows": self.rows,
            "mean_something_to_us": self.ours,
            "understood": Share(self.understood, self.ours).to_json(),
            **{verdict: self.share(verdict).to_json() for verdict in VERDICTS},
            "precision_of_answers": self.precision.to_json(),
        }


def main() -> int:
    """Print what came of every dataset; return 1 if one is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--precision", type=float, default=0.98)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--show", choices=VERDICTS, help="print these messages")
    options = parser.parse_args()
    logs.configure(logging.WARNING)
    try:
        found = datasets()
    except MissingError as error:
        print(f"benchmarks.automation: {error}", file=sys.stderr)
        return 1
    with assistant(options.precision) as (live, model):
        played = {one.name: [play(m, live) for m in one.messages] for one in found}
        thresholds = dict(live.speaking().model.thresholds)
    facts = {"precision": options.precision, "model": model, "thresholds": thresholds}
    if options.json:
        print(json.dumps({**facts, "datasets": _json(played)}))
        return 0
    print(json.dumps(facts))
    for name, some in played.items():
        print(f"\n{name}\n{_table(some)}")
        print(*_shown(some, options.show), sep="\n")
    return 0


@contextmanager
def assistant(precision: float) -> Iterator[tuple[Assistants, str | None]]:
    """Yield the assistant of a first start, with the shop's FAQ live, and its model."""
    with first_start(precision) as parts:
        yield parts.understanding.assistants, parts.understanding.model_name


@contextmanager
def first_start(precision: float) -> Iterator[Parts]:
    """Yield the parts of a first start, in a home that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-automation-") as home:
        parts = build(Settings.from_env(_environment(home, precision)))
        try:
            prepare(parts)
            yield parts
        finally:
            parts.close()


def _environment(home: str, precision: float) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", ""),
        "FRONTDESK_HOME": home,
        "FRONTDESK_DEMO": "yes",
        "FRONTDESK_PRECISION": str(precision),
        "FACEBOOK_APP_ID": "1",
        "FACEBOOK_PAGE_ID": "1",
        "FACEBOOK_APP_SECRET": secrets.token_hex(16),
        "FACEBOOK_PAGE_ACCESS_TOKEN": secrets.token_hex(16),
        "GRAPH_URL": "http://127.0.0.1:1",  # nothing is sent
    }


def play(message: Message, live: Assistants) -> Played:
    """Let a new customer say *message*."""
    heard = Heard(event_id=1, kind="text", text=message.text)
    turn = take_turn(
        heard,
        State(),
        [],
        live.hearing(heard).assistant,
        psid="7001",
        now=NOW,
        disclose=True,
    )
    intent = turn.trace["parse"]["intent"]
    return Played(
        message,
        turn.outcome,
        _goal(turn, intent["name"]),
        tuple(choice["intent"] for choice in turn.trace["offer"] if choice["intent"]),
        intent["name"],
        intent["confidence"],
    )


def _goal(turn: Turn, intent: str | None) -> str | None:
    """Return what the turn took the message for, None if it did not say."""
    starts = turn.trace["command"]["name"] in STARTS
    return intent if starts and turn.trace["rule"] != UNREADABLE else None


def tallies(played: Iterable[Played]) -> list[Tally]:
    """Return the sum, and under it what came of each intent."""
    by_intent = sorted(played, key=lambda one: one.message.intent)
    groups = groupby(by_intent, key=lambda one: one.message.intent)
    return [
        tally("all", by_intent),
        tally("all that is ours", [one for one in by_intent if one.message.wanted]),
        tally("all that is not", [one for one in by_intent if not one.message.wanted]),
        *(tally(intent, list(some)) for intent, some in groups),
    ]


def tally(name: str, played: Sequence[Played]) -> Tally:
    """Return what came of some messages, under a name."""
    return Tally(
        name,
        Counter(one.verdict for one in played),
        ours=sum(bool(one.message.wanted) for one in played),
        understood=sum(one.understood for one in played),
    )


def _json(played: dict[str, list[Played]]) -> list[dict[str, Any]]:
    return [
        {"name": name, "tallies": [one.to_json() for one in tallies(some)]}
        for name, some in played.items()
    ]


def _table(played: Sequence[Played]) -> str:
    rows = [
        (
            one.name,
            one.rows,
            one.ours,
            Share(one.understood, one.ours),
            *(one.share(verdict) for verdict in VERDICTS),
            one.precision,
        )
        for one in tallies(played)
        if one.rows
    ]
    columns = ("%", "rows", "ours", "understood", *VERDICTS, "right of answered")
    return table([column.replace("_", " ") for column in columns], rows)


def _shown(played: Iterable[Played], verdict: str | None) -> Iterator[str]:
    for one in played:
        if one.verdict == verdict:
            meant = " ".join(sorted(one.message.wanted)) or f"({one.message.intent})"
            taken = " ".join(one.choices) or one.goal or one.best
            sure = f"{one.confidence:.2f}"
            yield f"{sure}  {meant}  taken for {taken}: {one.message.text}"


if __name__ == "__main__":
    sys.exit(main())
