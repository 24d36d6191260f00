"""Are acks still fast while thousands of turns wait to be answered?

A real `frontdesk demo` gets 5,000 messages of a thousand customers as fast as it
takes them; while it answers and sends, 50 more a second are posted, and the time
to each 200 is taken.
"""

import http.client
import json
import os
import secrets
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from webhooks.signature import sign

TARGET_MS = 250.0
TURNS = 5_000
CUSTOMERS = 1_000
CLIENTS = 16
RATE = 50  # acks a second
POSTERS = 16
JUST_CAME = RATE // 5  # turns owed that are no backlog: some always are on their way
LONGEST = 300.0  # seconds for the backlog to drain
PAGE_ID = "102030405060708"
SECRET = "backlog-secret"  # noqa: S105 - of a server that lives for a minute
SAID = "how long does delivery take?"


@dataclass(kw_only=True)
class Schedule:
    """When the acks of the steady rate are due, whichever poster is free to post.

    One poster alone would be the measure: it waits for an answer before it posts again.
    """

    began: float
    until: float
    is_over: threading.Event = field(default_factory=threading.Event)
    #: How long each took, in ms.
    took: list[float] = field(default_factory=list)
    due: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def moments(self) -> Iterator[tuple[int, float]]:
        """Yield number and moment of one post after another, when it is due."""
        while True:
            with self._lock:
                number = self.due
                moment = self.began + number / RATE
                if moment > self.until or self.is_over.wait(moment - time.monotonic()):
                    return
                self.due += 1
            yield number, moment


@dataclass(frozen=True)
class Backlog:
    """Acks at a steady rate beside a backlog of turns."""

    turns: int
    acks: int
    p50_ms: float
    p99_ms: float
    drained_s: float
    lost: int


def measure() -> Backlog:
    """Post the backlog, then 50 a second until it has drained."""
    with (
        tempfile.TemporaryDirectory(prefix="frontdesk-backlog-") as home,
        _server(Path(home)) as port,
    ):
        database = Path(home) / "frontdesk.sqlite"
        past = _turns(database)
        _pour(port, TURNS)
        began = time.monotonic()
        acks = _steady(port, database, until=began + LONGEST)
        drained = time.monotonic() - began
        _settle(database)
        said = TURNS + len(acks)
        return Backlog(
            turns=TURNS,
            acks=len(acks),
            p50_ms=round(_percentile(acks, 50), 1),
            p99_ms=round(_percentile(acks, 99), 1),
            drained_s=round(drained, 1),
            lost=said - (_turns(database) - past),
        )


@contextmanager
def _server(home: Path) -> Iterator[int]:
    """Run the demo and yield its port; its emulator refuses these customers."""
    env = {
        **{k: v for k, v in os.environ.items() if not k.startswith("FACEBOOK_")},
        "FRONTDESK_HOME": str(home),
        "FACEBOOK_APP_SECRET": SECRET,
    }
    command = [str(Path(sys.executable).with_name("frontdesk")), "demo"]
    process = subprocess.Popen(
        command,
        env=env,
        cwd=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        yield int(json.loads(line)["app"].rsplit(":", 1)[1])
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _pour(port: int, count: int) -> None:
    """Post *count* messages over several connections, as fast as they are taken."""
    share = count // CLIENTS
    clients = [
        threading.Thread(target=_post_many, args=(port, share, number * share))
        for number in range(CLIENTS)
    ]
    _post_many(port, count - share * CLIENTS, count)
    for client in clients:
        client.start()
    for client in clients:
        client.join()


def _post_many(port: int, count: int, first: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for number in range(first, first + count):
        _post(connection, number % CUSTOMERS)
    connection.close()


def _steady(port: int, database: Path, until: float) -> list[float]:
    """Post at the steady rate until nothing waits; return the times to each 200."""
    schedule = Schedule(began=time.monotonic(), until=until)
    posters = [
        threading.Thread(target=_post_when_due, args=(port, schedule))
        for _ in range(POSTERS)
    ]
    for poster in posters:
        poster.start()
    while time.monotonic() < until and _owed(database) >= JUST_CAME:
        time.sleep(1)
    schedule.is_over.set()
    for poster in posters:
        poster.join()
    if len(schedule.took) < schedule.due:
        raise RuntimeError("a poster gave up: see what it printed")
    return schedule.took


def _post_when_due(port: int, schedule: Schedule) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for number, due in schedule.moments():
        _post(connection, number % CUSTOMERS)
        # From when it was due, not from when we came to it: a stall counts.
        schedule.took.append((time.monotonic() - due) * 1000)
    connection.close()


def _post(connection: http.client.HTTPConnection, customer: int) -> None:
    body = json.dumps(_body(customer)).encode()
    headers = {"X-Hub-Signature-256": sign(body, SECRET)}
    connection.request("POST", "/webhook", body, headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"a webhook was answered {answer.status}")


def _body(customer: int) -> dict[str, Any]:
    now = int(time.time() * 1000)
    item = {
        "sender": {"id": str(7400112233000000 + customer)},
        "recipient": {"id": PAGE_ID},
        "timestamp": now,
        "message": {"mid": f"m_{secrets.token_hex(8)}", "text": SAID},
    }
    return {
        "object": "page",
        "entry": [{"id": PAGE_ID, "time": now, "messaging": [item]}],
    }


def _owed(database: Path) -> int:
    return _count(database, "SELECT count(*) FROM incoming_event WHERE state = 'new'")


def _turns(database: Path) -> int:
    """Return how many turns there are; the demo begins with some in its past."""
    return _count(database, "SELECT count(*) FROM turn")


def _settle(database: Path) -> None:
    until = time.monotonic() + 30
    while _owed(database) and time.monotonic() < until:
        time.sleep(0.1)


def _count(database: Path, query: str) -> int:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)
    try:
        found: int = connection.execute(query).fetchone()[0]
        return found
    finally:
        connection.close()


def _percentile(values: list[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
