"""A whole Frontdesk of its own, for a rehearsal: a home, an emulator, a server.

Nothing of it outlives the rehearsal, and nothing of the settings around it, or of a
.env in the current folder, reaches it.
"""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

import click
import requests
from sqlalchemy import Connection, inspect
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import monotonic, system_clock
from bot.commands import environment
from bot.settings import Settings
from bot.store import migrate, pages
from bot.store.database import Database, open_database
from bot.store.sealing import Seal

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
APP_ID = "1517776481860111"
PAGE_ID = "102030405060708"
START_TIMEOUT = 180.0  # seconds; a first start may have to train
END_TIMEOUT = 30.0
OURS = ("FACEBOOK_", "FRONTDESK_", "GRAPH_", "BROKER_", "DATABASE_", "SECRET_KEY")
SERVER = "import sys; from bot.cli import main; sys.argv = ['frontdesk', 'run']; main()"


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What a server of this rehearsal is started with."""

    home: Path
    env: Mapping[str, str]
    #: The Pages it is to know, by what speaks for them.
    tokens: Mapping[str, str]

    @property
    def url(self) -> str:
        """Return where the server listens."""
        return f"http://{HOST}:{self.env['FRONTDESK_PORT']}"

    @property
    def app_secret(self) -> str:
        """Return with which secret bodies are signed."""
        return self.env["FACEBOOK_APP_SECRET"].split(",")[0]

    @property
    def database_url(self) -> str:
        """Return where the server keeps its tables."""
        return self.env["DATABASE_URL"]

    @property
    def log(self) -> Path:
        """Return the file that holds all the server wrote to its standard error."""
        return self.home / "server.log"

    def knowing(self, app_secrets: Sequence[str]) -> "Stage":
        """Return the same stage for a server with other app secrets."""
        return replace(
            self, env={**self.env, "FACEBOOK_APP_SECRET": ",".join(app_secrets)}
        )


@contextmanager
def stage(page_ids: Sequence[str], database_url: str | None = None) -> Iterator[Stage]:
    """Yield a stage whose Messenger has, and whose tables know, these Pages.

    The tables are made in a temporary folder, or in an empty database.
    """
    tokens = {page: "EAA" + secrets.token_hex(24) for page in (PAGE_ID, *page_ids)}
    with tempfile.TemporaryDirectory(prefix="frontdesk-replay-") as folder:
        env = _environment(Path(folder), tokens[PAGE_ID])
        env["DATABASE_URL"] = database_url or f"sqlite:///{folder}/frontdesk.sqlite"
        # It tells the webhook nothing: only what is posted may arrive.
        with emulator(env, tokens, webhook=None) as url:
            set_up = Stage(
                home=Path(folder), env={**env, "GRAPH_URL": url}, tokens=tokens
            )
            _make_tables(set_up)
            yield set_up


@contextmanager
def server(on: Stage) -> Iterator[None]:
    """Run a server until the block ends; it answers when the block begins."""
    with on.log.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own words, no shell
            [sys.executable, "-c", SERVER], stderr=log, cwd=on.home, env=on.env
        )
    try:
        _await(on, process)
        _make_known(on)
        yield
    finally:
        end(process)


@contextmanager
def emulator(
    env: Mapping[str, str], tokens: Mapping[str, str], *, webhook: str | None
) -> Iterator[str]:
    """Play Messenger for these Pages until the block ends; yield its URL."""
    options = {
        **({"--webhook": webhook} if webhook else {}),
        "--app-id": env["FACEBOOK_APP_ID"],
        "--app-secret": env["FACEBOOK_APP_SECRET"].split(",")[0],
        "--verify-token": env["FACEBOOK_VERIFY_TOKEN"],
    }
    words = [f"{name}={value}" for name, value in options.items()]
    for page_id, token in tokens.items():
        words += [f"--page-id={page_id}", f"--page-access-token={token}"]
    command = [sys.executable, "-m", "emulator", "--quiet", "--with-parent", *words]
    process = subprocess.Popen(  # noqa: S603 - our own words, no shell
        command, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        if not line:
            raise click.ClickException("the emulator did not start; see above")
        yield json.loads(line)["url"]
    finally:
        end(process)


def local_session() -> requests.Session:
    """Return a session that goes to this machine even where a proxy is set."""
    session = requests.Session()
    session.trust_env = False
    return session


def end(process: "subprocess.Popen[bytes] | subprocess.Popen[str]") -> None:
    """Tell a process to end, and make it if it does not."""
    process.terminate()
    try:
        process.wait(END_TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _environment(home: Path, token: str) -> dict[str, str]:
    around = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
    return {
        **around,
        "FRONTDESK_HOME": str(home),
        "FRONTDESK_HOST": HOST,
        "FRONTDESK_PORT": str(environment.free_port(HOST, 0)),
        "FRONTDESK_EVENTS_PORT": "0",  # nobody looks on
        "FRONTDESK_ENVIRONMENT": "replay",
        # Nobody is told that nobody came: what happens must come of what is posted.
        "FRONTDESK_ANSWER_WITHIN": "10080",
        "FACEBOOK_APP_ID": APP_ID,
        "FACEBOOK_APP_SECRET": secrets.token_hex(16),
        "FACEBOOK_VERIFY_TOKEN": secrets.token_urlsafe(16),
        "FACEBOOK_PAGE_ID": PAGE_ID,
        "FACEBOOK_PAGE_ACCESS_TOKEN": token,
    }


def _make_known(on: Stage) -> None:
    """Let the server answer for Pages as well that no setting could name.

    In bodies that were made up a Page may be called anything. At its start a server
    leaves all Pages but those of its settings.
    """
    settings = environment.checked(lambda: Settings.from_env(on.env))
    seal, now = Seal(settings.secret_key), system_clock()
    sealed = {page_id: seal.close(token) for page_id, token in on.tokens.items()}
    with closing(open_database(settings.database_url)) as database:
        database.write(partial(_keep_all, sealed, now))


def _make_tables(on: Stage) -> None:
    """Make the tables, where nothing lies yet."""
    settings = environment.checked(lambda: Settings.from_env(on.env))
    with closing(open_database(settings.database_url)) as database:
        try:
            _refuse_used(database)
        except SQLAlchemyError as error:
            kind = type(error).__name__
            raise environment.Refused(f"the database can't be read ({kind})") from None
        migrate.migrate(database)


def _refuse_used(database: Database) -> None:
    if inspect(database.engine).get_table_names():
        raise environment.Refused("the database is not empty: name one that is")


def _keep_all(
    sealed: Mapping[str, bytes], now: datetime, connection: Connection
) -> None:
    for page_id, token in sealed.items():
        pages.keep(connection, page_id, token, now)


def _await(on: Stage, process: "subprocess.Popen[bytes]") -> None:
    until = monotonic() + START_TIMEOUT
    with local_session() as session:
        while monotonic() < until and process.poll() is None:
            try:
                if session.get(f"{on.url}/healthz", timeout=5).ok:
                    return
            except requests.RequestException:
                time.sleep(0.05)
    last = on.log.read_text(errors="replace").splitlines()[-5:]
    raise click.ClickException("\n".join(["the server did not start:", *last]))
