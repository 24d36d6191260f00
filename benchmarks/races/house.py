"""One Frontdesk in this process, so that its steps can be halted one by one.

The pages and the webhook are served over HTTP, Messenger is an emulator in a process
of its own; turns, sends and timers are done by whoever holds the house.
"""

import secrets
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

from benchmarks.databases import postgresql
from benchmarks.kill.messenger import (
    APP_ID,
    APP_SECRET,
    PAGE_ID,
    TOKEN,
    VERIFY_TOKEN,
    Messenger,
)
from benchmarks.quiet import silent
from benchmarks.races.gate import Gate, WatchedGraph, looking, watched
from benchmarks.races.sabotage import instead
from bot import crashpoints, waiting
from bot.answer import Answerer, Outside
from bot.app import application
from bot.clock import system_clock
from bot.commands.environment import free_port
from bot.commands.stage import HOST, local_session
from bot.delivery import Sender
from bot.gestures import Gestures
from bot.ladder import UNANSWERED
from bot.settings import Settings
from bot.store import arrivals, outbox, sending, sessions, staff
from bot.store.people import Role, StaffSession
from bot.sweep import Duties, Sweep
from bot.web import cookies
from bot.wiring import Parts, build, prepare

WITHIN = timedelta(minutes=10)
PATIENCE = 10.0  # seconds until what must come has come


class Agent:
    """Somebody in front of the inbox, over HTTP."""

    def __init__(self, parts: Parts, url: str, name: str) -> None:
        self.url = url
        self.session = local_session()
        self.id, token, self._csrf = parts.database.write(partial(_agent, name=name))
        self.session.cookies.set(cookies.SESSION, token)

    def presses(self, conversation_id: int, button: str) -> str:
        """Press a button of a conversation; return where that leads."""
        answer = self.session.post(
            f"{self.url}/inbox/{conversation_id}/{button}",
            data={"csrf_token": self._csrf},
            allow_redirects=False,
            timeout=PATIENCE,
        )
        if answer.status_code != requests.codes.see_other:
            raise RuntimeError(f"{button}: {answer.status_code}")
        return answer.headers["Location"]


def _agent(connection: Any, name: str) -> tuple[int, str, str]:
    who = staff.add(connection, name, name, Role.AGENT, system_clock())
    assert who is not None  # noqa: S101
    token = sessions.begin(connection, who)
    kept = StaffSession.token_hash == sessions.hashed(token)
    csrf = connection.scalars(select(StaffSession.csrf_token).where(kept)).one()
    return who, token, csrf


@dataclass
class House:
    """The parts, and the hands that move them."""

    parts: Parts
    url: str
    messenger: Messenger
    gate: Gate

    def __post_init__(self) -> None:
        self._agents: dict[str, Agent] = {}
        parts, secret = self.parts, self.parts.settings.app_secrets[0]
        about = (parts.database, parts.graph, parts.seal, secret)
        self.sender = Sender(*about, parts.clock)
        outside = Outside(parts.database, parts.clock, parts.understanding, WITHIN)
        self.answerer = Answerer(outside, Gestures(*about), self.sender.deliver)

    def agent(self, name: str) -> Agent:
        """Return somebody who works here, signed in."""
        if name not in self._agents:
            self._agents[name] = Agent(self.parts, self.url, name)
        return self._agents[name]

    def newcomer(self) -> tuple[str, int]:
        """Return the PSID of a customer who is new, and their conversation."""
        psid, now = self.messenger.customer(), self.parts.clock()
        number = self.parts.database.write(
            lambda c: arrivals.conversation_of(c, PAGE_ID, psid, now)
        )
        return psid, number

    def hears(self, psid: str, *texts: str) -> None:
        """Let a customer write, and wait until each of it was answered 200."""
        for text in texts:
            self.messenger.say(psid, text=text)
        self.quiet()

    def quiet(self) -> None:
        """Wait until nothing is on the way to the webhook."""
        until = time.monotonic() + PATIENCE
        while self.messenger.waiting:
            if time.monotonic() > until:
                raise TimeoutError("the webhook does not take what it is sent")
            time.sleep(0.001)

    def work(self, conversation_id: int) -> None:
        """Do what a worker and a sender do that were woken."""
        self.answerer.answer(conversation_id)
        self.sender.deliver(conversation_id)

    def sweep(self, ahead: timedelta) -> None:
        """Look at the timers as one will who looks so much later."""
        responses = self.parts.understanding.assistant.responses

        def now() -> datetime:
            return self.parts.clock() + ahead

        fire = {UNANSWERED: lambda c, timer: waiting.tell(c, timer, responses, now())}
        duties = Duties(self.work, self.sender.deliver, fire)
        Sweep(self.parts.database, now, duties).sweep()


@contextmanager
def house(kind: str, server: str, models: Path) -> Iterator[House]:
    """Yield a house on *kind* of database; nothing of it is left after."""
    name = f"races_{secrets.token_hex(4)}"
    with tempfile.TemporaryDirectory(prefix=f"frontdesk-{name}-") as folder:
        (Path(folder) / "models").symlink_to(models, target_is_directory=True)
        if kind == "sqlite":
            with _opened(f"sqlite:///{folder}/frontdesk.sqlite", Path(folder)) as found:
                yield found
            return
        with postgresql(server, name) as url, _opened(url, Path(folder)) as found:
            yield found


@contextmanager
def _opened(database_url: str, folder: Path) -> Iterator[House]:
    port = free_port(HOST, 0)
    url, gate = f"http://{HOST}:{port}", Gate()
    with silent(), _messenger(f"{url}/webhook") as messenger:
        parts = _parts(database_url, folder, messenger, gate)
        try:
            with _served(parts, port), instead(crashpoints, "reach", gate.reach):
                yield House(parts, url, messenger, gate)
        finally:
            parts.close()


@contextmanager
def _messenger(webhook: str) -> Iterator[Messenger]:
    messenger = Messenger(webhook)
    try:
        yield messenger
    finally:
        messenger.close()


def _parts(url: str, folder: Path, messenger: Messenger, gate: Gate) -> Parts:
    settings = Settings(
        home=folder,
        app_id=APP_ID,
        page_ids=(PAGE_ID,),
        app_secrets=(APP_SECRET,),
        page_access_tokens=(TOKEN,),
        verify_token=VERIFY_TOKEN,
        secret_key="of-the-races",
        database_url=url,
        graph_url=messenger.url,
        demo=True,  # the answers of the FAQ may be given
    )
    parts = build(settings)
    graph = WatchedGraph(gate, settings.graph_url, settings.graph_version)
    parts = replace(parts, graph=graph)
    prepare(parts)
    return parts


class _Quiet(WSGIRequestHandler):
    """Serves, and tells nobody of it."""

    def log_request(self, *about: object) -> None: ...


@contextmanager
def _served(parts: Parts, port: int) -> Iterator[None]:
    # Nobody is woken: whoever holds the house does the work.
    app = application(parts, lambda conversation_id: None)
    server = make_server(HOST, port, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def telling(gate: Gate) -> Iterator[None]:
    """Let the gate be told of take-overs and last looks; inside all other switches."""
    with (
        instead(outbox, "cancel", watched(outbox.cancel, gate)),
        instead(sending, "standing", looking(sending.standing, gate)),
    ):
        yield
