"""The processes of Frontdesk that are killed, and started again.

On SQLite one `frontdesk run`: its serving child is killed, which its parent replaces,
or the whole tree. On PostgreSQL `frontdesk web` and two `frontdesk worker`.
"""

import contextlib
import random
import re
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
import requests

from benchmarks.kill.site import Site

READY_WITHIN = 60.0
WEB_PLACES = frozenset({"parsed", "inserted", "stored", "woken"})
LOOK_EVERY = 0.005
STARTED = b"assistant_live"  # what a process logs once it answers
REPLACED = b"Unexpected exit"  # what granian logs of a child that died
SERVING = frozenset({"run", "web"})
ERROR = re.compile(rb'"event": "([^"]{1,80})[^\n]*"level": "(?:error|critical)"')


@dataclass(frozen=True)
class Killed:
    """One kill -9: what it hit, where in the code or how, and when."""

    target: str
    place: str
    at: float


class Program:
    """One program of an installation, with its log."""

    def __init__(self, site: Site, name: str, command: Sequence[str]) -> None:
        self.name = name
        self._site = site
        self._command = command
        self.log: Path = site.folder / f"{name}.log"
        #: The statuses with which it ended by itself; to be killed is not to end.
        self.gave_up: list[int] = []
        self._process: psutil.Popen | None = None
        self._read_from = 0

    def start(self, crashpoint: str | None = None) -> None:
        """Start it; with *crashpoint* it will kill itself there."""
        self._look_back()
        extra = {"CRASHPOINT": crashpoint} if crashpoint else {}
        self._read_from = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self._process = psutil.Popen(
                self._command,
                env={**self._site.settings, **extra},
                stdout=log,
                stderr=log,
                cwd=self._site.folder,
            )

    def _look_back(self) -> None:
        """Note how it ended, if nobody killed it, nor the child that it serves by."""
        status = self._process.poll() if self._process is not None else None
        if status not in (None, -signal.SIGKILL) and not self._lost_child():
            self.gave_up.append(status)

    def _lost_child(self) -> bool:
        """Whether its child died: after two deaths in a second a server gives up."""
        return self.name in SERVING and REPLACED in self.logged()

    @property
    def alive(self) -> bool:
        """Whether its first process lives."""
        return self._process is not None and self._process.poll() is None

    def child(self) -> psutil.Process | None:
        """Return the process that serves, if there is one."""
        if self._process is None:
            return None
        with contextlib.suppress(psutil.Error):
            return next(iter(self._process.children()), None)
        return None

    def kill(self) -> None:
        """Kill -9 it and all that it started."""
        if self._process is None:
            return
        with contextlib.suppress(psutil.Error):
            self._process.suspend()  # so that it replaces no child meanwhile
            for child in self._process.children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    child.kill()
        with contextlib.suppress(psutil.Error):
            self._process.kill()
        self._process.wait()

    def stop(self) -> tuple[int, float]:
        """End it as a deploy does; return exit status and seconds."""
        if self._process is None:
            return 0, 0.0
        self._look_back()
        began = time.monotonic()
        with contextlib.suppress(psutil.Error):
            self._process.terminate()
        try:
            status = self._process.wait(timeout=40)
        except psutil.TimeoutExpired:
            self.kill()
            status = -9
        return int(status or 0), round(time.monotonic() - began, 1)

    def deaths(self) -> int:
        """Return how often it died without `kill` since it was started."""
        if self.name not in SERVING:
            return int(not self.alive)
        return self.logged().count(REPLACED)

    def logged(self) -> bytes:
        """Return its log since it was started."""
        with self.log.open("rb") as log:
            log.seek(self._read_from)
            return log.read()

    def errors(self) -> list[str]:
        """Return what it ever logged as an error, and each traceback."""
        whole = self.log.read_bytes()
        events = [found.decode() for found in ERROR.findall(whole)]
        return events + ["Traceback"] * whole.count(b"\nTraceback ")


