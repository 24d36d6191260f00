"""The Messenger of a storm: an emulator in a process of its own, and its weather.

The emulator is never killed: its book of requests, and the one of what it told the
webhook, are two of the three that are compared in the end.
"""

import json
import random
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import requests

Json: TypeAlias = dict[str, Any]

APP_ID, PAGE_ID = "1517776481860111", "102030405060708"
APP_SECRET, TOKEN = "a-secret-of-the-kill-harness", "EAAkill"
VERIFY_TOKEN = "let-me-in"  # noqa: S105
PAGE_SIZE = 1000
#: A body that got no 200 comes again soon: a server that is killed is back soon.
WEBHOOK = {"tries_at_once": 2, "pause_s": 0.1, "longest_pause_s": 0.5}
WEATHER: tuple[Json, ...] = (
    {},
    {},
    {"webhook": {"duplicates": 2}},
    {"webhook": {"reorder_s": 0.5}},
    {"webhook": {"batch": 5, "batch_wait_s": 0.1}},
    {"echoes": {"delay_s": 1.0}},
    {"echoes": {"before_response": True}},
    {"echoes": {"times": 2}, "webhook": {"duplicates": 1}},
    {"echoes": {"off": True}},
    {"graph": {"do": "hang", "seconds": 0.4, "probability": 0.5}},
    {"graph": {"do": "reset_after_accept", "probability": 0.1}},
    {"graph": {"do": "no_message_id", "probability": 0.2}},
    {"graph": {"do": "status", "status": 503, "probability": 0.1}},
    {"graph": {"do": "error", "code": 2, "accept": True, "probability": 0.1}},
    # Neither answer nor echo: the one case in which a message may be repeated.
    {
        "echoes": {"off": True},
        "graph": {"do": "reset_after_accept", "probability": 0.2},
    },
)


class Messenger:
    """One emulator, as the harness talks to it from any thread."""

    def __init__(self, webhook: str) -> None:
        options = {
            "--webhook": webhook,
            "--app-id": APP_ID,
            "--app-secret": APP_SECRET,
            "--verify-token": VERIFY_TOKEN,
            "--page-id": PAGE_ID,
            "--page-access-token": TOKEN,
        }
        words = [word for pair in options.items() for word in pair]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "emulator", "--quiet", "--with-parent", *words],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None  # noqa: S101
        self.url: str = json.loads(self._process.stdout.readline())["url"]
        self._local = threading.local()
        self.suffer({})

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def get(self, path: str, **query: object) -> Json:
        """Return what the JSON API answers."""
        answer = self._session().get(f"{self.url}/api/{path}", params=query, timeout=60)
        return self._content(answer)

    def post(self, path: str, body: Json | None = None) -> Json:
        """Return what the JSON API answers to a POST."""
        answer = self._session().post(f"{self.url}/api/{path}", json=body, timeout=60)
        return self._content(answer)

    def customer(self) -> str:
        """Return the PSID of somebody new."""
        psid: str = self.post("customers", {"reads": "never"})["psid"]
        return psid

    def say(self, psid: str, **said: object) -> Json:
        """Let a customer say something."""
        return self.post(f"customers/{psid}/say", said)

    def heard(self, psid: str, after: int, wait: float) -> list[Json]:
        """Return what the Page has said to a customer since."""
        path = f"customers/{psid}/messages"
        found: list[Json] = self.get(path, after=after, wait=wait)["messages"]
        return found

    def now(self) -> datetime:
        """Return the time on this Messenger."""
        return datetime.fromisoformat(self.get("clock")["now"])

    def advance(self, by: timedelta) -> None:
        """Let time pass in an instant."""
        self.post("clock", {"advance_s": by.total_seconds()})

    def suffer(self, faults: Json) -> None:
        """Let *faults* be what goes wrong from now on."""
        webhook = {**WEBHOOK, **faults.get("webhook", {})}
        self.post("faults", {**faults, "webhook": webhook})

    def count(self, book: str) -> int:
        """Return how much a book holds: requests or webhooks."""
        number: int = self.get(book, limit=0)["count"]
        return number

    def page(self, book: str, after: int) -> list[Json]:
        """Return the next records of a book."""
        name = {"requests": "requests", "webhooks": "attempts"}[book]
        found: list[Json] = self.get(book, after=after, limit=PAGE_SIZE)[name]
        return found

    @property
    def waiting(self) -> int:
        """Return how many events are still on the way to the webhook."""
        number: int = self.get("webhooks", limit=0)["waiting"]
        return number

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = requests.Session()
            session.trust_env = False
        return session

    def _content(self, answer: requests.Response) -> Json:
        content: Json = answer.json()
        if answer.status_code != 200:
            raise ValueError(content)
        return content


class Repeating(threading.Thread):
    """Does one thing over and over until it is ended."""

    def __init__(self, every: float, do: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self._every = every
        self._do = do
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(self._every):
            self._do()

    def end(self) -> None:
        """Do it no more."""
        self._ended.set()
        self.join()


class Weather:
    """What goes wrong on Messenger's side while processes are killed."""

    def __init__(self, messenger: Messenger, chance: random.Random) -> None:
        self._messenger = messenger
        self._chance = chance
        self._still = threading.Lock()

    def change(self) -> None:
        """Let something else go wrong from now on, unless it is held."""
        if self._still.acquire(blocking=False):
            try:
                self._messenger.suffer(self._chance.choice(WEATHER))
            finally:
                self._still.release()

    def hold(self, faults: Json) -> None:
        """Let only *faults* go wrong until `release`."""
        self._still.acquire()
        self._messenger.suffer(faults)

    def release(self) -> None:
        """Let it be fair."""
        self._messenger.suffer({})
        self._still.release()
