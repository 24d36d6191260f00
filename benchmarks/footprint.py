"""How soon does Frontdesk answer after its start, and how much memory does it take?

    python -m benchmarks.footprint [--times 3] [--clone] [--json]

`frontdesk demo` is started; a customer says hello on the phone and gets a reply. Then
they talk for a while, an admin adds a question to the FAQ, and the assistant learns
it. Memory is the proportional share (PSS) of all processes but the emulator, which
plays somebody else's servers. `--clone` also clones the last commit into an empty
folder and measures `make demo` there, with nothing in the package cache. Exit status
1 if the middle of the measurements is over a target.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import psutil
import requests

from benchmarks.crowd import Emulator
from benchmarks.memory import memory, watched
from benchmarks.report import against, table
from bot.commands.stage import OURS, end, local_session

ROOT = Path(__file__).parents[1]
FRONTDESK = Path(sys.executable).with_name("frontdesk")
#: Seconds and MB; each figure has to be at most this.
TARGETS = {
    "first reply (s)": 3.0,
    "idle (MB)": 160.0,
    "training (MB)": 350.0,
    "clone to URL (s)": 180.0,
}
TALK = (
    "where is my order?",
    "41976",
    "grace.shaw@example.com",
    "thanks",
    "when is my event?",
    "HR-6G593V",
    "grace.shaw@example.com",
    "how long does delivery take?",
    "bye",
)
QUESTION = {
    "question": "Do you engrave?",
    "phrasings": "\n".join(
        f"{ask} {what}"
        for ask in (
            "do you engrave",
            "can I have you engrave",
            "what does it cost to engrave",
        )
        for what in ("a ring", "glasses", "a watch", "names on pens")
    ),
    "answer": "Yes, rings and glasses, within a week.",
    "state": "live",
}
SETTLES_WITHIN = 120.0  # seconds for both models to go live
RESTS = 3.0  # seconds after which a server that has talked counts as idle


@dataclass(frozen=True, kw_only=True)
class Demo:
    """A demo that runs, and the facts that it printed."""

    process: "subprocess.Popen[str]"
    facts: dict[str, Any]
    log: Path
    began: float


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What was measured, several times, and what it may be at most."""

    name: str
    values: Sequence[float]
    target: float

    @property
    def median(self) -> float:
        """Return the middle of the measurements."""
        return round(median(self.values), 2)

    @property
    def met(self) -> bool:
        """Whether the middle of the measurements meets the target."""
        return self.median <= self.target


def main() -> int:
    """Print the figures; return 1 if one is over its target."""
    options = _options()
    runs = [_run() for _ in range(options.times)]
    if options.clone:
        runs += [_clone() for _ in range(options.times)]
    figures = _summary(runs)
    met = all(one.met for one in figures)
    if options.json:
        rows = [
            {**asdict(one), "median": one.median, "met": one.met} for one in figures
        ]
        print(json.dumps({"met": met, "load": os.getloadavg(), "figures": rows}))
    else:
        print(_table(figures))
        print(f"load of the machine: {os.getloadavg()[0]:.1f}")
    return 0 if met else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--clone", action="store_true", help="also from a bare clone")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _run() -> dict[str, float]:
    """Return what one demo measures, from its start to its second model."""
    with demo() as on, closing(Emulator(on.facts["emulator"])) as emulator:
        talk(emulator, ["hello"])
        first_reply = time.monotonic() - on.began
        talk(emulator, TALK)
        time.sleep(RESTS)
        idle = memory(on.process.pid)
        with watched(on.process.pid) as sizes:
            teach(on)
        return {
            "first reply (s)": first_reply,
            "idle (MB)": idle,
            "training (MB)": max(sizes),
        }


@contextmanager
def demo(folder: Path | None = None, **settings: str) -> Iterator[Demo]:
    """Run a demo until the block ends; it has printed its URL when the block begins.

    With *folder*, a checkout in which nothing is installed yet, by `make demo`.
    """
    around = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
    with tempfile.TemporaryDirectory(prefix="frontdesk-footprint-") as home:
        log = Path(home) / "log"
        began = time.monotonic()
        with log.open("w") as file:
            process = subprocess.Popen(
                ["make", "demo"] if folder else [FRONTDESK, "demo"],
                stdout=subprocess.PIPE,
                stderr=file,
                text=True,
                cwd=folder or home,
                env={**around, "FRONTDESK_PORT": "0", **settings},
            )
        family = psutil.Process(process.pid)
        try:
            yield Demo(
                process=process, facts=_facts(process, log), log=log, began=began
            )
        finally:
            members = family.children(recursive=True) if family.is_running() else []
            end(process)
            psutil.wait_procs(members, timeout=10)


def _facts(process: "subprocess.Popen[str]", log: Path) -> dict[str, Any]:
    """Return what the demo printed; `make` prints its commands before."""
    for line in process.stdout or ():
        if line.startswith("{"):
            found: dict[str, Any] = json.loads(line)
            return found
    raise RuntimeError("the demo did not start:\n" + log.read_text())


def talk(emulator: Emulator, texts: Sequence[str]) -> None:
    """Let a new customer say something, and wait for a reply each time."""
    psid = emulator("POST", "/api/customers", {})["psid"]
    seen = 0
    for text in texts:
        emulator("POST", f"/api/customers/{psid}/say", {"text": text})
        path = f"/api/customers/{psid}/messages?after={seen}&wait=20"
        answer = emulator("GET", path)["messages"]
        if not answer:
            raise RuntimeError(f"no reply to {text!r}")
        seen += len(answer)


def teach(on: Demo) -> None:
    """Add a question as an admin does; wait until both of its models are live."""
    before = _models(on)
    page = f"{on.facts['app']}/admin/faq/new"
    with local_session() as session:
        _post(session, on.facts["sign_in"]["admin"], {})
        _post(session, page, QUESTION)
    until = time.monotonic() + SETTLES_WITHIN
    while _models(on) < before + 2:
        if time.monotonic() > until:
            raise RuntimeError("no model came of an edit:\n" + on.log.read_text())
        time.sleep(0.1)


def _post(session: requests.Session, page: str, form: Mapping[str, str]) -> None:
    """Open a page and send its form, again while what it asks for is checked."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', session.get(page).text)
    content = {"csrf_token": token[1] if token else "", **form}
    until = time.monotonic() + SETTLES_WITHIN
    while True:
        answer = session.post(page.partition("?")[0], content)
        answer.raise_for_status()
        if answer.status_code != requests.codes.accepted or time.monotonic() > until:
            return
        time.sleep(1)


def _models(on: Demo) -> int:
    return on.log.read_text().count('"event": "model_live"')


def _clone() -> dict[str, float]:
    """Return how long a bare clone takes to print its URL."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-clone-") as folder:
        began = time.monotonic()
        subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
        with demo(Path(folder), PIP_NO_CACHE_DIR="1"):
            return {"clone to URL (s)": time.monotonic() - began}


def _summary(runs: Sequence[Mapping[str, float]]) -> list[Figure]:
    """Return each figure: all that was measured, and the middle of it."""
    found = []
    for name, target in TARGETS.items():
        values = [round(run[name], 2) for run in runs if name in run]
        if values:
            found.append(Figure(name=name, values=values, target=target))
    return found


def _table(figures: Sequence[Figure]) -> str:
    rows = [
        (
            one.name,
            ", ".join(map(str, one.values)),
            one.median,
            one.target,
            against(one.median, one.target, at_least=False),
        )
        for one in figures
    ]
    return table(["figure", "measured", "median", "at most", ""], rows)


if __name__ == "__main__":
    sys.exit(main())
