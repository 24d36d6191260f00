"""The sums of what came in: answered 200 = stored = handled once."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.kill import books
from benchmarks.kill.books import content
from benchmarks.kill.figures import Sum, listed, none
from benchmarks.kill.storm import Storm
from benchmarks.kill.tables import Row, Tables
from bot.store import prompts
from bot.tracker import fold
from flows.stack import State

TURNS = ("message", "postback", "referral")
SPEAKING = ("answered", "asked", "offered", "handed_over", "confirmed")
REFUSALS = (403, 502, 503)


def received(tables: Tables, storm: Storm) -> Iterator[Sum]:
    """Yield what was answered 200 against what is stored."""
    taken = set(storm.watcher.taken) | set(books.keys_of(storm.meta.taken))
    # What the assistant begins by itself stands among them, and was never posted.
    posted = [row for row in tables.events if row["kind"] != prompts.KIND]
    stored = Counter(row["key"] for row in posted)
    yield Sum("POSTs that got no 200", storm.watcher.failed)
    yield Sum("events that were answered 200 (N)", len(taken))
    yield Sum("stored", len(stored), len(taken))
    yield none("answered 200 and not stored", taken - set(stored))
    yield none("stored and never answered 200", set(stored) - taken)
    forged = {s: n for s, n in storm.meta.forged.items() if s not in REFUSALS}
    yield none("forgeries not refused", forged.items())


def handled(tables: Tables) -> Iterator[Sum]:
    """Yield what is stored against what was made of it."""
    owed = [row for row in tables.events if row["kind"] in TURNS]
    owed = [row for row in owed if row["conversation_id"] is not None]
    turns = Counter(row["event_id"] for row in tables.turns)
    mids = Counter(_mid(row) for row in owed if _mid(row))
    once = [r for r in owed if r["state"] == "handled" and turns[r["id"]] == 1]
    set_aside = [row for row in owed if row["state"] == "quarantined"]
    yield Sum("events for a turn", len(owed))
    yield Sum("handled once", len(once), len(owed) - len(set_aside))
    yield listed("set aside: killed at each of three tries", map(_named, set_aside))
    yield none("lost: stored, not handled", _in_state(owed, "new"))
    yield none("said once, handled twice", [m for m, n in mids.items() if n > 1])
    yield none("logs that do not lead to their state", _unfolded(tables))
    yield none("answered without a word", _speechless(tables))


def _mid(row: Row) -> str | None:
    raw = json.loads(bytes(row["raw"]))
    found: str | None = (raw.get("message") or raw.get("postback") or {}).get("mid")
    return found


def _named(row: Row) -> str:
    return f"event {row['id']} ({row['tries']} tries, {row['reason']})"


def _in_state(found: Iterable[Row], state: str) -> list[str]:
    return [_named(row) for row in found if row["state"] == state]


def _unfolded(tables: Tables) -> Iterator[int]:
    """Yield conversations in which something took effect twice, or by half."""
    logs: dict[int, list[Any]] = defaultdict(list)
    for row in tables.log:
        logs[row["conversation_id"]].append(content(row["event"]))
    for row in tables.conversations:
        state = State.from_json(content(row["state"]))
        if fold(logs[row["id"]]) != state:
            yield row["id"]


def _speechless(tables: Tables) -> Iterator[int]:
    """Yield turns that say something and planned nothing."""
    spoken = {(r["conversation_id"], r["created_at"]) for r in tables.outgoing}
    for turn in tables.turns:
        said = (turn["conversation_id"], turn["at"]) in spoken
        if turn["outcome"] in SPEAKING and not said:
            yield turn["id"]
