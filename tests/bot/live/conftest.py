"""A listener on a port of its own, and pages that listen to it over real sockets."""

import http.client
import socket
import time
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest

from bot.live.listener import Listener
from bot.web import cookies
from tests.bot.visiting import visitor

WAIT = 15.0


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Ear:
    """A page's line to the listener."""

    def __init__(self, port, token=None, query="", **fields):
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT)
        if token is not None:
            fields["Cookie"] = f"{cookies.SESSION}={token}"
        fields = {name.replace("_", "-"): value for name, value in fields.items()}
        self.line.request("GET", f"/events{query}", headers=fields)
        self.answer = self.line.getresponse()
        self.status = self.answer.status

    def next(self):
        """The next event: its name and what it says; None at the end of the line."""
        event = {}
        while line := self.answer.readline():
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if not name and "event" in event:
                return event["event"], event.get("data", "").split()
            event = {**event, name: value} if name else {}
        return None

    def hears(self, part):
        """Wait until something about *part* is heard."""
        while (event := self.next()) is not None:
            if event[0] == "news" and part in event[1]:
                return True
        return False

    def close(self):
        self.answer.close()
        self.line.close()


@pytest.fixture
def port():
    return free_port()


@contextmanager
def listening(parts, port, **settings):
    """A listener at a port, until the block ends."""
    settings = replace(parts.settings, events_port=port, **settings)
    listener = Listener(parts.database, settings)
    listener.start()
    for _ in range(200):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.02)
    try:
        yield listener
    finally:
        listener.close()


@pytest.fixture
def listener(parts, port, monkeypatch):
    monkeypatch.setattr("bot.live.listener.CHECK", 0.3)
    with listening(parts, port) as listener:
        yield listener


@pytest.fixture
def someone(app):
    """Who is signed in, and the token that their browser holds."""
    who = visitor(app, "agent", "Ada")
    return who, who.client.get_cookie(cookies.SESSION).value


@pytest.fixture
def ear(listener, port, someone):
    """Open lines, of Ada unless told otherwise; they are closed at the end."""
    opened = []

    def ear(query="", token=someone[1], **fields):
        opened.append(Ear(port, token, query, **fields))
        return opened[-1]

    yield ear
    for one in opened:
        one.close()
