"""How parcels reach the webhook: one after the other, and again until it answers 200.

Parcels of one lane wait for each other, those of different lanes do not. A POST that
fails is repeated at once, then after growing pauses; what waits behind it waits with
it, so a receiver that is down for a while loses nothing. When Meta has tried for an
hour it drops the events and unsubscribes the app from the Page, and so do we.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import orjson

from emulator import wire
from emulator.bell import Bell
from emulator.client import Client
from emulator.clock import Clock, written
from emulator.faults import WebhookFaults
from emulator.journal import Journal
from webhooks.signature import sign

AT_ONE_TIME = 64


@dataclass(frozen=True, slots=True)
class Parcel:
    """One POST: its bytes stay the same however often it is tried."""

    lane: str
    body: bytes
    #: Not before this time of the event loop.
    due: float
    delivered: Callable[[], None]
    given_up: Callable[[], None]


class Lanes:
    """All that is on the way to one webhook."""

    def __init__(self, app_secret: str, clock: Clock) -> None:
        self.faults = WebhookFaults()
        self.attempts = Journal(keep=20_000)
        self.client: Client | None = None
        #: Rings when waiting has become pointless: another webhook, other faults.
        self.hurry = Bell()
        self.app_secret = app_secret
        #: Whether there is no way to the webhook, however well it runs.
        self.unreachable = False
        self._clock = clock
        self._lanes: dict[str, deque[Parcel]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._hands = asyncio.Semaphore(AT_ONE_TIME)

    @property
    def waiting(self) -> int:
        """Return how many parcels have not been answered with 200 yet."""
        return sum(map(len, self._lanes.values()))

    def put(self, parcel: Parcel) -> None:
        """Let *parcel* go when those before it in its lane have arrived."""
        if parcel.lane in self._lanes:
            self._lanes[parcel.lane].append(parcel)
            return
        self._lanes[parcel.lane] = deque([parcel])
        task = asyncio.get_running_loop().create_task(self._walk(parcel.lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def close(self) -> None:
        """Drop everything that is on the way."""
        for task in self._tasks:
            task.cancel()
        if self.client is not None:
            self.client.close()

    async def _walk(self, lane: str) -> None:
        parcels = self._lanes[lane]
        try:
            while parcels:
                if await self._bring(parcels[0]):
                    parcels.popleft()
                else:
                    parcels.popleft().given_up()
                    parcels.clear()
        finally:
            del self._lanes[lane]

    async def _bring(self, parcel: Parcel) -> bool:
        """Try *parcel* until it arrives, or return False when it never will."""
        loop = asyncio.get_running_loop()
        await asyncio.sleep(max(parcel.due - loop.time(), 0))
        end, tries = loop.time() + self.faults.give_up_s, 1
        while not await self._try(parcel, tries):
            if loop.time() > end:
                return False
            await self.hurry.wait(self._pause(tries))
            tries += 1
        parcel.delivered()
        for copy in range(self.faults.duplicates):
            await self._try(parcel, tries + copy + 1)
        return True

    def _pause(self, tries: int) -> float:
        growing = tries - self.faults.tries_at_once - 1
        if growing < 0:
            return 0
        doubled = self.faults.pause_s * 2.0 ** min(growing, 20)
        return min(doubled, self.faults.longest_pause_s)

    async def _try(self, parcel: Parcel, number: int) -> bool:
        """POST *parcel* once, write down what came of it, and say if it was 200."""
        loop = asyncio.get_running_loop()
        async with self._hands:
            client = await self._open()
            began = loop.time()
            outcome = await self._outcome(client, parcel.body)
        self.attempts.add(
            {
                "at": written(self._clock.now()),
                "url": client.url,
                "attempt": number,
                **outcome,
                "ms": round((loop.time() - began) * 1000, 1),
                "body": orjson.Fragment(parcel.body),
            }
        )
        return outcome.get("status") == 200

    async def _open(self) -> Client:
        """Return the webhook, as soon as there is one that is to be told."""
        while self.client is None or self.faults.silence == "hold":
            await self.hurry.wait(3600)
        return self.client

    async def _outcome(self, client: Client, body: bytes) -> dict[str, object]:
        if self.unreachable:
            return {"error": "there is no way to the webhook"}
        signature = sign(body, self.app_secret)
        seconds = self.faults.deadline_s
        try:
            answer = await client.post(body, signature, seconds)
        except TimeoutError:
            return {"error": f"no answer within {seconds:g} s"}
        except (OSError, EOFError, ValueError, wire.MalformedError) as failed:
            return {"error": str(failed) or "the connection ended without an answer"}
        return {"status": answer.status}
