"""A Page connected over real HTTP: our application at an address, and the emulator."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from bot.connection import checks, profile, trial
from bot.connection.line import Line, patient_graph
from bot.connection.results import Result, State
from bot.delivery import Sender
from bot.settings import Settings
from bot.store import arrivals, owed
from bot.store.models import Conversation, PageHealth
from bot.wiring import Parts
from tests.bot.visiting import rows
from tests.emulator.conftest import PAGE, TOKEN, Emulator

TEST = "This is a test."


class Quiet(WSGIRequestHandler):
    def log(self, *about: object) -> None: ...


@pytest.fixture
def server() -> Iterator[BaseWSGIServer]:
    """An address at which the application can be put."""
    server = make_server("127.0.0.1", 0, Flask("empty"), True, 1, Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def settings(settings: Settings, messenger: Emulator, server: Any) -> Settings:
    return replace(
        settings,
        graph_url=messenger.url,
        page_access_tokens=(TOKEN,),
        public_url=f"http://127.0.0.1:{server.port}",
    )


@dataclass
class Shop:
    """A Frontdesk that is served, its Messenger, and who writes to it."""

    app: Flask
    parts: Parts
    messenger: Emulator
    psid: str = ""

    def line(self, **settings: Any) -> Line:
        changed = replace(self.parts.settings, **settings)
        return Line(
            settings=changed,
            ours=changed.pages[0],
            graph=patient_graph(changed),
            database=self.parts.database,
            profile=self.parts.content.profile,
            now=self.parts.clock(),
        )

    def checked(self, **settings: Any) -> dict[str, Result]:
        return {result.step.value: result for result in self.run(**settings)}

    def run(self, **settings: Any) -> list[Result]:
        return list(checks.run(self.line(**settings)))

    def reds(self, **settings: Any) -> dict[str, str]:
        """The checks that are red, and what each found."""
        found = self.run(**settings)
        return {r.step.value: r.finding for r in found if r.state is State.RED}

    def sends_test(self) -> None:
        """Owe the customer a test message, and send what is owed."""
        self.owes_test(self.parts.clock())
        self.delivers()

    def owes_test(self, at: datetime) -> None:
        with self.parts.database.read() as connection:
            conversation = trial.testers(connection, PAGE, self.parts.clock())[0].id
        self.parts.database.write(lambda c: trial.plan(c, conversation, TEST, at))

    def hears(self) -> None:
        """Let the customer's message be handled, as the engine would."""
        self.messenger.settle()
        (row,) = rows(self.parts, Conversation)
        now = self.parts.clock()
        self.parts.database.write(lambda c: arrivals.heard(c, row.id, now))

    def delivers(self) -> None:
        sender = Sender(
            self.parts.database,
            self.parts.graph,
            self.parts.seal,
            self.parts.settings.app_secrets[0],
            self.parts.clock,
        )
        with self.parts.database.read() as connection:
            waiting = owed.sends(connection)
        for conversation in waiting:
            sender.deliver(conversation)

    def breaks(self, **faults: Any) -> None:
        """Break the connection; what takes a message to show gets one."""
        self.messenger.faults(connection=faults)
        if "signature" in faults:
            self.messenger.say(self.psid, text="are you there?")
            self.waits_for_refusal()
        if "mode" in faults:
            self.sends_test()

    def waits_for_refusal(self) -> None:
        until = threading.Event()
        for _ in range(200):
            (health,) = rows(self.parts, PageHealth) or (None,)
            if health is not None and health.refused_at is not None:
                return
            until.wait(0.02)
        raise AssertionError("no webhook was refused")


@pytest.fixture
def bare(app: Flask, parts: Parts, messenger: Emulator, server: Any) -> Shop:
    """A shop as it is after `frontdesk run`: nothing is set up at Facebook yet."""
    server.app = app.wsgi_app
    messenger.post("webhooks", {"url": f"http://127.0.0.1:{server.port}/webhook"})
    return Shop(app, parts, messenger)


@pytest.fixture
def shop(bare: Shop) -> Shop:
    """A shop that is connected, and whose customer has got the test message."""
    profile.set_up(bare.line())
    bare.psid = bare.messenger.customer(name="Ada Meier")
    bare.hears()
    bare.sends_test()
    bare.messenger.settle()
    return bare
