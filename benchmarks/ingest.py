"""How many webhooks a second are safely on disk before they are answered?

``python -m benchmarks.ingest``. Four servers in one interleaved run (see
`benchmarks.ingest_server`), so that ratios hold although the machine is noisy;
then acks at 50 a second from a real Frontdesk that has 5,000 turns to catch up
with. Needs wrk.
"""

import argparse
import json
import os
import secrets
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks import backlog
from benchmarks.report import against, table
from webhooks.signature import sign

ROOT = Path(__file__).parents[1]
TARGETS = {"bare": 0.35, "flask": 1.5, "request": 6.0}
CONNECTIONS = 64
CUSTOMERS = 300
WARM_UP = 1


@dataclass(frozen=True)
class Run:
    """What wrk saw of one server: requests a second, and how long they took (ms)."""

    rate: float
    p50: float
    p99: float
    errors: int
    requests: int


def main() -> int:
    """Print figures and targets; return 1 if one is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--without-backlog", action="store_true")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        print("benchmarks.ingest needs wrk: apt install wrk", file=sys.stderr)
        return 2
    rounds = [_round(options.seconds) for _ in range(options.rounds)]
    figures = _figures(rounds)
    if not options.without_backlog:
        figures["backlog"] = asdict(backlog.measure())
    _print(figures, as_json=options.json)
    return 0 if _met(figures) else 1


def _round(seconds: int) -> dict[str, Run]:
    return {
        mode: _measure(mode, seconds)
        for mode in ("bare", "durable", "flask", "request")
    }


def _measure(mode: str, seconds: int) -> Run:
    with tempfile.TemporaryDirectory(prefix="frontdesk-ingest-") as folder:
        bodies = Path(folder) / "bodies"
        _write_bodies(bodies, 40_000 * seconds // 2)
        env = {
            **os.environ,
            "INGEST_MODE": mode,
            "INGEST_DATABASE": f"{folder}/ingest.sqlite",
            "INGEST_BODIES": str(bodies),
        }
        port = _free_port()
        server = _start(port, env)
        try:
            _await(port)
            _wrk(port, WARM_UP, env)
            return _wrk(port, seconds, env)
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _start(port: int, env: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start one server as `frontdesk run` does, in a process group of its own."""
    options = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "64"]
    command = [
        str(Path(sys.executable).with_name("granian")),
        *options,
        *["--backpressure", "128", "--no-ws", "--log-level", "critical"],
        *["--host", "127.0.0.1", "--port", str(port), "--factory"],
        "benchmarks.ingest_server:create",
    ]
    return subprocess.Popen(
        command,
        env=env,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the server did not start")


def _wrk(port: int, seconds: int, env: dict[str, str]) -> Run:
    script = str(ROOT / "benchmarks" / "post.lua")
    options = ["-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s"]
    done = subprocess.run(
        ["wrk", *options, "-s", script, f"http://127.0.0.1:{port}/webhook"],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    line = next(x for x in done.stdout.splitlines() if x.startswith("RESULT"))
    rate, p50, p99, errors, requests = line.split()[1:]
    return Run(float(rate), float(p50), float(p99), int(errors), int(requests))


def _write_bodies(path: Path, count: int) -> None:
    """Write bodies that are all different, each with its signature before it."""
    tag = secrets.token_hex(4)
    with path.open("w") as file:
        for number in range(count):
            body = json.dumps(_body(tag, number), separators=(",", ":"))
            file.write(f"{sign(body.encode(), 'secret')} {body}\n")


def _body(tag: str, number: int) -> dict[str, Any]:
    message = {"mid": f"m_{tag}{number}", "text": "where is my order 48213?"}
    item = {
        "sender": {"id": str(7400112233445000 + number % CUSTOMERS)},
        "recipient": {"id": "1020304050"},
        "timestamp": 1763799999990 + number,
        "message": message,
    }
    entry = {"id": "1020304050", "time": 1763800000123, "messaging": [item]}
    return {"object": "page", "entry": [entry]}


def _figures(rounds: list[dict[str, Run]]) -> dict[str, Any]:
    """Return medians, and ratios taken round by round."""
    ratios = {
        other: [one["durable"].rate / one[other].rate for one in rounds]
        for other in TARGETS
    }
    return {
        "runs": [{mode: asdict(run) for mode, run in one.items()} for one in rounds],
        "median_rate": {
            mode: statistics.median(one[mode].rate for one in rounds)
            for mode in rounds[0]
        },
        "ratio": {other: statistics.median(found) for other, found in ratios.items()},
        "ratios": ratios,
    }


def _met(figures: dict[str, Any]) -> bool:
    held = [figures["ratio"][name] >= target for name, target in TARGETS.items()]
    if "backlog" in figures:
        held.append(figures["backlog"]["p99_ms"] <= backlog.TARGET_MS)
        held.append(figures["backlog"]["lost"] == 0)
    return all(held)


def _print(figures: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(figures))
        return
    rates = figures["median_rate"]
    last = figures["runs"][-1]
    print(
        table(
            ["server", "requests/s (median)", "p50 ms", "p99 ms", "errors"],
            [
                [mode, round(rates[mode]), run["p50"], run["p99"], run["errors"]]
                for mode, run in last.items()
            ],
        )
    )
    print()
    print(
        table(
            ["durable against", "ratio (median)", "target", "", "by round"],
            [
                [
                    name,
                    f"{figures['ratio'][name]:.2f}",
                    target,
                    against(figures["ratio"][name], target, at_least=True),
                    " ".join(f"{ratio:.2f}" for ratio in figures["ratios"][name]),
                ]
                for name, target in TARGETS.items()
            ],
        )
    )
    if "backlog" in figures:
        print("\nacks while a backlog drains:", json.dumps(figures["backlog"]))


if __name__ == "__main__":
    sys.exit(main())
