"""Customers who all talk at once: so many messages a second, come what may.

They do not wait for answers. Each goes through the same conversation again and
again, in which every message has a reply.
"""

import itertools
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

TIMEOUT = 30.0
#: Of the sample shop in data/demo: an order that is on its way, and a ticket. Each with
#: its proof at once: who gave one within a day is not asked again.
LINES = (
    "hello",
    "where is my order?",
    "41976, grace.shaw@example.com",
    "thanks",
    "when is my event?",
    "HR-6G593V, grace.shaw@example.com",
    "thank you",
    "bye",
)


@dataclass(frozen=True, kw_only=True)
class Said:
    """One message of a customer; *at* is the emulator's time in milliseconds."""

    psid: str
    mid: str
    at: int
    phase: str


class Emulator:
    """The JSON API of an emulator, over one kept connection."""

    def __init__(self, url: str) -> None:
        self._host = urlsplit(url).netloc
        self._connection = HTTPConnection(self._host, timeout=TIMEOUT)

    def __call__(self, method: str, path: str, body: object = None) -> Any:
        """Return the answer; raise RuntimeError if it is no good one."""
        content = None if body is None else json.dumps(body)
        self._connection.request(method, path, content)
        answer = self._connection.getresponse()
        found = json.loads(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {answer.status} {found}")
        return found

    def close(self) -> None:
        """End the connection."""
        self._connection.close()


class Crowd:
    """Customers of one Page, who speak in turn."""

    def __init__(
        self, emulator: Emulator, size: int, lines: Sequence[str] = LINES
    ) -> None:
        self.emulator, self._said_in_turn = emulator, lines
        self.psids: Sequence[str] = [
            emulator("POST", "/api/customers", {})["psid"] for _ in range(size)
        ]
        self._next = self._lines()
        self.said: list[Said] = []
        #: How late the latest message was said, in seconds: were we fast enough?
        self.behind = 0.0

    def talk(self, phase: str, rate: float, seconds: float) -> None:
        """Say *rate* messages a second for so long, at even intervals."""
        began = time.monotonic()
        for number in range(round(rate * seconds)):
            wait = began + number / rate - time.monotonic()
            self.behind = max(self.behind, -wait)
            time.sleep(max(wait, 0))
            self._say(phase)

    def _say(self, phase: str) -> None:
        psid, text = next(self._next)
        path = f"/api/customers/{psid}/say"
        answer = self.emulator("POST", path, {"text": text})
        self.said.append(
            Said(psid=psid, mid=answer["mid"], at=answer["timestamp"], phase=phase)
        )

    def _lines(self) -> Iterator[tuple[str, str]]:
        """Yield who says what; they begin one line apart, so that all lines mix."""
        lines = self._said_in_turn
        for line in itertools.count():
            for number, psid in enumerate(self.psids):
                at = max(line - number % len(lines), 0)
                yield psid, lines[at % len(lines)]
