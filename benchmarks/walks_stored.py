"""Conversations that nobody would have, over the real intake and the real tables.

    python -m benchmarks.walks_stored [--count 2000] [--length 12] [--seed 1] [--json]

What `benchmarks.walks` leaves out is in: customers edit what they wrote and take it
back, before it is answered, while it is thought about and afterwards; Messenger tells
of it twice, late and before the message itself; people take conversations over, in the
inbox and in another app, answer, resolve and give them back. Bodies go to the function
that the webhook hands them to; turns, sends and timers are done one after the other.
Every message must have exactly one outcome: a reply, choices or a person; or none, if
it was taken back before or a person was there. Exit status 1 if anything is wrong
(`BAD` in benchmarks/walks_ledger.py).
"""

import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.quiet import silent
from benchmarks.walks import ODD, VALUES, tell
from benchmarks.walks_ledger import BAD, Ledger, Said
from bot import giving_back, handoff, prompts, waiting
from bot.answer import Done
from bot.giving_back import Giving
from bot.ladder import UNANSWERED
from bot.store import migrate
from bot.store.database import open_database
from bot.sweep import Duties, Sweep
from tests.dialogue import SAYINGS, FakeCalendar, FakeOrders, StubModel, assistants
from tests.emulator.conftest import PAGE
from tests.floor import Floor, Understanding, between, echo, message, postback

TEXTS = {"says": [*SAYINGS], "value": [*VALUES], "odd": [one for one in ODD if one]}
#: How often each act comes.
ACTS = {"says": 8, "value": 5, "odd": 4, "doubtful": 2, "taps": 5, "sends": 1}
ACTS |= {"edits": 4, "unsends": 2, "repeats": 3, "person": 1, "works": 8}
ACTS |= {"waits": 1, "down": 1}
#: What may happen while a message is thought about.
MEANWHILE = ("edits", "unsends", "repeats", "person")
MOST_EDITS = 5  # Messenger allows no more
PICTURE = {"type": "image", "payload": {"url": "https://cdn.example/1.jpg"}}


@dataclass
class Shop:
    """A Frontdesk on tables, and the world around it."""

    floor: Floor
    model: StubModel
    orders: FakeOrders
    calendar: FakeCalendar

    def sweeps(self) -> None:
        """Let the timers go off that are due, as the sweep does once a second."""
        floor = self.floor
        responses = floor.understanding.assistant.responses

        def fire(connection: Any, timer: Any) -> None:
            prompts.fire(connection, timer, floor.clock())

        def tell(connection: Any, timer: Any) -> None:
            waiting.tell(connection, timer, responses, floor.clock())

        fires = {**dict.fromkeys(prompts.KINDS, fire), UNANSWERED: tell}
        ignore = lambda number: None  # noqa: E731 - who is owed is looked up
        Sweep(floor.database, floor.clock, Duties(ignore, ignore, fires)).sweep()


