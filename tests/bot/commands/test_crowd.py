"""A webhook is answered at once however many browsers crowd the same server."""

import http.client
import json
import socket
import threading
import time
from argparse import Namespace
from contextlib import closing, contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from benchmarks.desk import fill
from bot.commands.stage import HOST, PAGE_ID, Stage, server, stage
from bot.web import cookies
from webhooks.signature import sign

pytestmark = pytest.mark.slow

SOON = 1.0  # seconds; Messenger gives up after five, and takes the webhook away
IDLE = 600  # lines that a hundred browsers keep open at most
CLICKING = 120
ROWS = Namespace(agents=1, messages=2000, conversations=600)


@dataclass
class Desk:
    """A server of one process, and an agent's browsers before it."""

    stage: Stage
    token: str

    def browser(self):
        port = urlsplit(self.stage.url).port
        return socket.create_connection((HOST, port), timeout=40)

    def asks(self, line, *fields):
        cookie = f"Cookie: {cookies.SESSION}={self.token}"
        head = ("GET /inbox/?view=waiting HTTP/1.1", "Host: desk", cookie, *fields)
        line.sendall("\r\n".join([*head, "", ""]).encode())

    def ack(self):
        """For how long a webhook waited to be answered."""
        now = time.monotonic_ns()
        item = {
            "sender": {"id": "7001"},
            "recipient": {"id": PAGE_ID},
            "timestamp": time.time_ns() // 1_000_000,
            "message": {"mid": f"m_crowd_{now}", "text": "thanks"},
        }
        entry = {"id": PAGE_ID, "time": 1, "messaging": [item]}
        body = json.dumps({"object": "page", "entry": [entry]}).encode()
        fields = {"X-Hub-Signature-256": sign(body, self.stage.app_secret)}
        port = urlsplit(self.stage.url).port
        with closing(http.client.HTTPConnection(HOST, port, timeout=40)) as line:
            line.request("POST", "/webhook", body, fields)
            assert line.getresponse().status == 200
        return (time.monotonic_ns() - now) / 1e9


@pytest.fixture(scope="module")
def desk():
    with stage([]) as on:
        (token,) = fill(on.database_url, ROWS)
        with server(on):
            yield Desk(on, token)


def test_browsers_that_keep_their_lines_open_keep_no_webhook_waiting(desk):
    lines = [desk.browser() for _ in range(IDLE)]
    try:
        for line in lines[::8]:  # they have been served, and will ask again
            desk.asks(line)
            assert line.recv(12) == b"HTTP/1.1 200"
        assert desk.ack() < SOON
    finally:
        for line in lines:
            line.close()


def test_an_ack_does_not_stand_in_line_behind_pages(desk):
    with clicking(desk):
        time.sleep(3)
        waited = sorted(desk.ack() for _ in range(20))
    assert waited[-2] < SOON, waited


@contextmanager
def clicking(desk):
    """Let many ask for a page, and for the next as soon as they have it."""
    ended = threading.Event()

    def click():
        while not ended.is_set():
            with closing(desk.browser()) as line:
                desk.asks(line, "Connection: close")
                while line.recv(65536):
                    pass

    threads = [threading.Thread(target=click) for _ in range(CLICKING)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()
