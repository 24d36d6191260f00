"""Do two hundred open pages hear in time, and does a webhook notice them?

    python -m benchmarks.live [--streams 200] [--rate 50] [--seconds 20] [--json]

`frontdesk run` on SQLite in a process of its own. Webhooks come at a fixed rate, in
turn with no page open and with all of them; each stands for one change of one
conversation, which one page has open. Exit status 1 if a target is missed.
"""

import argparse
import asyncio
import contextlib
import json
import sys
import time
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import psutil
import requests

from benchmarks.load import quantile
from benchmarks.report import table
from bot.clock import system_clock
from bot.commands import environment
from bot.commands.stage import HOST, PAGE_ID, Stage, server, stage
from bot.store import arrivals, sessions, staff
from bot.store.database import open_database
from bot.store.people import Role
from webhooks.signature import sign

TARGET_MS = 1000.0
AGENTS_STREAMS = 5  # of one session


def main() -> int:
    """Print the figures; return 1 if word came too late."""
    options = _options()
    with stage([]) as bare:
        port = environment.free_port(HOST, 0)
        on = replace(bare, env={**bare.env, "FRONTDESK_EVENTS_PORT": str(port)})
        with server(on):
            figures = asyncio.run(_measure(on, port, options))
    if options.json:
        print(json.dumps(figures))
    else:
        print(table(["figure", "value"], list(figures.items())))
    return 0 if figures["event_p95_ms"] < TARGET_MS and not figures["missed"] else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", type=int, default=200)
    parser.add_argument("--rate", type=float, default=50.0)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


async def _measure(on: Stage, port: int, options: argparse.Namespace) -> dict[str, Any]:
    tokens, opened = _fill(on, options.streams)
    alone, together, waits = [], [], []
    before = _memory(on)
    missed = 0
    for _ in range(2):
        acks, _changed = await _post(on, opened, options.rate, options.seconds / 2)
        alone += acks
        pages = [
            Page(port, tokens[n // AGENTS_STREAMS], one) for n, one in enumerate(opened)
        ]
        await asyncio.gather(*(page.open() for page in pages))
        await asyncio.sleep(2)
        grown = _memory(on) - before
        acks, changed = await _post(on, opened, options.rate, options.seconds / 2)
        await asyncio.sleep(2)
        together += acks
        for number, at in changed:
            heard = [when for when in pages[number].heard if when >= at]
            missed += not heard
            waits += [(min(heard) - at) * 1000] if heard else []
        for page in pages:
            page.close()
        await asyncio.sleep(1)
    return {
        "streams": options.streams,
        "changes": len(waits) + missed,
        "missed": missed,
        "event_p50_ms": quantile(waits, 0.5),
        "event_p95_ms": quantile(waits, 0.95),
        "event_p99_ms": quantile(waits, 0.99),
        "ack_p50_ms_alone": quantile(alone, 0.5),
        "ack_p50_ms_with_streams": quantile(together, 0.5),
        "ack_p99_ms_alone": quantile(alone, 0.99),
        "ack_p99_ms_with_streams": quantile(together, 0.99),
        "kB_a_stream": round(grown / 1024 / options.streams, 1),
    }


class Page:
    """A page that listens, and when it heard that its thread changed."""

    def __init__(self, port: int, token: str, conversation: int) -> None:
        self.port, self.token, self.conversation = port, token, conversation
        self.heard: list[float] = []

    async def open(self) -> None:
        reader, self._writer = await asyncio.open_connection(HOST, self.port)
        path = f"/events?view=waiting&conversation={self.conversation}"
        lines = [f"GET {path} HTTP/1.1", f"Host: {HOST}:{self.port}"]
        lines += [f"Cookie: frontdesk={self.token}", "", ""]
        self._writer.write("\r\n".join(lines).encode())
        status = await reader.readline()
        if b" 200 " not in status:
            raise RuntimeError(status)
        self._listening = asyncio.create_task(self._listen(reader))

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            if line.startswith(b"data:") and b"thread" in line:
                self.heard.append(time.monotonic())

    def close(self) -> None:
        self._listening.cancel()
        self._writer.close()


def _fill(on: Stage, count: int) -> tuple[list[str], list[int]]:
    """Return the tokens of agents, and the conversations that they have open."""
    with contextlib.closing(open_database(on.database_url)) as database:

        def job(connection: Any) -> tuple[list[str], list[int]]:
            now = system_clock()
            tokens, opened = [], []
            for number in range(-(-count // AGENTS_STREAMS)):
                name = f"agent-{number}"
                who = staff.add(connection, name, name, Role.AGENT, now)
                tokens.append(sessions.begin(connection, who or 0))
            for number in range(count):
                psid = str(7_000_000 + number)
                opened.append(arrivals.conversation_of(connection, PAGE_ID, psid, now))
            return tokens, opened

        return database.write(job)


async def _post(
    on: Stage, opened: list[int], rate: float, seconds: float
) -> tuple[list[float], list[tuple[int, float]]]:
    """Return how long acks took (ms), and when which conversation had changed."""
    acks: list[float] = []
    changed: list[tuple[int, float]] = []
    with requests.Session() as session:
        session.trust_env = False
        began = time.monotonic()
        for number in range(round(rate * seconds)):
            wait = began + number / rate - time.monotonic()
            await asyncio.sleep(max(wait, 0))
            whose = number % len(opened)
            body = _webhook(str(7_000_000 + whose))
            headers = {"X-Hub-Signature-256": sign(body, on.app_secret)}
            asked = time.monotonic()
            answer = await asyncio.to_thread(
                session.post, f"{on.url}/webhook", data=body, headers=headers
            )
            answer.raise_for_status()
            acks.append((time.monotonic() - asked) * 1000)
            changed.append((whose, asked))
    return acks, changed


def _webhook(psid: str) -> bytes:
    now = time.time_ns()
    item = {
        "sender": {"id": psid},
        "recipient": {"id": PAGE_ID},
        "timestamp": now // 1_000_000,
        "message": {"mid": f"m_{now}", "text": "hello"},
    }
    entry = {"id": PAGE_ID, "time": now // 1_000_000, "messaging": [item]}
    return json.dumps({"object": "page", "entry": [entry]}).encode()


def _memory(on: Stage) -> int:
    """Return the bytes that the server's processes hold."""
    port = urlsplit(on.url).port
    found = {
        line.pid
        for line in psutil.net_connections("tcp")
        if line.pid
        and line.laddr
        and line.laddr.port == port
        and line.status == psutil.CONN_LISTEN
    }
    return sum(psutil.Process(pid).memory_info().rss for pid in found)


if __name__ == "__main__":
    sys.exit(main())