@contextmanager
def shop() -> Iterator[Shop]:
    """Yield a shop on tables that are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-walks-") as folder, silent():
        database = open_database(f"sqlite:///{Path(folder) / 'walks.sqlite'}")
        try:
            migrate.migrate(database)
            model, orders, calendar = StubModel(SAYINGS), FakeOrders(), FakeCalendar()
            speaking = assistants(model=model, orders=orders, calendar=calendar)
            floor = Floor(database, understanding=Understanding(speaking))
            yield Shop(floor, model, orders, calendar)
        finally:
            database.close()


@dataclass
class Walk:
    """One customer, and whoever takes them over."""

    dice: random.Random
    shop: Shop
    psid: str
    ledger: Ledger = field(init=False)
    #: What Messenger tells of later.
    _held_back: list[tuple[Said, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.floor = self.shop.floor
        self.ledger = Ledger(self.floor, self.psid)
        self._sent_before = len(self.floor.graph.taken)

    def step(self, act: str = "") -> None:
        """Let something happen, and look at what comes of it."""
        act = act or self._act()
        self.floor.clock.advance(seconds=self.dice.randint(1, 40))
        try:
            getattr(self, f"_{act}", partial(self._writes, act))()
        except Exception:  # noqa: BLE001 - what is looked for
            self.ledger.wrong["exception"] += 1

    def _act(self) -> str:
        if self._is_known() and self._status() != "bot" and self.dice.random() < 0.3:
            return "person"  # what they left to do is done soon
        return self.dice.choices([*ACTS], [*ACTS.values()])[0]

    def end(self) -> None:
        """Let all be told that was held back, and all be done that is owed."""
        while self._held_back:
            self._tell(*self._held_back.pop(0))
        self._works()
        if self._status() != "bot" and self.dice.random() < 0.5:
            self._give_back()
            self._works()
        self.ledger.close()

    # What the customer does

    def _writes(self, act: str) -> None:
        if act == "doubtful":
            means = self.dice.sample(sorted(set(SAYINGS.values())), 3)
            shares = sorted(self.dice.random() for _ in means)
            self.shop.model.known["hm"] = dict(zip(means, shares, strict=True))
        text = "hm" if act == "doubtful" else self.dice.choice(TEXTS[act])
        said = self._new(text, is_typed=True)
        item = message(text, self.psid, at=self.floor.clock(), mid=said.mid)
        if self.dice.random() < 0.15:
            self._held_back.append((said, item))
        else:
            self._tell(said, item)

    def _sends(self) -> None:
        said = self._new(None)
        about = {"at": self.floor.clock(), "mid": said.mid, "attachments": [PICTURE]}
        item = message("", self.psid, **about)
        del item["message"]["text"]
        self._tell(said, item)

    def _taps(self) -> None:
        offered = self._offered()
        if not offered:
            return self._writes("says")
        choice = self.dice.choice(offered[-self.dice.choice([3, 60]) :])
        title, payload = choice["title"], choice["payload"]
        said = self._new(title)
        about = {"at": self.floor.clock(), "mid": said.mid}
        if choice.get("type") == "postback":
            item = postback(title, payload, self.psid, **about)
        else:
            tapped = {"quick_reply": {"payload": payload}}
            item = message(title, self.psid, **about, **tapped)
        return self._tell(said, item)

    def _edits(self) -> None:
        said = self._one(lambda one: one.is_typed and not one.is_unsent)
        if said is None or len(said.edits) == MOST_EDITS:
            return
        number = len(said.edits) + 1
        text = self.dice.choice(TEXTS[self.dice.choice([*TEXTS])])
        edit = {"mid": said.mid, "text": text, "num_edit": number}
        at = self.floor.clock()
        said.edits[number] = text
        item = {**between(self.psid, PAGE, at), "message_edit": edit}
        self._tell(said, item, is_message=False)

    def _unsends(self) -> None:
        said = self._one(lambda one: not one.is_unsent)
        if said is None:
            return
        said.is_unsent, said.was_unsent_first = True, not said.is_settled
        told = {"mid": said.mid, "is_deleted": True}
        item = {**between(self.psid, PAGE, self.floor.clock()), "message": told}
        self._tell(said, item, is_message=False)

    def _repeats(self) -> None:
        said = self._one(lambda one: bool(one.items))
        if said is not None:
            self.floor.receives(self.dice.choice(said.items))

    # What others do

    def _waits(self) -> None:
        self._works()
        self.floor.clock.advance(minutes=self.dice.choice([5, 90, 3000]))
        self.shop.sweeps()
        self._works()

    def _down(self) -> None:
        self.shop.orders.down = self.shop.calendar.down = not self.shop.orders.down

    def _person(self) -> None:
        if not self._is_known():
            return
        if self._status() != "agent":
            self._take_over()
        elif self.dice.random() < 0.4:
            self.floor.plans("I am looking into it.", self.psid, author="agent")
        else:
            self._give_back()

    def _take_over(self) -> None:
        if self.dice.random() < 0.7:
            self.floor.takes_over(self.psid)
        else:
            at = self.floor.clock()
            self.floor.receives(echo("It is on its way.", self.psid, at=at))

    def _give_back(self) -> None:
        floor, me = self.floor, self.floor.staff()
        number, now = floor.conversation(self.psid), floor.clock()
        if self.dice.random() < 0.3:
            floor.write(lambda c: handoff.resolve(c, number, me, now))
            return
        says = self.dice.random() < 0.5
        giving = Giving(conversation_id=number, staff_id=me, now=now, says=says)
        responses = floor.understanding.assistant.responses
        floor.write(lambda c: giving_back.give_back(c, giving, responses))

    def _works(self) -> None:
        """Let a worker handle what is owed, and perhaps be interrupted in thought."""
        if not self._is_known():
            return
        answerer, number = self.floor.answerer, self.floor.conversation(self.psid)
        (task,) = self.floor.write(lambda c: answerer.claim_all(c, [number]))
        while task is not None:
            status = self._status()
            outcome = answerer.think(task)
            self.ledger.wrong["exception"] += outcome is None
            if self.dice.random() < 0.2:
                self.step(self.dice.choice(MEANWHILE))
            done = Done(task.held, outcome)
            settle = partial(answerer.settle_all, done=[done])
            (task,) = self.floor.write(settle)
            self.ledger.look(status)
        self.floor.delivers()

    # What they need

    def _new(self, text: str | None, *, is_typed: bool = False) -> Said:
        mid = f"m_{self.psid}_{len(self.ledger.said)}_"
        said = Said(mid, text, is_typed)
        self.ledger.said[mid] = said
        return said

    def _tell(
        self, said: Said, item: dict[str, Any], *, is_message: bool = True
    ) -> None:
        """Let Messenger tell of something, and keep it for being told again."""
        self.floor.receives(item)
        said.items.append(item)
        said.is_told = said.is_told or is_message

    def _one(self, fits: Any) -> Said | None:
        """Return one of the last messages that fit."""
        found = [one for one in self.ledger.said.values() if fits(one)]
        return self.dice.choice(found[-3:]) if found else None

    def _offered(self) -> list[dict[str, Any]]:
        taken = self.floor.graph.taken[self._sent_before :]
        return [choice for body in taken for choice in tappable(body["message"])]

    def _is_known(self) -> bool:
        return any(said.items for said in self.ledger.said.values())

    def _status(self) -> str:
        return self.floor.status(self.psid)


def tappable(sent: dict[str, Any]) -> Sequence[dict[str, Any]]:
    """Return the buttons and quick replies of a message."""
    payload = sent.get("attachment", {}).get("payload", {})
    buttons = [one for one in payload.get("buttons", []) if one["type"] == "postback"]
    return [*buttons, *sent.get("quick_replies", [])]


def walk(where: Shop, seed: int, length: int) -> Ledger:
    """Return the book of a walk of so many acts, the same for the same seed."""
    where.orders.down = where.calendar.down = False
    one = Walk(random.Random(seed), where, psid=f"7{seed}")
    for _ in range(length):
        one.step()
    one.end()
    return one.ledger


def facts(count: int, length: int, seed: int) -> Iterator[tuple[str, float]]:
    """Yield what came of so many walks."""
    wrong, outcomes = Counter[str](), Counter[str]()
    deepest, began = 0, time.perf_counter()
    with shop() as where:
        for number in range(count):
            ledger = walk(where, seed * 1_000_003 + number, length)
            wrong += ledger.wrong
            outcomes += ledger.outcomes
            deepest = max(deepest, ledger.deepest)
    yield "conversations", count
    yield "deepest stack", deepest
    yield "seconds", round(time.perf_counter() - began, 1)
    for name, number in sorted(outcomes.items()):
        yield name, number
    for name in BAD:
        yield name, wrong[name]


def main() -> None:
    """Walk, tell, and fail if anything was wrong."""
    tell(facts, __doc__, 2_000, BAD)


if __name__ == "__main__":
    main()
