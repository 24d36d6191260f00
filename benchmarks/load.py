"""Does Frontdesk keep up with a crowd, and what does losing the broker cost?

    python -m benchmarks.load [--rate 20] [--seconds 60] [--outage 30] [--json]

`honcho start` runs the Procfile on PostgreSQL and RabbitMQ, beside an emulator. A
hundred customers say 20 messages a second; then the connection to the broker is cut
while they go on, and mended. A reply is on its way from the moment a customer says
something to the moment the phone has the answer. Exit status 1 if a promise is
broken; everything that was started is ended.
"""

import argparse
import json
import os
import re
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks import ledgers, several
from benchmarks.crowd import Crowd, Emulator
from benchmarks.ledgers import Answered, Ledgers
from benchmarks.report import table
from benchmarks.several import Servers, Stage

TARGET_MS = 1000.0  # 95 of 100 replies
READY_WITHIN = 60.0
SETTLED_WITHIN = 120.0
PHASES = ("calm", "outage", "catching up", "after")


@dataclass(frozen=True, kw_only=True)
class Promise:
    """Something that must hold, whether it does, and why we say so."""

    name: str
    held: bool
    detail: str


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How many messages a second are said, and for how many seconds at a stretch."""

    rate: float
    seconds: float
    outage: float
    after: float
    warm_up: float = 5.0
    #: After an outage; replies may still be late.
    catching_up: float = 10.0


@dataclass(frozen=True, kw_only=True)
class Phase:
    """How long replies took to what was said in one stretch of time (ms)."""

    name: str
    replies: int
    p50: float
    p95: float
    p99: float
    longest: float
    #: Medians of the parts: to the tables, in the queue, from there to the phone.
    taken_in: float
    waited: float
    answered: float


def main() -> int:
    """Print figures and promises; return 1 if one is broken."""
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    servers = Servers(postgresql=options.postgresql, rabbitmq=options.rabbitmq)
    plan = Plan(
        rate=options.rate,
        seconds=options.seconds,
        outage=options.outage,
        after=options.after,
    )
    with several.stage(servers) as on:
        with several.honcho(on), closing(Emulator(on.emulator)) as emulator:
            crowd = Crowd(emulator, options.customers)
            talk(on, crowd, plan)
            settled = is_settled(on)
            books, answers = ledgers.read(on.database_url, emulator, crowd)
        complaints, killed = _complaints(on)
        if options.log:
            shutil.copy(on.log, options.log)
    phases = [phase for name in PHASES if (phase := measured(name, answers))]
    promises = _promises(books, phases, settled=settled)
    facts = {
        "held": all(one.held for one in promises),
        "rate": options.rate,
        "customers": options.customers,
        "load_average": os.getloadavg(),
        "said_late_by_s": round(crowd.behind, 3),
        "phases": [asdict(phase) for phase in phases],
        "books": asdict(books),
        "errors_in_log": dict(complaints),
        "killed_by_honcho": killed,
        "promises": [asdict(one) for one in promises],
    }
    print(json.dumps(facts) if options.json else _tables(facts))
    return 0 if facts["held"] else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=20.0)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--customers", type=int, default=100)
    parser.add_argument("--outage", type=float, default=30.0, help="0: none")
    parser.add_argument("--after", type=float, default=30.0)
    parser.add_argument("--postgresql", default="postgresql://postgres@127.0.0.1:5432")
    parser.add_argument("--rabbitmq", default="amqp://guest:guest@127.0.0.1:5672//")
    parser.add_argument("--log", help="where to keep what all processes wrote")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def talk(on: Stage, crowd: Crowd, plan: Plan) -> None:
    """Let the crowd say everything, with an outage in the middle."""
    crowd.talk("warm-up", 1, 1)
    _until(lambda: _has_reply(crowd), READY_WITHIN)
    crowd.talk("warm-up", plan.rate, plan.warm_up)
    crowd.talk("calm", plan.rate, plan.seconds)
    if not plan.outage:
        return
    crowd.talk("outage", plan.rate, 0.5)  # may be cut off on their way
    on.proxy.cut()
    crowd.talk("outage", plan.rate, plan.outage)
    on.proxy.mend()
    crowd.talk("catching up", plan.rate, plan.catching_up)
    crowd.talk("after", plan.rate, plan.after)


def is_settled(on: Stage) -> bool:
    """Wait until nothing is owed any more; return whether that came about."""
    return _until(lambda: ledgers.owed(on.database_url) == 0, SETTLED_WITHIN)


def _has_reply(crowd: Crowd) -> bool:
    path = f"/api/customers/{crowd.said[0].psid}/messages"
    return bool(crowd.emulator("GET", path)["messages"])


def _until(done: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not (found := done()) and time.monotonic() < until:
        time.sleep(0.5)
    return found


def _complaints(on: Stage) -> tuple[Counter[str], int]:
    """Return what the log says of errors, and how many honcho had to kill."""
    found: Counter[str] = Counter()
    text = on.log.read_text(errors="replace")
    for line in text.splitlines():
        event = re.search(r'"event": "([^"]{0,60})', line)
        if re.search(r'"level": "(error|critical)"|Traceback', line):
            found[event[1] if event else line[:80]] += 1
    return found, text.count("sending SIGKILL")


def measured(name: str, answers: Sequence[Answered]) -> Phase | None:
    """Return how long replies took in one stretch of time, if there were any."""
    some = [one for one in answers if one.said.phase == name]
    if not some:
        return None
    took = sorted(one.on_phone for one in some)
    return Phase(
        name=name,
        replies=len(some),
        p50=quantile(took, 0.5),
        p95=quantile(took, 0.95),
        p99=quantile(took, 0.99),
        longest=round(took[-1]),
        taken_in=quantile([one.taken_in for one in some], 0.5),
        waited=quantile([one.begun for one in some], 0.5),
        answered=quantile(
            [one.on_phone - one.begun - one.taken_in for one in some], 0.5
        ),
    )


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value that *share* of the values are not above."""
    return round(sorted(values)[min(int(len(values) * share), len(values) - 1)], 1)


def _promises(
    books: Ledgers, phases: Sequence[Phase], *, settled: bool
) -> list[Promise]:
    found = [
        Promise(
            name="nothing is lost, doubled or out of order",
            held=books.agree and settled,
            detail=f"{books.said} said, {books.events} stored, {books.turns} turns, "
            f"{books.planned} replies planned, {books.sent} sent, "
            f"{books.on_phones} on phones; {books.unanswered} without its reply, "
            f"{books.sent_twice} sent twice, {books.out_of_order} out of order",
        )
    ]
    for phase in phases:
        if phase.name in ("calm", "after"):
            found.append(
                Promise(
                    name=f"95 of 100 replies within a second, {phase.name}",
                    held=phase.p95 < TARGET_MS,
                    detail=f"p95 {phase.p95:.0f} ms",
                )
            )
    return found


def _tables(facts: dict[str, Any]) -> str:
    phases = [phase.values() for phase in facts["phases"]]
    columns = list(facts["phases"][0]) if phases else ["no replies"]
    promises = [
        f"{'held  ' if one['held'] else 'BROKEN'}  {one['name']}: {one['detail']}"
        for one in facts["promises"]
    ]
    others = {
        name: facts[name]
        for name in facts
        if name not in ("phases", "promises", "books")
    }
    return "\n\n".join(
        [
            table(columns, [list(row) for row in phases]),
            table(["book", "count"], list(facts["books"].items())),
            table(["figure", "value"], list(others.items())),
            "\n".join(promises),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
