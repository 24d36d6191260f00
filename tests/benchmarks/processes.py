"""Web processes and workers of one Frontdesk, each with a pid and a log of its own."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import requests
from sqlalchemy import create_engine, text

from benchmarks import several
from benchmarks.several import Stage
from bot.commands.environment import free_port
from bot.commands.stage import HOST, local_session
from bot.sweep import LOCK

READY = 120.0  # seconds
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_LIVE = re.compile(
    r'"content": (\d+), "event": "assistant_live".*"timestamp": "([^"]+)"'
)
_SWEEPS = text(
    "SELECT client_port FROM pg_stat_activity JOIN pg_locks USING (pid) "
    "WHERE locktype = 'advisory' AND granted AND objid = :lock "
    "AND datname = current_database()"
)


@dataclass(frozen=True)
class Process:
    """One of them."""

    popen: "subprocess.Popen[bytes]"
    log: Path
    url: str = ""

    def kill(self) -> None:
        """End it as a power cut would."""
        self.popen.kill()
        self.popen.wait()

    def has_content(self, number: int) -> bool:
        """Return whether it answers with this content, or newer."""
        return self.took(number) is not None

    def took(self, number: int) -> datetime | None:
        """Return when it began to answer with this content, or newer."""
        for content, at in _LIVE.findall(self.log.read_text()):
            if int(content) >= number:
                return datetime.fromisoformat(at)
        return None


@contextmanager
def running(on: Stage, *names: str) -> Iterator[list[Process]]:
    """Run these of the Procfile until the block ends; the first web where it says."""
    several.frontdesk(on, "migrate")
    ports = [urlsplit(on.url).port]
    begun: list[Process] = []
    try:
        for number, name in enumerate(names):
            port = ports.pop() if ports and name == "web" else free_port(HOST, 0)
            begun.append(_begun(on, name, number, port))
        for one in begun:
            await_that(lambda one=one: one.has_content(1), READY)
        for one in begun:
            if one.url:
                await_that(lambda one=one: _is_healthy(one.url), READY)
        yield begun
    finally:
        _end(begun)


def _begun(on: Stage, name: str, number: int, port: int | None) -> Process:
    log = on.folder / f"{name}-{number}.log"
    with log.open("wb") as out:
        popen = subprocess.Popen(  # noqa: S603 - our own words, no shell
            [several.BIN / "frontdesk", name],
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=on.folder,
            env={
                **{k: v for k, v in os.environ.items() if not k.startswith("TEST_")},
                "FRONTDESK_PORT": str(port),
                "NO_COLOR": "1",
            },
        )
    return Process(popen, log, f"http://{HOST}:{port}" if name == "web" else "")


def _end(begun: list[Process]) -> None:
    """End them as a terminal does, then whatever of their families is still there."""
    family = []
    for one in begun:
        if one.popen.poll() is None:
            family += psutil.Process(one.popen.pid).children(recursive=True)
            one.popen.send_signal(signal.SIGTERM)
    for one in begun:
        try:
            one.popen.wait(20)
        except subprocess.TimeoutExpired:
            one.kill()
    for left in psutil.wait_procs(family, timeout=5)[1]:
        left.kill()


def sweeper(on: Stage, processes: list[Process]) -> Process:
    """Return the process that sweeps: it holds the lock of the one that does."""
    engine = create_engine(on.database_url.replace("://", "+psycopg://", 1))
    try:
        with engine.connect() as connection:
            port = connection.scalar(_SWEEPS, {"lock": LOCK})
    finally:
        engine.dispose()
    for one in processes:
        for process in _family(one):
            if port in (c.laddr.port for c in process.net_connections("tcp")):
                return one
    raise AssertionError("nobody sweeps")


def _family(one: Process) -> list[psutil.Process]:
    if one.popen.poll() is not None:
        return []
    parent = psutil.Process(one.popen.pid)
    return [parent, *parent.children(recursive=True)]


def _is_healthy(url: str) -> bool:
    try:
        return requests.get(f"{url}/healthz", timeout=2).ok
    except requests.RequestException:
        return False


class Editor:
    """Somebody who is signed in, in a browser that any web process serves."""

    def __init__(self, on: Stage, name: str, url: str) -> None:
        link = several.frontdesk(on, "users", "add", name, "--role", "admin")
        self.url = url
        self._session = local_session()
        path = urlsplit(link.split()[-1]).path
        self.post(path, page=path)

    def get(self, path: str, url: str = "") -> str:
        """Return a page, as it stands after all redirects."""
        answer = self._session.get((url or self.url) + path)
        answer.raise_for_status()
        return answer.text

    def follow(self, path: str) -> str:
        """Return where a page leads."""
        answer = self._session.get(self.url + path, allow_redirects=False)
        return answer.headers.get("Location", "")

    def post(
        self, path: str, *, page: str = "/admin/faq/new", url: str = "", **fields: str
    ) -> requests.Response:
        """Press a button; what comes of it is not followed."""
        match = _TOKEN.search(self.get(page))
        assert match is not None
        form = {"csrf_token": match[1], **fields}
        to = (url or self.url) + path
        return self._session.post(to, form, allow_redirects=False)

    def close(self) -> None:
        self._session.close()


def await_that(holds: Callable[[], object], patience: float) -> None:
    """Wait until something holds."""
    until = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)
