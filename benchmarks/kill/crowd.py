"""The customers of a storm: they write through the emulator, and read what they get.

Each plays one script and is then somebody else: a customer whose conversation a dead
worker still holds keeps nobody waiting.
"""

import csv
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import count

from benchmarks.kill.messenger import PAGE_ID, Messenger
from benchmarks.kill.site import ORDERS

PATIENCE = 2.5  # seconds until a customer writes again without an answer
FAQS = (
    "how long does delivery take?",
    "when are you open?",
    "can I pay with paypal?",
    "do you ship abroad?",
)
SMALL_TALK = ("hello", "thank you!", "goodbye", "blargh fnord", "yes", "no")


class Crowd:
    """So many customers at a time, each in a thread of its own."""

    def __init__(
        self, messenger: Messenger, tickets: Sequence[str], size: int, seed: str
    ) -> None:
        self._messenger = messenger
        self._tickets = iter(tickets)
        self._orders = _orders()
        self._seed = seed
        self._taking = threading.Lock()
        self._ended = threading.Event()
        self._threads = [
            threading.Thread(target=self._live, args=(number,), daemon=True)
            for number in range(size)
        ]
        #: Everybody there ever was.
        self.psids: list[str] = []

    def start(self) -> None:
        """Let them write."""
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Let them fall silent."""
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _live(self, number: int) -> None:
        for life in count():
            if self._ended.is_set():
                return
            chance = random.Random(f"{self._seed}/{number}/{life}")
            customer = Customer(self._messenger, chance, self._ended)
            self.psids.append(customer.psid)
            for act in self._script(chance, customer):
                if self._ended.is_set():
                    return
                act()

    def _script(
        self, chance: random.Random, customer: "Customer"
    ) -> Iterator[Callable[[], None]]:
        """Yield what one customer does, in order."""
        yield lambda: customer.say(chance.choice(["hello", "hi there"]))
        for play in chance.choices(self._plays, k=chance.randint(1, 3)):
            yield from play(self, chance, customer)
        yield lambda: customer.say(chance.choice(SMALL_TALK))

    def _order(
        self, chance: random.Random, customer: "Customer"
    ) -> Iterator[Callable[[], None]]:
        number, email = chance.choice(self._orders)
        yield lambda: customer.say("where is my parcel?")
        yield lambda: customer.say(number)
        if chance.random() < 0.3:
            yield lambda: customer.say(chance.choice(FAQS))
        yield lambda: customer.say(chance.choice([email, email, "eve@example.com"]))

    def _ticket(
        self, chance: random.Random, customer: "Customer"
    ) -> Iterator[Callable[[], None]]:
        with self._taking:
            ticket = next(self._tickets, "HR-AAAAAA")
        yield lambda: customer.say("when is the concert?")
        yield lambda: customer.say(ticket)
        yield lambda: customer.say("a@b.example")

    def _ask(
        self, chance: random.Random, customer: "Customer"
    ) -> Iterator[Callable[[], None]]:
        yield lambda: customer.say(chance.choice(FAQS))
        yield lambda: customer.tap(chance)

    def _rush(
        self, chance: random.Random, customer: "Customer"
    ) -> Iterator[Callable[[], None]]:
        for text in chance.sample([*FAQS, *SMALL_TALK], k=3):
            yield lambda text=text: customer.write(text=text)  # type: ignore[misc]
        yield lambda: customer.say("hello?")

    def _person(
        self, chance: random.Random, customer: "Customer"
    ) -> Iterator[Callable[[], None]]:
        yield lambda: customer.say("i want a person")
        for _ in range(chance.randint(1, 3)):
            yield lambda: customer.say(chance.choice(["hello?", "are you there?"]))
        if chance.random() < 0.3:
            yield customer.is_answered_elsewhere

    def _oddity(
        self, chance: random.Random, customer: "Customer"
    ) -> Iterator[Callable[[], None]]:
        picture = {"type": "image", "url": "https://example.com/a.jpg"}
        yield lambda: customer.write(attachment=chance.choice(["thumbs_up", picture]))
        yield lambda: customer.write(referral="poster")
        yield lambda: customer.write(
            postback={"title": "Get Started", "payload": "GET_STARTED"}
        )

    _plays = (_order, _order, _ticket, _ticket, _ask, _rush, _person, _oddity)


class Customer:
    """One person on the phone."""

    def __init__(
        self, messenger: Messenger, chance: random.Random, ended: threading.Event
    ) -> None:
        self.psid = messenger.customer()
        self._messenger = messenger
        self._chance = chance
        self._ended = ended
        self._heard = 0
        self._last: dict[str, object] = {}

    def write(self, **said: object) -> None:
        """Say something, and wait for nothing."""
        self._messenger.say(self.psid, **said)
        time.sleep(self._chance.uniform(0, 0.1))

    def say(self, text: str) -> None:
        """Say something, and read what comes; be patient, within reason."""
        self.write(text=text)
        until = time.monotonic() + PATIENCE
        heard: list[dict[str, object]] = []
        while not heard and time.monotonic() < until and not self._ended.is_set():
            heard = self._messenger.heard(self.psid, self._heard, 0.5)
        self._heard += len(heard)
        self._last = heard[-1] if heard else self._last

    def tap(self, chance: random.Random) -> None:
        """Tap one of the choices that came last, or else say yes."""
        choices = self._last.get("quick_replies")
        if isinstance(choices, list) and choices:
            choice = chance.choice(choices)
            tapped = {"title": choice["title"], "payload": choice["payload"]}
            self.write(quick_reply=tapped)
        else:
            self.say("yes")

    def is_answered_elsewhere(self) -> None:
        """Let somebody answer in Meta's own inbox."""
        said = {"psid": self.psid, "text": "Hello, Tina here."}
        self._messenger.post(f"pages/{PAGE_ID}/inbox", said)


def _orders() -> list[tuple[str, str]]:
    with ORDERS.open() as file:
        return [(row["number"], row["email"]) for row in csv.DictReader(file)]