class Servers:
    """All programs of one installation."""

    def __init__(self, site: Site, *, switches: str = "") -> None:
        self.site = site
        self.killed: list[Killed] = []
        self.exits: dict[str, tuple[int, float]] = {}
        self.programs = {
            name: Program(site, name, [*_command(switches), *words])
            for name, words in _programs(site).items()
        }

    def start(self) -> None:
        """Start what does not run, and return once all answers.

        A server that gives up its child after two deaths may still be about to end.
        """
        end = time.monotonic() + READY_WITHIN
        while not self._ready():
            for program in self.programs.values():
                if not program.alive:
                    program.start()
            if time.monotonic() > end:
                raise TimeoutError(f"Frontdesk did not start; see {self.site.folder}")
            time.sleep(0.02)

    def kill(self, target: str, place: str) -> None:
        """Kill -9 a program, all of them, or only the child of one that serves."""
        child = self.web.child() if target == "child" else None
        if child is not None:
            with contextlib.suppress(psutil.Error):
                child.kill()
                child.wait(10)
        names = list(self.programs) if target in ("child", "all") else [target]
        struck = [name for name in names if self.programs[name].alive]
        if child is None:
            for name in struck:
                self.programs[name].kill()
        if struck:
            self._note(target, place)

    def _note(self, target: str, place: str) -> None:
        self.killed.append(Killed(target, place, time.time()))

    @property
    def web(self) -> Program:
        """Return the program that serves HTTP."""
        return next(iter(self.programs.values()))

    def stop(self) -> None:
        """End all in order, as a deploy does."""
        for name, program in self.programs.items():
            self.exits[name] = program.stop()

    def close(self) -> None:
        """Let nothing live on."""
        for program in self.programs.values():
            program.kill()

    @property
    def gave_up(self) -> list[str]:
        """Return which programs ended without being killed."""
        return [
            f"{name}: status {status}"
            for name, program in self.programs.items()
            for status in program.gave_up
        ]

    def errors(self) -> list[str]:
        """Return what the programs logged as an error, and each traceback."""
        return [
            f"{name}: {found}"
            for name, program in self.programs.items()
            for found in program.errors()
        ]

    def senders(self) -> tuple[str, ...]:
        """Return what must be killed so that nobody waits for Messenger any more."""
        if self.site.is_sqlite:
            return ("child",)
        return tuple(name for name in self.programs if name != self.web.name)

    def targets(self) -> tuple[str, ...]:
        """Return what may be killed at a random moment."""
        if self.site.is_sqlite:
            return ("child", "all")
        return ("child", "web", "worker-1", "worker-2", "all")

    def concerned(self, place: str) -> list[Program]:
        """Return the programs that pass a place of the code."""
        if self.site.is_sqlite or place in WEB_PLACES:
            return [self.web]
        workers = [p for p in self.programs.values() if p is not self.web]
        # One of the workers sweeps, and which one is not ours to know.
        return workers if place.startswith("timer") else workers[:1]

    def die_at(self, place: str, passes: int, within: float) -> bool:
        """Start what passes *place* so that it dies there; return whether it did.

        A server's child is replaced, and dies there again: until it is killed as
        a whole, which the caller does next.
        """
        programs = self.concerned(place)
        for program in programs:
            program.start(f"{place}:{passes}")
        _wait(lambda: self._ready() or _any_died(programs), READY_WITHIN)
        died = _wait(lambda: _any_died(programs), within)
        for program in programs:
            for _ in range(program.deaths()):
                self._note(program.name, place)
        return died

    def _ready(self) -> bool:
        workers = [p for p in self.programs.values() if p is not self.web]
        if not all(p.alive and STARTED in p.logged() for p in workers):
            return False
        try:
            answer = requests.get(f"{self.site.url}/healthz", timeout=1)
        except requests.RequestException:
            return False
        return answer.status_code == 200


def pause(chance: random.Random) -> None:
    """Wait for 50 to 500 ms."""
    time.sleep(chance.uniform(0.05, 0.5))


def _any_died(programs: Sequence[Program]) -> bool:
    return any(program.deaths() for program in programs)


def _wait(holds: Callable[[], bool], within: float) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        with contextlib.suppress(psutil.NoSuchProcess):
            if holds():
                return True
        time.sleep(LOOK_EVERY)
    return False


def _programs(site: Site) -> dict[str, list[str]]:
    if site.is_sqlite:
        return {"run": ["run"]}
    return {"web": ["web"], "worker-1": ["worker"], "worker-2": ["worker"]}


def _command(switches: str) -> list[str]:
    """Return the product itself, or a launcher that breaks something first."""
    if switches:
        return [sys.executable, "-m", "benchmarks.kill.sabotage", switches]
    return [str(Path(sys.executable).with_name("frontdesk"))]
