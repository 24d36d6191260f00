"""A full desk: a hundred thousand messages, a hundred agents, fifty arrivals a second.

    python -m benchmarks.desk [--database sqlite|postgresql|both] [--seconds 30]

`frontdesk run` on SQLite, `honcho start` (web and worker) on PostgreSQL and RabbitMQ,
over tables that `desk_rows.py` has filled.
New customers come over signed webhooks, each a conversation that the assistant
answers; a few customers of the agents' write too. The agents' pages are real: a
stream each, news as their script would ask for them, pages and searches. An update
is late by the time from the webhook to the answer that has the message in it.

Only this machine is talked to. Exit status 1 if a target is missed.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy import Connection, insert

from benchmarks import desk_rows, several
from benchmarks.cores import Cores
from benchmarks.crowd import Emulator
from benchmarks.databases import SERVER
from benchmarks.desk_agents import Agent, Figures, ask, at_even_intervals, gathered
from benchmarks.load import quantile
from benchmarks.report import table
from bot.clock import system_clock
from bot.commands import environment
from bot.commands.stage import HOST, PAGE_ID, server, stage
from bot.store import pages
from bot.store.database import Database, open_database
from webhooks.signature import sign

TARGETS = {"page load": 300.0, "search": 300.0, "update": 1000.0}  # p95, ms
SETTLING = 5.0  # seconds after which what was posted must be on its page


@dataclass(frozen=True)
class Desk:
    """Where a Frontdesk answers, and with what its webhooks are signed."""

    url: str
    app_secret: str
    database_url: str
    #: Those who have not written yet: Messenger knows them, so that answers arrive.
    strangers: Iterator[str]


def main() -> int:
    """Print the figures of each database; return 1 if a target is missed."""
    options = _options()
    asked = options.database
    names = ("sqlite", "postgresql") if asked == "both" else (asked,)
    found = {name: _measured(name, options) for name in names}
    print(json.dumps(found) if options.json else _tables(found))
    return 0 if all(one["held"] for one in found.values()) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--database", choices=("sqlite", "postgresql", "both"), default="both"
    )
    parser.add_argument("--postgresql", default=SERVER)
    parser.add_argument("--rabbitmq", default="amqp://guest:guest@127.0.0.1:5672//")
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--conversations", type=int, default=5_000)
    parser.add_argument("--agents", type=int, default=100)
    parser.add_argument("--rate", type=float, default=50.0, help="arrivals a second")
    parser.add_argument("--updates", type=float, default=5.0, help="of them, a second")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--warm-up", type=float, default=10.0)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _measured(name: str, options: argparse.Namespace) -> dict[str, Any]:
    port = environment.free_port(HOST, 0)
    kinds = {"sqlite": _in_one_process, "postgresql": _in_several}
    with kinds[name](port, options) as (on, tokens):
        figures = asyncio.run(_work(on, port, tokens, options))
    return _facts(figures)


@contextlib.contextmanager
def _in_one_process(
    port: int, options: argparse.Namespace
) -> Iterator[tuple[Desk, list[str]]]:
    """Run a Frontdesk of one process on a filled file."""
    with stage([]) as bare:
        on = replace(bare, env={**bare.env, "FRONTDESK_EVENTS_PORT": str(port)})
        tokens = fill(on.database_url, options)
        known = _strangers(on.env["GRAPH_URL"], options)
        with server(on):
            yield Desk(on.url, on.app_secret, on.database_url, known), tokens


@contextlib.contextmanager
def _in_several(
    port: int, options: argparse.Namespace
) -> Iterator[tuple[Desk, list[str]]]:
    """Run the processes of the Procfile on a filled database."""
    servers = several.Servers(postgresql=options.postgresql, rabbitmq=options.rabbitmq)
    with several.stage(servers, port) as on:
        tokens = fill(on.database_url, options)
        known = _strangers(on.emulator, options)
        with several.honcho(on):
            yield Desk(on.url, on.app_secret, on.database_url, known), tokens


def _strangers(emulator: str, options: argparse.Namespace) -> Iterator[str]:
    """Let Messenger know all who are going to come; they read nothing meanwhile."""
    count = round(options.rate * (options.seconds + options.warm_up)) + 2
    acted_at = system_clock().isoformat()
    known = [
        {"psid": str(9_000_000 + number), "page_id": PAGE_ID, "name": f"Guest {number}"}
        for number in range(count)
    ]
    with contextlib.closing(Emulator(emulator)) as tell:
        told = [{**one, "acted_at": acted_at} for one in known]
        tell("POST", "/api/past", {"customers": told})
        tell("POST", "/api/faults", {"reads": {"off": True}})
    return iter([one["psid"] for one in known])


def fill(url: str, options: argparse.Namespace) -> list[str]:
    """Fill the tables; return the tokens of the agents' sessions."""
    with contextlib.closing(open_database(url)) as database:
        return _filled(database, options)


