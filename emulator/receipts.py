"""What the Page's app hears of its own messages: echo, delivery, read."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from emulator import events
from emulator.events import Event
from emulator.faults import ReceiptFaults
from emulator.postman import Postman
from emulator.world import Customer, Item, World

# How long Messenger takes for each, in seconds, after it has answered the send.
ECHO_TAKES = 0.0
DELIVERY_TAKES = 0.05
READ_TAKES = 0.1


@dataclass(frozen=True, slots=True)
class Announcement:
    """A message of the Page that its app has yet to hear of."""

    world: World
    postman: Postman
    customer: Customer
    item: Item

    async def before_response(self) -> None:
        """Post what the faults want posted before Graph answers; wait until it is."""
        for faults, _, event in self._receipts():
            if faults.before_response and not faults.off:
                await self._arrived(event)

    def after_response(self) -> None:
        """Post the rest, each in its time."""
        for faults, takes, event in self._receipts():
            early = 1 if faults.before_response else 0
            for _ in range(early, 0 if faults.off else faults.times):
                self.postman.later(takes + faults.delay_s, partial(self._tell, event))

    def _receipts(self) -> list[tuple[ReceiptFaults, float, Callable[[], Event]]]:
        faults = self.postman.faults
        receipts: list[tuple[ReceiptFaults, float, Callable[[], Event]]] = [
            (faults.echoes, ECHO_TAKES, self._echo),
            (faults.deliveries, DELIVERY_TAKES, self._delivery),
        ]
        if self.customer.reads == "at_once":
            receipts.append((faults.reads, READ_TAKES, self._read))
        return receipts

    def _tell(self, event: Callable[[], Event]) -> None:
        self.postman.post(event())

    async def _arrived(self, event: Callable[[], Event]) -> None:
        arrived = asyncio.Event()
        if not self.postman.post(event(), arrived.set):
            return
        try:
            async with asyncio.timeout(self.postman.faults.webhook.deadline_s):
                await arrived.wait()
        except TimeoutError:
            pass  # there is nobody at the webhook: the answer waits no longer

    def _echo(self) -> Event:
        return events.echo(self.customer, self.item)

    def _delivery(self) -> Event:
        at = self.world.clock.now()
        self.customer.delivered_at = at
        return events.delivery(self.customer, [self.item.mid], at)

    def _read(self) -> Event:
        return read(self.world, self.customer)


def read(world: World, customer: Customer) -> Event:
    """Let *customer* have seen everything; return the event that says so."""
    customer.read_at = world.clock.now()
    customer.unread = 0
    world.changed(customer)
    return events.read(customer, customer.read_at)


def shown(world: World, postman: Postman, customer: Customer) -> None:
    """Let the phone have shown everything; the Page hears of it if there was news."""
    if not customer.unread:
        return
    event = read(world, customer)
    faults = postman.faults.reads
    for _ in range(0 if faults.off or customer.reads == "never" else faults.times):
        postman.later(faults.delay_s, partial(_post, postman, event))


def _post(postman: Postman, event: Event) -> None:
    postman.post(event)
