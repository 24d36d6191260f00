"""A shop on loopback, over real HTTP: what it has, and what goes wrong with it."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

Json = dict[str, Any]


@dataclass(kw_only=True)
class Sold:
    """An order as its shop knows it, with what nobody else may."""

    number: str
    email: str = "anna@example.com"
    postcode: str = "SW1A 1AA"
    #: In the words of the shop.
    about: Json = field(default_factory=dict)
    #: What is in it, and how many of each; everything comes to £59.80.
    items: tuple[tuple[str, int], ...] = (
        ("Secret Blue Train - Vinyl", 2),
        ("Secret Mug", 1),
    )
    #: The day, in the order of which they were sold.
    placed: str = "2026-11-20"
    #: Where it goes, once that was changed.
    to: Json = field(default_factory=dict)
    #: Sold more than 60 days ago.
    old: bool = False


@dataclass(kw_only=True)
class Stocked:
    """A product as its shop knows it."""

    key: str
    name: str
    #: How many there are, by size; by an empty name if there is one size only.
    counts: dict[str, int] = field(default_factory=lambda: {"": 9})
    #: In the words of the shop.
    about: Json = field(default_factory=dict)
    #: Whether customers may see it.
    public: bool = True


@dataclass(frozen=True)
class Asked:
    """A request as a shop sees it."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: Any
    body: Any

    def one(self, name: str, usual: str = "") -> str:
        return self.query.get(name, [usual])[0]


class Shop(ThreadingHTTPServer):
    """Answers as the real one does; each kind says how to `answer`."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, *sold: Sold) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.sold = list(sold)
        self.stocked: list[Stocked] = []
        self.asked: list[Asked] = []
        #: How the next answers go wrong, until it is None again.
        self.fault: str | None = None
        self.pause = 0.0
        #: How much longer an answer takes that holds an order.
        self.found_pause = 0.0
        self._thread = Thread(target=self.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def answer(self, asked: Asked) -> tuple[int, Any]:
        raise NotImplementedError

    def throttled(self) -> tuple[int, Any]:
        return 429, {"error": "too many requests"}

    def by_number(self) -> dict[str, Sold]:
        return {one.number: one for one in self.sold}

    @contextmanager
    def open(self) -> Iterator[Any]:
        self._thread.start()
        try:
            yield self
        finally:
            self.shutdown()
            self.server_close()
            self._thread.join()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of whoever did not wait for the answer."""


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body in one packet: else the second waits for the first's receipt.
    wbufsize = -1
    disable_nagle_algorithm = True
    server: Shop

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        asked = Asked(
            self.command, parts.path, parse_qs(parts.query), self.headers, body
        )
        self.server.asked.append(asked)
        time.sleep(self.server.pause)
        fault = self.server.fault
        if fault is None:
            self._say(*self.server.answer(asked))
        else:
            getattr(self, f"_{fault}")()

    do_POST = do_PUT = do_GET  # noqa: N815 - the names that the library calls

    def _say(self, status: int, content: Any, kind: str = "application/json") -> None:
        body = content.encode() if isinstance(content, str) else json.dumps(content)
        body = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.end_headers()
        self.wfile.write(body)

    # What goes wrong

    def _throttled(self) -> None:
        self._say(*self.server.throttled())

    def _broken(self) -> None:
        self._say(500, {"error": "internal"})

    def _html(self) -> None:
        self._say(200, "<html><h1>Back soon</h1></html>", "text/html")

    def _missing(self) -> None:
        self._say(404, "<html><h1>Not found</h1></html>", "text/html")

    def _redirect(self) -> None:
        self._say(302, "")

    def _null(self) -> None:
        self._say(200, None)

    def _half(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b'{"number": "48')
        self.close_connection = True

    def _silent(self) -> None:
        self.close_connection = True

    def _slow(self) -> None:
        time.sleep(6)

    def _dripping(self) -> None:
        """Send a byte now and then: no time-out between two of them ends that."""
        for letter in b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n":
            self.wfile.write(bytes([letter]))
            self.wfile.flush()
            time.sleep(0.2)

    def _huge(self) -> None:
        self._say(200, "[" + " " * 5_000_000 + "]")

    def log_message(self, format: str, *args: object) -> None: ...
