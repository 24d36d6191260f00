"""Everything on one machine: the server, an emulated Messenger, a sample shop."""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from bot.commands import environment
from bot.commands.serve import serve
from bot.settings import Settings, writable_home

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
APP_ID = "1517776481860111"
PAGE_ID = "102030405060708"
TAKEN_FROM_ENVIRONMENT = (
    "FRONTDESK_HOME",
    "FRONTDESK_PORT",
    "FRONTDESK_EVENTS_PORT",
    "FRONTDESK_DEMO_PAST",
    "DATABASE_URL",
    "FACEBOOK_APP_SECRET",
    "FACEBOOK_VERIFY_TOKEN",
)


@click.command()
@click.option(
    "--pages",
    type=click.IntRange(1, 9),
    default=1,
    show_default=True,
    help="How many Pages the shop has; its past is the first one's.",
)
def demo(pages: int) -> None:
    """Start Frontdesk with an emulated Messenger and sample data; print one URL.

    Nothing leaves this machine. Without FRONTDESK_HOME everything is kept in a
    temporary folder and is gone at the end.
    """
    with _home() as home:
        for one in ignored(home):
            click.echo(f"frontdesk: note: {one}", err=True)
        env = _environment(home, pages)
        with _emulator(env) as emulator:
            env |= {"GRAPH_URL": emulator, "FRONTDESK_CLOCK_URL": emulator}
            _replace_environment(env)
            settings = environment.checked(lambda: Settings.from_env(os.environ))
            environment.refuse_used_home(settings.home)
            serve("bot.app:create_app", settings)


def ignored(home: Path) -> Iterator[str]:
    """Yield what the demo passes over: its orders and products are in its tables."""
    for name in ("orders", "products"):
        path = home / f"{name}.py"
        if path.is_file():
            yield f"the demo does not ask {path}: its {name} are in its tables"


@contextmanager
def _home() -> Iterator[Path]:
    given = os.environ.get("FRONTDESK_HOME")
    if given:
        home = environment.checked(lambda: writable_home({"FRONTDESK_HOME": given}))
        (home / "announced").unlink(missing_ok=True)
        yield home
        return
    with tempfile.TemporaryDirectory(prefix="frontdesk-demo-") as folder:
        yield Path(folder)


def _environment(home: Path, pages: int) -> dict[str, str]:
    """Return the settings of the demo: ours, and the few that may be given."""
    given = {name: os.environ.get(name, "") for name in TAKEN_FROM_ENVIRONMENT}
    wanted = environment.port_number(given["FRONTDESK_PORT"])
    port = environment.free_port(HOST, wanted)
    events_port = environment.free_port(HOST, min(port + 1, 65535))
    return {
        "FRONTDESK_HOME": str(home),
        "FACEBOOK_APP_SECRET": secrets.token_hex(16),
        "FACEBOOK_VERIFY_TOKEN": secrets.token_urlsafe(16),
        "FRONTDESK_EVENTS_PORT": str(events_port),
        **{name: value for name, value in given.items() if value},
        "FACEBOOK_APP_ID": APP_ID,
        "FACEBOOK_PAGE_ID": ",".join(str(int(PAGE_ID) + n) for n in range(pages)),
        "FACEBOOK_PAGE_ACCESS_TOKEN": ",".join(
            "EAA" + secrets.token_hex(24) for _ in range(pages)
        ),
        "FRONTDESK_HOST": HOST,
        "FRONTDESK_PORT": str(port),
        "FRONTDESK_DEMO": "yes",
        "FRONTDESK_ENVIRONMENT": "demo",
        "FRONTDESK_HUMAN_AGENT": "yes",
        "FRONTDESK_ZONE": "Europe/London",
    }


def _replace_environment(env: Mapping[str, str]) -> None:
    """Let nothing of the surrounding settings reach the demo."""
    for name in list(os.environ):
        if name.startswith(("FACEBOOK_", "FRONTDESK_", "GRAPH_", "BROKER_")):
            del os.environ[name]
    os.environ.update(env)


@contextmanager
def _emulator(env: Mapping[str, str]) -> Iterator[str]:
    """Run the emulator beside us and yield its URL; it ends when we do.

    It need not listen yet: the server, which has as much to load, waits for it.
    """
    port = environment.free_port(HOST, 0)
    options = {
        "--port": str(port),
        "--webhook": f"http://{HOST}:{env['FRONTDESK_PORT']}/webhook",
        "--app-id": env["FACEBOOK_APP_ID"],
        "--app-secret": env["FACEBOOK_APP_SECRET"].split(",")[0],
        "--verify-token": env["FACEBOOK_VERIFY_TOKEN"],
    }
    words = [word for pair in options.items() for word in pair]
    ids = env["FACEBOOK_PAGE_ID"].split(",")
    tokens = env["FACEBOOK_PAGE_ACCESS_TOKEN"].split(",")
    for page_id, token in zip(ids, tokens, strict=True):
        words += ["--page-id", page_id, "--page-access-token", token]
    command = [sys.executable, "-m", "emulator", "--quiet", "--with-parent"]
    process = subprocess.Popen(  # noqa: S603 - our own words, no shell
        [*command, "--human-agent", *words], stdout=subprocess.DEVNULL, cwd=ROOT
    )
    try:
        yield f"http://{HOST}:{port}"
    finally:
        process.terminate()
        process.wait()
