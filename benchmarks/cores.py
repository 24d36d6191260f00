"""Who keeps the cores busy: our processes by their part, the database, all others."""

import contextlib
import time
from collections.abc import Mapping

import psutil

#: A word of the command line, and the part it tells.
PARTS = (
    ("emulator", "emulator"),
    ("frontdesk worker", "worker"),
    ("frontdesk web", "web"),
    ("'frontdesk', 'run'", "web"),
    ("granian", "web"),
    ("honcho", "honcho"),
    ("postgres:", "postgresql"),
)


class Cores:
    """Counts processor seconds from when it is made."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._before = _worked()
        self._busy = _busy()

    def taken(self) -> Mapping[str, float]:
        """Return how many cores each part kept busy on average since then."""
        span = time.monotonic() - self._began
        found: dict[str, float] = {}
        for (name, *who), seconds in _worked().items():
            found[name] = (
                found.get(name, 0.0) + seconds - self._before.get((name, *who), 0.0)
            )
        found["whole machine"] = _busy() - self._busy
        return {name: round(seconds / span, 2) for name, seconds in found.items()}


def _worked() -> dict[tuple[str, int, float], float]:
    """Return seconds by part and process: those that we started, and PostgreSQL's."""
    ours = psutil.Process()
    family = {one.pid for one in [ours, *ours.children(recursive=True)]}
    found = {}
    for one in psutil.process_iter():
        with contextlib.suppress(psutil.NoSuchProcess):
            name = "load generator" if one.pid == ours.pid else _part(one, family)
            if name is not None:
                key = (name, one.pid, one.create_time())
                found[key] = sum(one.cpu_times()[:2])
    return found


def _part(one: psutil.Process, family: set[int]) -> str | None:
    line = " ".join(one.cmdline())
    if one.pid not in family and not line.startswith("postgres:"):
        return None
    return next((part for word, part in PARTS if word in line), "others of ours")


def _busy() -> float:
    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system + times.irq + times.softirq)
