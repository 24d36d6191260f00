"""Start the servers: `run`, `web`, `worker`."""

import ctypes
import gc
import importlib
import os
import resource
import signal
from pathlib import Path

import click
from granian import Granian
from granian.constants import Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels

from bot import program
from bot.commands import environment
from bot.settings import Settings

# A commit is shared by at most as many requests as are under way. Pages get fewer
# threads than there are: see `bot.web.turnstile`.
THREADS = 64
# Lines, not requests: browsers keep six open each for half a minute after a page, and
# where all are taken no webhook gets in. https://github.com/emmett-framework/granian
LINES = 2048
FILES = 4096  # lines, those of the listener, the database's, and what lies on the disk
BACKLOG = 1024
M_ARENA_MAX, ARENAS = -8, 2  # see mallopt(3)
START_FAILED = "start-failed"  # see bot/starting.py, which the parent need not load


@click.command()
def run() -> None:
    """Run everything in one process, on SQLite unless DATABASE_URL says otherwise."""
    settings = environment.settings()
    environment.refuse_used_home(settings.home)
    serve("bot.app:create_app", settings)


@click.command()
def web() -> None:
    """Run the web process of several; workers answer (see `worker`)."""
    settings = environment.settings()
    _refuse_alone(settings)
    serve("bot.worker:create_web", settings)


@click.command()
@click.option("--threads", default=32, show_default=True, help="Turns at a time.")
def worker(threads: int) -> None:
    """Run a worker: it answers and sends what web processes have taken in."""
    _refuse_alone(environment.settings())
    # Celery is an extra; whoever runs one process need not have it.
    run_worker = importlib.import_module("bot.worker").run_worker
    environment.checked(lambda: run_worker(threads))


def serve(target: str, settings: Settings) -> None:
    """Serve an application until we are told to end; a child that dies is replaced."""
    environment.refuse_taken_port(settings.host, settings.port)
    for doubt in environment.doubts(settings):
        click.echo(f"frontdesk: note: {doubt}", err=True)
    os.register_at_fork(after_in_child=_end_by_signals)
    _keep_memory_together()
    _allow_many_lines()
    _leave_shared()
    Granian(
        target,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        loop=Loops.asyncio,  # it only waits for the end: threads serve
        workers=1,
        blocking_threads=THREADS,
        backpressure=LINES,
        backlog=BACKLOG,
        factory=True,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=25,
        http1_settings=HTTP1Settings(keep_alive=True),
        websockets=False,
        log_level=LogLevels.error,
    ).serve()
    if reason := start_failure(settings.home):
        raise environment.Refused(reason)


def _keep_memory_together() -> None:
    """Let threads share what they free: else each keeps it for itself, 4 MB in all.

    One interpreter lock serves them all, so they hardly ever wait for each other here.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # glibc has it alone
    if mallopt is not None:
        mallopt(M_ARENA_MAX, ARENAS)


def _leave_shared() -> None:
    """Let the child's collector pass over what is here: else it copies every page."""
    gc.collect()
    gc.freeze()


def _allow_many_lines() -> None:
    """Let this process and its child have as many files open as lines may come."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _end_by_signals() -> None:
    """Let the child end at once if it is told to while it starts.

    It listens for signals when the application is there. Until then it would only
    note them, as its parent does, and its parent would wait in vain.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _refuse_alone(settings: Settings) -> None:
    if settings.is_sqlite:
        raise environment.Refused(
            "DATABASE_URL is SQLite, which one process writes: set it to your "
            f"PostgreSQL, or use `{program.command('run')}`"
        )
    if settings.broker_url is None:
        raise environment.Refused(
            "BROKER_URL is not set: set it to your RabbitMQ, "
            "such as amqp://user:password@host/"
        )


def start_failure(home: Path) -> str | None:
    """Return why our child could not start, if it said so."""
    path = home / START_FAILED
    if not path.exists():
        return None
    reason = path.read_text()
    path.unlink()
    return reason
