"""A storm: load from three sides, bad weather, and one kill after the other.

Then quiet: nothing new is said, nothing goes wrong any more, and what is owed gets
the time that leases need to end. What the books say then is counted in `sums`.
"""

import random
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from benchmarks.kill.books import Watcher, owed
from benchmarks.kill.crowd import Crowd
from benchmarks.kill.messenger import Json, Repeating, Weather
from benchmarks.kill.meta import Meta
from benchmarks.kill.servers import Killed, Servers, pause
from benchmarks.kill.site import Site
from bot.crashpoints import PLACES

PACE = timedelta(minutes=5)  # what passes on Messenger in a second
QUIET_WITHIN = 300.0
IN_FLIGHT = "in flight"  # Messenger has the message and does not answer
RANDOM = "random"
HANG: Json = {"graph": {"do": "hang", "seconds": 2.0, "count": 1}}


@dataclass(frozen=True)
class Plan:
    """What a storm is to be."""

    kills: int
    seed: str
    customers: int = 24
    switches: str = ""
    places: tuple[str, ...] = (*PLACES, IN_FLIGHT)
    #: The share of kills at a place of the code; the rest come at random moments.
    placed: float = 0.6
    weather: bool = True
    #: Without weather: what goes wrong on Messenger's side all the time.
    faults: Json = field(default_factory=dict)
    #: For proofs: no kill at all, but so many seconds of load.
    seconds: float = 0.0

    @property
    def everywhere(self) -> bool:
        """Whether there are kills enough for every place of the code."""
        return self.kills >= 5 * len(self.places)


