"""How much memory do a process and its family take?

The proportional share (PSS): what several processes share counts once among them.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

EVERY = 0.1  # seconds between two looks


def memory(pid: int) -> float:
    """Return the proportional share of memory of a process and its family, in MB."""
    return round(sum(map(_share, _family(pid))) / 1024, 1)


def _family(pid: int) -> list[int]:
    """Return the processes of a demo; the emulator stands for Messenger's servers."""
    ours = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return [one.pid for one in ours if not _is_emulator(one)]


def _is_emulator(process: psutil.Process) -> bool:
    try:
        return "emulator" in process.cmdline()
    except psutil.NoSuchProcess:
        return False


def _share(pid: int) -> int:
    """Return the share of one process in kB, nothing if it has just ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


@contextmanager
def watched(pid: int) -> Iterator[list[float]]:
    """Yield a list that grows by the family's memory many times a second."""
    sizes = [memory(pid)]
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(EVERY):
            sizes.append(memory(pid))

    thread = threading.Thread(target=look, name="memory")
    thread.start()
    try:
        yield sizes
    finally:
        ended.set()
        thread.join()
