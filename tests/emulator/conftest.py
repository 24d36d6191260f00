"""A real emulator in a process of its own, and a real webhook for it to call."""

import contextlib
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from webhooks.signature import SignatureError, verify

APP_ID = "1517776481860111"
APP_SECRET = "a-secret-of-tests"
VERIFY_TOKEN = "let-me-in"
PAGE, TOKEN = "102030405060708", "EAAfirst"
OTHER_PAGE, OTHER_TOKEN = "102030405060709", "EAAsecond"

Json = dict[str, Any]


class Webhook(ThreadingHTTPServer):
    """Takes signed events, or fails as it is told."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Answering)
        #: Every POST in the order of arrival: body, and whether it was signed well.
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.forged = 0
        self.statuses: list[int] = []
        self.sleep_s = 0.0
        #: With HTTP/1.0 each connection ends after one answer, of no told length.
        self.version = "HTTP/1.1"
        self.challenge_answer: Callable[[Json], tuple[int, str]] = _shake_hands
        self._arrival = threading.Condition()
        self._connections: list[socket.socket] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/webhook"

    @property
    def events(self) -> list[Json]:
        """Every item of every entry, in the order of arrival."""
        return [
            item
            for body in self.bodies
            for entry in json.loads(body)["entry"]
            for item in entry.get("messaging", entry.get("changes", []))
        ]

    def of_kind(self, kind: str) -> list[Json]:
        """The events with this key; of messages those of customers, or the echoes."""
        if kind == "echo":
            return [e for e in self.of_any("message") if e["message"].get("is_echo")]
        if kind == "message":
            return [
                e for e in self.of_any("message") if not e["message"].get("is_echo")
            ]
        return self.of_any(kind)

    def of_any(self, key: str) -> list[Json]:
        return [event for event in self.events if key in event]

    def wait_for(self, kind: str, count: int = 1, seconds: float = 5) -> list[Json]:
        """Return the events of a kind once there are so many."""
        with self._arrival:
            self._arrival.wait_for(lambda: len(self.of_kind(kind)) >= count, seconds)
        found = self.of_kind(kind)
        assert len(found) >= count, f"{len(found)} of {count} events: {kind}"
        return found

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self._connections.append(connection)
        return connection, address

    def server_close(self) -> None:
        """End as a process does, with every connection."""
        super().server_close()
        for connection in self._connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of an emulator that hangs up because it was reset."""

    def take(self, handler: BaseHTTPRequestHandler, body: bytes) -> int:
        time.sleep(self.sleep_s)
        with self._arrival:
            status = self.statuses.pop(0) if self.statuses else 200
            try:
                verify(body, handler.headers["X-Hub-Signature-256"], [APP_SECRET])
            except SignatureError:
                self.forged += 1
            self.bodies.append(body)
            self.headers.append(dict(handler.headers))
            self._arrival.notify_all()
        return status


def _shake_hands(query: Json) -> tuple[int, str]:
    right = query["hub.verify_token"] == [VERIFY_TOKEN]
    return (200, query["hub.challenge"][0]) if right else (403, "")


class _Answering(BaseHTTPRequestHandler):
    timeout = 30
    server: Webhook

    def setup(self) -> None:
        self.protocol_version = self.server.version
        super().setup()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._say(self.server.take(self, body), "ok")

    def do_GET(self) -> None:
        self._say(*self.server.challenge_answer(parse_qs(urlsplit(self.path).query)))

    def _say(self, status: int, text: str) -> None:
        self.send_response(status)
        if self.protocol_version == "HTTP/1.1":
            self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextlib.contextmanager
def running_webhook(port: int = 0) -> Iterator[Webhook]:
    server = Webhook(port)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Emulator:
    """One emulator, as scripts and Frontdesk use it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = requests.Session()

    def get(self, path: str, **query: object) -> Json:
        answer = self.session.get(f"{self.url}/api/{path}", params=query, timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Json | None = None) -> Json:
        answer = self.session.post(f"{self.url}/api/{path}", json=body, timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refusal(self, path: str, body: Json, status: int = 400) -> str:
        """What the JSON API says to a request that is wrong."""
        answer = self.session.post(f"{self.url}/api/{path}", json=body, timeout=30)
        assert answer.status_code == status, answer.text
        return answer.json()["error"]

    def customer(self, *, says: str | None = "hello", **about: object) -> str:
        """A customer, who has written already unless told otherwise."""
        psid = self.post("customers", about)["psid"]
        if says is not None:
            self.say(psid, text=says)
        return psid

    def say(self, psid: str, **said: object) -> Json:
        return self.post(f"customers/{psid}/say", said)

    def messages(self, psid: str, after: int = 0, wait: float = 0) -> list[Json]:
        path = f"customers/{psid}/messages"
        return self.get(path, after=after, wait=wait)["messages"]

    def graph(
        self, method: str, path: str, *, token: str | None = TOKEN, **how: Any
    ) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = f"{self.url}/v26.0/{path}"
        return self.session.request(method, url, headers=headers, timeout=10, **how)

    def send(self, psid: str, message: Json | str, **more: Any) -> requests.Response:
        """What the Page's app sends a customer."""
        if isinstance(message, str):
            message = {"text": message}
        body = {"recipient": {"id": psid}, "messaging_type": "RESPONSE"} | more
        return self.graph("POST", "me/messages", json=body | {"message": message})

    def sent(self, psid: str, message: Json | str, **more: Any) -> str:
        """The mid of a message that Graph has accepted."""
        answer = self.send(psid, message, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()["message_id"]

    def faults(self, **faults: object) -> Json:
        return self.post("faults", faults)

    def pass_time(self, **span: float) -> None:
        names = {"days": 86400, "hours": 3600, "minutes": 60, "seconds": 1}
        seconds = sum(names[name] * value for name, value in span.items())
        self.post("clock", {"advance_s": seconds})

    def requests(self) -> list[Json]:
        return self.get("requests")["requests"]

    def settle(self) -> None:
        """Wait until nothing is on the way to the webhook."""
        end = time.monotonic() + 10
        while self.get("webhooks")["waiting"]:
            assert time.monotonic() < end
            time.sleep(0.01)


def start(*options: str) -> tuple[subprocess.Popen[str], str]:
    command = [sys.executable, "-m", "emulator", "--port", "0", "--quiet", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command
    assert process.stdout is not None
    return process, json.loads(process.stdout.readline())["url"]


@contextlib.contextmanager
def running_emulator(*options: str) -> Iterator[Emulator]:
    process, url = start("--with-parent", *options)
    emulator = Emulator(url)
    try:
        yield emulator
    finally:
        emulator.session.close()
        process.terminate()
        assert process.wait(10) == 0
        assert process.stdout is not None
        process.stdout.close()


PAGES = (
    *("--page-id", PAGE, "--page-access-token", TOKEN),
    *("--page-id", OTHER_PAGE, "--page-access-token", OTHER_TOKEN),
    *("--app-id", APP_ID, "--app-secret", APP_SECRET, "--verify-token", VERIFY_TOKEN),
)


@pytest.fixture(scope="session")
def one_emulator() -> Iterator[Emulator]:
    with running_emulator(*PAGES) as emulator:
        yield emulator


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    with running_webhook() as webhook:
        yield webhook


@pytest.fixture
def emulator(one_emulator: Emulator, webhook: Webhook) -> Iterator[Emulator]:
    """An emulator as at its start, whose webhook is `webhook`."""
    one_emulator.post("reset")
    one_emulator.post("webhooks", {"url": webhook.url})
    yield one_emulator
    one_emulator.post("reset")  # so that no connection to the webhook stays open