@dataclass
class Storm:
    """One storm over one installation."""

    site: Site
    plan: Plan
    servers: Servers = field(init=False)
    crowd: Crowd = field(init=False)
    meta: Meta = field(init=False)
    watcher: Watcher = field(init=False)
    desk: "DeskProcess" = field(init=False)
    took: float = 0.0
    quiet_took: float = 0.0

    def __post_init__(self) -> None:
        messenger, seed = self.site.messenger, self.plan.seed
        self._chance = random.Random(seed)
        self._places: list[str] = []
        self.servers = Servers(self.site, switches=self.plan.switches)
        size = self.plan.customers
        self.crowd = Crowd(messenger, self.site.tickets, size, seed)
        self.meta = Meta(messenger, self.site.url, seed)
        self.watcher = Watcher(messenger)
        self.desk = DeskProcess(self.site, seed)
        self._weather = Weather(messenger, random.Random(seed))

    def run(self) -> None:
        """Let it rage, then let it be quiet, then end everything."""
        began = time.monotonic()
        try:
            self.servers.start()
            with self._load():
                self._rage()
            self.took = round(time.monotonic() - began, 1)
            self.desk.finish()
            self._calm()
            self.quiet_took = round(time.monotonic() - began - self.took, 1)
            self.servers.stop()
        finally:
            self.servers.close()
            self.desk.kill()
            self.watcher.end()

    @property
    def killed(self) -> list[Killed]:
        """Return every kill, also those of the desk."""
        return [*self.servers.killed, *self.desk.killed]

    @property
    def spared(self) -> list[str]:
        """Return the places at which nothing died, if there were kills for all."""
        if not self.plan.everywhere:
            return []
        hit = {one.place for one in self.killed}
        return [place for place in self.plan.places if place not in hit]

    @contextmanager
    def _load(self) -> Iterator[None]:
        self.watcher.start()
        self.site.messenger.suffer(self.plan.faults)
        others = [Repeating(1.0, lambda: self.site.messenger.advance(PACE))]
        if self.plan.weather:
            others.append(Repeating(3.0, self._weather.change))
        for one in (self.crowd, self.meta, *others):
            one.start()
        self.desk.start()
        try:
            yield
        finally:
            for one in (self.crowd, self.meta, *others):
                one.end()
            self.desk.kill()

    def _rage(self) -> None:
        time.sleep(self.plan.seconds)
        most = 2 * self.plan.kills
        while len(self.killed) < (most if self.spared else self.plan.kills):
            self._strike()
        self.servers.start()

    def _strike(self) -> None:
        """Kill once or twice, at a place of the code or at a random moment."""
        self.servers.start()
        if self._chance.random() < 0.1:
            self.desk.strike(self._chance)
        if self._chance.random() >= self.plan.placed:
            pause(self._chance)
            self.servers.kill(self._chance.choice(self.servers.targets()), RANDOM)
            return
        place = self._next_place()
        if place == IN_FLIGHT:
            self._strike_in_flight()
        else:
            self._strike_at(place)

    def _next_place(self) -> str:
        """Return a place: all have their turn before one comes again."""
        if not self._places:
            self._places = list(self.plan.places)
            self._chance.shuffle(self._places)
        return self._places.pop()

    def _strike_at(self, place: str) -> None:
        """Let what passes *place* die there, after it was killed anywhere."""
        pause(self._chance)
        passing = self.servers.concerned(place)
        for program in passing:
            self.servers.kill(program.name, RANDOM)
        passes = self._chance.randint(1, 4 if place.startswith("timer") else 25)
        self.servers.die_at(place, passes, within=6.0)
        pause(self._chance)
        for program in passing:
            self.servers.kill(program.name, RANDOM)

    def _strike_in_flight(self) -> None:
        """Kill while Messenger holds back its answer to a message."""
        accept = self._chance.random() < 0.5
        messenger = self.site.messenger
        seen = messenger.count("requests")
        self._weather.hold({"graph": {**HANG["graph"], "accept": accept}})
        until = time.monotonic() + 6
        while not (hangs := self._hangs(seen)) and time.monotonic() < until:
            time.sleep(0.01)
        for target in self._chance.choice([self.servers.senders(), ("all",)]):
            self.servers.kill(target, IN_FLIGHT if hangs else RANDOM)
        self._weather.release()

    def _hangs(self, seen: int) -> bool:
        newest = self.site.messenger.page("requests", seen)
        return any(visit.get("fault") == "hang" for visit in newest)

    def _calm(self) -> None:
        """Wait until nothing is owed, in any book."""
        self.site.messenger.suffer({})
        self.meta.settle()
        end = time.monotonic() + QUIET_WITHIN
        engine = self.site.engine()
        now = self.site.messenger.now
        try:
            while time.monotonic() < end:
                if not self.site.messenger.waiting and not owed(engine, now()):
                    return
                time.sleep(0.5)
        finally:
            engine.dispose()


class DeskProcess:
    """The process of the agents; see `benchmarks.kill.desk`."""

    def __init__(self, site: Site, seed: str) -> None:
        self.book: Path = site.folder / "desk.jsonl"
        self.killed: list[Killed] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._env: Mapping[str, str] = {
            **site.settings,
            "DESK_DATABASE": site.database,
            "DESK_MESSENGER": site.messenger.url,
            "DESK_BOOK": str(self.book),
            "DESK_SEED": seed,
        }

    def start(self, **extra: str) -> None:
        """Let the agents work."""
        with self.book.with_suffix(".log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.kill.desk"],
                env={**self._env, **extra},
                stdout=subprocess.DEVNULL,
                stderr=log,
            )

    def strike(self, chance: random.Random) -> None:
        """Kill it, then let it die within its next transactions, then start it."""
        self.kill()
        place = chance.choice(["before_commit", "after_commit"])
        self.start(CRASHPOINT=f"{place}:{chance.randint(2, 9)}")
        assert self._process is not None  # noqa: S101
        try:
            self._process.wait(8)
            self.killed.append(Killed("desk", place, time.time()))
        except subprocess.TimeoutExpired:
            self.kill()
        self.start()

    def finish(self) -> None:
        """Let what was begun be finished, and nothing new begin."""
        self.kill()
        self.start(DESK_FINISH="yes")
        assert self._process is not None  # noqa: S101
        self._process.wait(30)

    def kill(self) -> None:
        """End it at once."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()