def _filled(database: Database, options: argparse.Namespace) -> list[str]:
    now, count = system_clock(), options.conversations
    # The token comes with the server.
    database.write(lambda connection: pages.keep(connection, PAGE_ID, b"", now))
    tokens, ids = database.write(
        lambda connection: desk_rows.agents(connection, options.agents, now)
    )
    for rows in desk_rows.conversations(count, ids, PAGE_ID, now):
        database.write(partial(_put, rows))
    for rows in desk_rows.messages(options.messages, count, PAGE_ID, now):
        database.write(partial(_put, rows))
    database.write(lambda connection: desk_rows.labels(connection, count, now))
    database.write(desk_rows.settle)
    desk_rows.tidy(database)
    return tokens


def _put(rows: dict[type, list[dict[str, Any]]], connection: Connection) -> None:
    for model, some in rows.items():
        if some:
            connection.execute(insert(model), some)


async def _work(
    on: Desk, events: int, tokens: list[str], options: argparse.Namespace
) -> Figures:
    figures = Figures()
    agents = [
        # The first conversations are theirs, in turn: see `desk_rows`.
        Agent(on.url, events, token, number or len(tokens), figures)
        for number, token in enumerate(tokens)
    ]
    await gathered(agents)
    await _arrive(on, agents, options, options.warm_up)
    for agent in agents:
        agent.is_counted = True
    began, cores = system_clock(), Cores()
    await _arrive(on, agents, options, options.seconds)
    figures.cores, until = cores.taken(), system_clock()
    await asyncio.sleep(SETTLING)
    for agent in agents:
        await agent.leave()
    figures.replies, figures.owed = desk_rows.replies(on.database_url, began, until)
    return figures


async def _arrive(
    on: Desk, agents: list[Agent], options: argparse.Namespace, seconds: float
) -> None:
    """Let new customers come, and those of the agents write."""
    chance = random.Random(seconds)

    async def come(number: int) -> None:
        text = desk_rows.words(chance.choice(desk_rows.SAID), chance)
        figures = agents[0].figures if agents[0].is_counted else Figures()
        await _post(on, next(on.strangers), text, figures)

    async def write(number: int) -> None:
        agent = agents[chance.randrange(len(agents))]
        said = f"news{time.time_ns()}"
        if agent.is_counted:
            agent.figures.expected += 1
            agent.awaited[said] = time.monotonic()
        await _post(on, str(8_000_000 + agent.opened), said, Figures())

    await asyncio.gather(
        at_even_intervals(options.rate, seconds, come),
        at_even_intervals(options.updates, seconds, write),
    )


async def _post(on: Desk, psid: str, text: str, figures: Figures) -> None:
    now = time.time_ns()
    item = {
        "sender": {"id": psid},
        "recipient": {"id": PAGE_ID},
        "timestamp": now // 1_000_000,
        "message": {"mid": f"m_{now}", "text": text},
    }
    entry = {"id": PAGE_ID, "time": now // 1_000_000, "messaging": [item]}
    body = json.dumps({"object": "page", "entry": [entry]}).encode()
    fields = {
        "X-Hub-Signature-256": sign(body, on.app_secret),
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
    }
    began = time.monotonic()
    status, _ = await ask(on.url, "POST /webhook", body, fields)
    figures.acks.append((time.monotonic() - began) * 1000)
    figures.failed += status != 200


def _facts(figures: Figures) -> dict[str, Any]:
    taken = {
        "page load": figures.pages,
        "search": figures.searches,
        "update": figures.updates,
        "news": figures.news,
        "ack": figures.acks,
        "first reply": figures.replies,
    }
    rows = {
        name: {
            "count": len(took),
            "p50": quantile(took, 0.5) if took else None,
            "p95": quantile(took, 0.95) if took else None,
        }
        for name, took in taken.items()
    }
    missed = figures.expected - len(figures.updates)
    met = [(rows[name]["p95"] or 0) < TARGETS[name] for name in TARGETS]
    return {
        "held": all(met) and not missed and not figures.failed,
        "took_ms": rows,
        "updates_missed": missed,
        "failed": figures.failed,
        "news_put_off": figures.put_off,
        "replies_owed": figures.owed,
        "cores": figures.cores,
        "load_average": os.getloadavg(),
    }


def _tables(found: dict[str, dict[str, Any]]) -> str:
    rows = [
        [
            database,
            name,
            row["count"],
            row["p50"],
            row["p95"],
            TARGETS.get(name, ""),
            ""
            if name not in TARGETS or (row["p95"] or 0) < TARGETS[name]
            else "MISSED",
        ]
        for database, facts in found.items()
        for name, row in facts["took_ms"].items()
    ]
    columns = ["database", "what", "count", "p50 ms", "p95 ms", "target", ""]
    others = [
        [
            database,
            facts["updates_missed"],
            facts["failed"],
            facts["news_put_off"],
            facts["replies_owed"],
            ", ".join(f"{name} {cores}" for name, cores in facts["cores"].items()),
            round(facts["load_average"][0], 1),
        ]
        for database, facts in found.items()
    ]
    named = ["database", "missed", "failed", "news put off", "replies owed"]
    named += ["cores", "load average"]
    return f"{table(columns, rows)}\n\n{table(named, others)}"


if __name__ == "__main__":
    sys.exit(main())
