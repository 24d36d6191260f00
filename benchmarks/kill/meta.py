"""Meta in person: signed bodies to the webhook, again until there is a 200.

What the emulator's postman does for its customers this does on its own, with bodies
that the emulator does not write: several events, several people, the same event twice,
junk, late ones, forgeries.
"""

import json
import random
import secrets
import threading
import time
from collections.abc import Iterator
from typing import Any

import requests

from benchmarks.kill.messenger import APP_SECRET, PAGE_ID, Messenger
from webhooks.signature import sign

DEADLINE = 5.0  # what Meta gives a webhook
AT_ONCE = 2  # repeats before a body is put aside for later
TEXTS = (
    "where is my parcel?",
    "48213",
    "when are you open?",
    "i want a person",
    "hello",
)


class Meta:
    """One generator of webhooks, and its book."""

    def __init__(self, messenger: Messenger, url: str, seed: str) -> None:
        self._messenger = messenger
        self._url = f"{url}/webhook"
        self._chance = random.Random(seed)
        self._owed: list[bytes] = []
        self._psids: list[str] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._live, daemon=True)
        self._session = requests.Session()
        self._session.trust_env = False
        #: Bodies that were answered 200, and how often.
        self.taken: dict[bytes, int] = {}
        #: What came for a forgery; it must be 403 alone.
        self.forged: dict[int, int] = {}

    def start(self) -> None:
        """Begin to post."""
        self._thread.start()

    def end(self) -> None:
        """Post nothing new."""
        self._ended.set()
        self._thread.join()

    def settle(self) -> None:
        """Repeat what got no 200 until it does."""
        end = time.monotonic() + 60
        while self._owed:
            if not self._repeat_one() and time.monotonic() > end:
                raise TimeoutError(f"{len(self._owed)} bodies never got a 200")

    def _live(self) -> None:
        while not self._ended.wait(self._chance.uniform(0.02, 0.2)):
            if self._owed and self._chance.random() < 0.5:
                self._repeat_one()
                continue
            body = self._body()
            self._deliver(body)
            if body in self.taken and self._chance.random() < 0.2:
                self._post(body)
            if self._chance.random() < 0.05:
                self._forge(body)

    def _deliver(self, body: bytes) -> None:
        for _ in range(1 + AT_ONCE):
            if self._post(body):
                return
        self._owed.append(body)

    def _repeat_one(self) -> bool:
        body = self._owed.pop(0)
        if self._post(body):
            return True
        self._owed.append(body)
        time.sleep(0.05)
        return False

    def _post(self, body: bytes) -> bool:
        status = self._status(body, sign(body, APP_SECRET))
        if status == 200:
            self.taken[body] = self.taken.get(body, 0) + 1
        return status == 200

    def _forge(self, body: bytes) -> None:
        status = self._status(body, sign(body, "another secret"))
        if status is not None:
            self.forged[status] = self.forged.get(status, 0) + 1

    def _status(self, body: bytes, signature: str) -> int | None:
        headers = {"X-Hub-Signature-256": signature, "Content-Type": "application/json"}
        try:
            answer = self._session.post(
                self._url, body, headers=headers, timeout=DEADLINE
            )
        except requests.RequestException:
            return None
        return answer.status_code

    def _body(self) -> bytes:
        if self._chance.random() < 0.05:
            return f'{{"object": "page", "junk": "{secrets.token_hex(8)}"'.encode()
        items = list(self._items())
        entries = [{"id": PAGE_ID, "time": items[0]["timestamp"], "messaging": items}]
        if self._chance.random() < 0.1:
            entries.append({**entries[0], "messaging": items[:1]})
        return json.dumps({"object": "page", "entry": entries}).encode()

    def _items(self) -> Iterator[dict[str, Any]]:
        now = int(self._messenger.now().timestamp() * 1000)
        for number in range(self._chance.choice([1, 1, 1, 2, 5])):
            late = 60_000 * self._chance.choice([0] * 9 + [15])
            yield self._item(now + number - late)

    def _item(self, at: int) -> dict[str, Any]:
        psid = self._psid()
        between = {"sender": {"id": psid}, "recipient": {"id": PAGE_ID}}
        if self._chance.random() < 0.1:
            return {**between, "timestamp": at, "news_of_2027": secrets.token_hex(8)}
        said = {"mid": f"m_{secrets.token_hex(12)}", "text": self._chance.choice(TEXTS)}
        return {**between, "timestamp": at, "message": said}

    def _psid(self) -> str:
        """Return a customer, who is new now and then; they have all said hello."""
        if not self._psids or self._chance.random() < 0.1:
            psid = self._messenger.customer()
            self._messenger.say(psid, text="hello")
            self._psids.append(psid)
        return self._chance.choice(self._psids[-8:])
