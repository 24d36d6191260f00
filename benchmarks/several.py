"""Frontdesk as several processes: what `honcho start` makes of the Procfile.

With a PostgreSQL database, a RabbitMQ queue, a home, a .env and an emulator of its
own. All of it is ended, by its own process ids, and dropped.
"""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psutil
import requests
from kombu import Connection

from benchmarks.databases import postgresql
from benchmarks.proxy import Proxy
from bot.commands.environment import free_port
from bot.commands.stage import APP_ID, HOST, OURS, PAGE_ID, emulator, local_session
from bot.worker import queue_name

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
START_TIMEOUT = 120.0
END_TIMEOUT = 30.0
STAYS_UP = 10.0  # seconds after which a start is believed
SAMPLES = (("orders", "orders.csv"), ("events", "events.csv"))


@dataclass(frozen=True, kw_only=True)
class Servers:
    """Where the outside servers are."""

    postgresql: str
    rabbitmq: str


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Everything that stands before honcho starts."""

    folder: Path
    url: str
    emulator: str
    database_url: str
    app_secret: str
    proxy: Proxy

    @property
    def log(self) -> Path:
        """Return what honcho and all its processes wrote."""
        return self.folder / "honcho.log"


@contextmanager
def stage(servers: Servers, events: int | None = None) -> Iterator[Stage]:
    """Yield a stage with the sample shop in its tables; streams at port *events*."""
    name = f"frontdesk-load-{secrets.token_hex(4)}"
    with (
        postgresql(servers.postgresql, name.replace("-", "_")) as database_url,
        _broker(servers.rabbitmq, queue_name(name)) as (proxy, broker_url),
        tempfile.TemporaryDirectory(prefix="frontdesk-load-") as folder,
    ):
        env = {
            **_settings(Path(folder), name),
            "DATABASE_URL": database_url,
            "BROKER_URL": broker_url,
            **({"FRONTDESK_EVENTS_PORT": str(events)} if events else {}),
        }
        url = f"http://{HOST}:{env['FRONTDESK_PORT']}"
        tokens = {PAGE_ID: env["FACEBOOK_PAGE_ACCESS_TOKEN"]}
        with emulator(env, tokens, webhook=f"{url}/webhook") as graph:
            _lay_out(Path(folder), {**env, "GRAPH_URL": graph})
            yield Stage(
                folder=Path(folder),
                url=url,
                emulator=graph,
                database_url=database_url,
                app_secret=env["FACEBOOK_APP_SECRET"],
                proxy=proxy,
            )


@contextmanager
def honcho(on: Stage, stays_up: float = STAYS_UP) -> Iterator[None]:
    """Run `honcho start` until the block ends; RuntimeError if it does not stay up."""
    with on.log.open("ab") as log:
        process = subprocess.Popen(
            [BIN / "honcho", "--no-colour", "start"],
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=on.folder,
            env=_clean(),
        )
    family = psutil.Process(process.pid)
    try:
        _await(on, process, stays_up)
        yield
        if process.poll() is not None:
            raise RuntimeError("honcho ended by itself; its log:\n" + tail(on))
    finally:
        _end(process, family)


def _await(on: Stage, process: "subprocess.Popen[bytes]", stays_up: float) -> None:
    """Wait until the web answers, and longer, to see that it goes on to."""
    healthy_until = None
    until = time.monotonic() + START_TIMEOUT
    with local_session() as session:
        while time.monotonic() < until:
            if process.poll() is not None:
                raise RuntimeError(
                    "honcho start ended by itself; its log:\n" + tail(on)
                )
            if healthy_until is None and _healthy(session, on.url):
                healthy_until = time.monotonic() + stays_up
            if healthy_until is not None and time.monotonic() > healthy_until:
                return
            time.sleep(0.1)
    raise RuntimeError("honcho start did not become ready; its log:\n" + tail(on))


def _healthy(session: requests.Session, url: str) -> bool:
    try:
        return session.get(f"{url}/healthz", timeout=2).ok
    except requests.RequestException:
        return False


def tail(on: Stage) -> str:
    """Return the last lines of the log."""
    return "\n".join(on.log.read_text(errors="replace").splitlines()[-12:])


def _end(process: "subprocess.Popen[bytes]", family: psutil.Process) -> None:
    """End honcho as Ctrl-C does, then whatever of its family is still there."""
    try:
        members = family.children(recursive=True)
    except psutil.NoSuchProcess:
        members = []
    process.terminate()
    try:
        process.wait(END_TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    _, left = psutil.wait_procs(members, timeout=END_TIMEOUT)
    for one in left:
        one.kill()


def _settings(folder: Path, name: str) -> dict[str, str]:
    return {
        "FACEBOOK_APP_ID": APP_ID,
        "FACEBOOK_PAGE_ID": PAGE_ID,
        "FACEBOOK_APP_SECRET": secrets.token_hex(16),
        "FACEBOOK_VERIFY_TOKEN": secrets.token_urlsafe(16),
        "FACEBOOK_PAGE_ACCESS_TOKEN": "EAA" + secrets.token_hex(24),
        "SECRET_KEY": secrets.token_urlsafe(32),
        "FRONTDESK_HOME": str(folder / "home"),
        "FRONTDESK_PORT": str(free_port(HOST, 0)),
        "FRONTDESK_ENVIRONMENT": name,
    }


def frontdesk(on: Stage, *words: str) -> str:
    """Return what a command prints that is run beside the processes."""
    done = subprocess.run(
        [BIN / "frontdesk", *words],
        cwd=on.folder,
        env=_clean(),
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def _lay_out(folder: Path, env: dict[str, str]) -> None:
    """Put the Procfile and .env where a user has them, and the shop into the tables."""
    shutil.copy(ROOT / "Procfile", folder)
    lines = [f"{name}={value}" for name, value in env.items()]
    (folder / ".env").write_text("\n".join(lines) + "\n")
    for kind, file in SAMPLES:
        command = [BIN / "frontdesk", kind, "import", ROOT / "data" / "demo" / file]
        subprocess.run(
            command, cwd=folder, env=_clean(), check=True, stdout=subprocess.DEVNULL
        )


def _clean() -> dict[str, str]:
    """Return the environment without settings of ours: .env has them."""
    around = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
    return {**around, "PATH": f"{BIN}:{around.get('PATH', '')}"}


@contextmanager
def _broker(server: str, queue: str) -> Iterator[tuple[Proxy, str]]:
    parts = urlsplit(server)
    proxy = Proxy(parts.hostname or HOST, parts.port or 5672)
    user = f"{parts.username}:{parts.password}@" if parts.username else ""
    try:
        yield proxy, urlunsplit(parts._replace(netloc=f"{user}{HOST}:{proxy.port}"))
    finally:
        proxy.close()
        with Connection(server, connect_timeout=5) as connection:
            connection.default_channel.queue_delete(queue)
