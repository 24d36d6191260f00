"""What does a stranger's first message ask of the database, and of the processor?

    python -m benchmarks.statements [--rounds 7] [--strangers 100] [--list] [--json]

One stranger after the other, on SQLite and on PostgreSQL: the real intake, answerer and
sender with the dialogue that ships; model and Messenger are stand-ins. Said are a
greeting, which is answered, and a wish for a person, who is fetched.

Statements are counted by step; rows that are handed to the driver one by one are as
many. Processor time is that of this process with its threads, and of PostgreSQL's
processes for it, medians of interleaved rounds.
"""

import argparse
import json
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import Any

import psutil
import structlog
from sqlalchemy import Engine, event

from benchmarks.databases import SERVER, postgresql
from benchmarks.report import table
from bot.store import groups, migrate
from bot.store.database import open_database
from tests.floor import PAGE, Floor, between, echo, ms

GREETING, WISH = "hello", "I want to talk to a human"
SAID = {"answered": GREETING, "a person is fetched": WISH}
#: Strangers before those that are measured, for whom statements are first prepared.
BEFORE = 30


@contextmanager
def counted() -> Iterator[list[str]]:
    """Yield the statements that this process runs from now on, as they come."""
    seen: list[str] = []

    def note(_: Any, __: Any, query: str, rows: Any, ___: Any, is_many: bool) -> None:
        if not query.startswith("BEGIN"):
            # What SQLAlchemy writes as one statement for many has one set of values.
            one_by_one = is_many and isinstance(rows, list)
            seen.extend([" ".join(query.split())] * (len(rows) if one_by_one else 1))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def steps(
    floor: Floor, psid: str, text: str
) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what comes of a message, step by step, each to be done before the next."""
    yield "message arrives", lambda: floor.hears(text, psid)
    whose = floor.conversation(psid)
    yield "turn", lambda: floor.answerer.answer(whose)
    yield "answer is sent", lambda: floor.sender.deliver(whose)
    sent = [body for body in floor.graph.taken if body["recipient"]["id"] == psid]
    rows = floor.all(
        "SELECT mid FROM message WHERE conversation_id = :id AND author = 'bot'"
        " ORDER BY id",
        id=whose,
    )
    echoes = [
        echo(
            body["message"]["text"],
            psid,
            at=floor.clock(),
            mid=row["mid"],
            metadata=body["message"]["metadata"],
        )
        for body, row in zip(sent, rows, strict=True)
    ]
    yield "echo arrives", lambda: floor.receives(*echoes)
    delivered = {"mids": [row["mid"] for row in rows], "watermark": ms(floor.clock())}
    whom = between(psid, PAGE, floor.clock())
    yield "delivery arrives", lambda: floor.receives({**whom, "delivery": delivered})


def listed(floor: Floor, psid: str, text: str) -> dict[str, list[str]]:
    """Return the statements of each step of a message."""
    found: dict[str, list[str]] = {}
    for name, do in steps(floor, psid, text):
        with counted() as seen:
            do()
        found[name] = seen
    return found


def spent(floor: Floor, name: str, text: str, strangers: int) -> tuple[float, float]:
    """Return the milliseconds of processor a stranger takes: ours, PostgreSQL's."""
    ours, theirs = 0.0, -_of_postgresql(name)
    for _ in range(strangers):
        for _, do in steps(floor, str(secrets.randbits(60)), text):
            began = time.process_time()
            do()
            ours += time.process_time() - began
    return 1000 * ours / strangers, 1000 * (theirs + _of_postgresql(name)) / strangers


def _of_postgresql(name: str) -> float:
    """Return the seconds that the processes of a database have worked."""
    found = 0.0
    for one in psutil.process_iter():
        with suppress(psutil.Error):
            line = " ".join(one.cmdline())
            if line.startswith("postgres:") and name in line:
                found += sum(one.cpu_times()[:2])
    return found


@contextmanager
def floors(server: str) -> Iterator[dict[str, tuple[Floor, str]]]:
    """Yield a Frontdesk on each database, with that database's name."""
    name = f"frontdesk_statements_{secrets.token_hex(4)}"
    with tempfile.TemporaryDirectory() as folder, postgresql(server, name) as url:
        urls = {"sqlite": f"sqlite:///{Path(folder) / name}", "postgresql": url}
        opened = {kind: open_database(url) for kind, url in urls.items()}
        try:
            for database in opened.values():
                migrate.migrate(database)
            yield {kind: (Floor(one), name) for kind, one in opened.items()}
        finally:
            for database in opened.values():
                database.close()


def measured(server: str, rounds: int, strangers: int) -> list[dict[str, Any]]:
    """Return the figures of each database and what is said, a row each."""
    took: dict[tuple[str, str], list[tuple[float, float]]] = {}
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    with floors(server) as there:
        for kind, (floor, name) in there.items():
            for what, text in SAID.items():
                spent(floor, name, text, BEFORE)
                found[kind, what] = listed(floor, f"{kind}{what}", text)
        for _ in range(rounds):
            for kind, (floor, name) in there.items():
                for what, text in SAID.items():
                    times = spent(floor, name, text, strangers)
                    took.setdefault((kind, what), []).append(times)
    return [
        {
            "database": kind,
            "what": what,
            **{step: len(seen) for step, seen in found[kind, what].items()},
            "statements": sum(map(len, found[kind, what].values())),
            "ours (ms)": round(median(ours for ours, _ in times), 2),
            "PostgreSQL (ms)": round(median(theirs for _, theirs in times), 2),
            "listed": found[kind, what],
        }
        for (kind, what), times in took.items()
    ]


def main() -> None:
    """Count, measure, and tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--postgresql", default=SERVER)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--strangers", type=int, default=100)
    parser.add_argument("--list", action="store_true", help="print each statement")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    groups.APART = 0.0  # nobody else comes who could be waited for
    found = measured(given.postgresql, given.rounds, given.strangers)
    if given.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    columns = [name for name in found[0] if name != "listed"]
    print(table(columns, [[row[name] for name in columns] for row in found]))
    if given.list:
        for row in found:
            for step, seen in row["listed"].items():
                print(f"\n{row['database']}, {row['what']}: {step}", *seen, sep="\n  ")


if __name__ == "__main__":
    main()
