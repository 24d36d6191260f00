"""Takes every event there is to the webhook, unless somebody wants it otherwise."""

import asyncio
import itertools
from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import urlencode

from emulator import events
from emulator.client import Answer, Client
from emulator.clock import Clock
from emulator.events import Event
from emulator.faults import Faults
from emulator.lanes import Lanes, Parcel
from emulator.subscriptions import Subscriptions

Callback = Callable[[], None]


class Postman:
    """Packs events into POSTs: one each, or as the faults say."""

    def __init__(
        self, app_secret: str, clock: Clock, subscriptions: Subscriptions
    ) -> None:
        self.faults = Faults()
        self._lanes = Lanes(app_secret, clock)
        self.attempts = self._lanes.attempts
        self._clock = clock
        self._subscriptions = subscriptions
        self._batch: list[tuple[Event, Callback | None]] = []
        self._later = 0
        self._numbers = itertools.count()
        self._closed = False

    @property
    def url(self) -> str | None:
        """Return where the webhook is."""
        return self._lanes.client.url if self._lanes.client else None

    @property
    def waiting(self) -> int:
        """Return how much has not been answered with 200 yet."""
        return self._lanes.waiting + len(self._batch) + self._later

    def move(self, url: str | None) -> None:
        """Bring everything to *url* from now on; with None, hold it back."""
        client = Client(url) if url else None
        if self._lanes.client is not None:
            self._lanes.client.close()
        self._lanes.client = client
        self._lanes.hurry.ring()

    def suffer(self, faults: Faults) -> None:
        """Let *faults* be what goes wrong from now on."""
        self.faults = faults
        self._lanes.faults = faults.webhook
        self._flush()
        self._lanes.hurry.ring()

    def close(self) -> None:
        """Drop everything that is on the way."""
        self._closed = True
        self._batch.clear()
        self._lanes.close()

    def signs_with(self, app_secret: str) -> None:
        """Sign what is posted from now on with this secret."""
        self._lanes.app_secret = app_secret
        self._lanes.hurry.ring()

    def reach(self, *, unreachable: bool) -> None:
        """Say whether there is no way to the webhook, however well it runs."""
        self._lanes.unreachable = unreachable
        self._lanes.hurry.ring()

    async def shake_hands(
        self, verify_token: str, challenge: str, url: str | None = None
    ) -> Answer:
        """Perform the GET handshake, at another *url* if one is given.

        Raise OSError if nobody answers.
        """
        client = self._lanes.client if url in (None, self.url) else Client(url or "")
        if self._lanes.unreachable:
            raise TimeoutError
        if client is None:
            raise OSError("there is no webhook yet")
        asked = {
            "hub.mode": "subscribe",
            "hub.challenge": challenge,
            "hub.verify_token": verify_token,
        }
        seconds = self.faults.webhook.deadline_s
        return await client.get(urlencode(asked), seconds)

    def post(self, event: Event, delivered: Callback | None = None) -> bool:
        """Send *event* on its way, or return False if nobody will ever get it."""
        faults = self.faults.webhook
        if faults.silence == "lose" or self._closed:
            return False
        if not self._subscriptions.wants(event):
            return False
        self._batch.append((event, delivered))
        if len(self._batch) >= faults.batch:
            self._flush()
        else:
            asyncio.get_running_loop().call_later(faults.batch_wait_s, self._flush)
        return True

    def later(self, seconds: float, do: Callback) -> None:
        """Call *do* in so many seconds, at once if none; count it as waiting."""
        if seconds <= 0:
            do()
            return
        self._later += 1
        asyncio.get_running_loop().call_later(seconds, self._now, do)

    def _now(self, do: Callback) -> None:
        self._later -= 1
        if not self._closed:
            do()

    def _flush(self) -> None:
        while self._batch:
            some = self._batch[: self.faults.webhook.batch]
            del self._batch[: len(some)]
            self._send(some)

    def _send(self, content: Sequence[tuple[Event, Callback | None]]) -> None:
        """Put one POST into its lane, or wherever chance wants it."""
        reorder = self.faults.webhook.reorder_s
        lane = content[0][0].lane if len(content) == 1 else "batches"
        if not reorder:
            self._lanes.put(self._parcel(content, lane))
            return
        parcel = self._parcel(content, f"{lane} out of order {next(self._numbers)}")
        wait = self.faults.chance.random() * reorder
        self.later(wait, partial(self._lanes.put, parcel))

    def _parcel(
        self, content: Sequence[tuple[Event, Callback | None]], lane: str
    ) -> Parcel:
        some = [event for event, _ in content]
        return Parcel(
            lane=lane,
            body=events.body(some, self._clock.now()),
            due=asyncio.get_running_loop().time() + self.faults.webhook.delay_s,
            delivered=partial(_call, [call for _, call in content if call]),
            given_up=partial(self._give_up, some),
        )

    def _give_up(self, some: Sequence[Event]) -> None:
        for page_id in {event.page_id for event in some}:
            self._subscriptions.unsubscribe(page_id)


def _call(callbacks: Sequence[Callback]) -> None:
    for callback in callbacks:
        callback()
