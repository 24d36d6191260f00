"""Somebody takes over while the assistant is at a named place of its way.

Each trial is a new customer. At the place, and nowhere else, an agent presses "Take
over", or somebody answers in another app; what Messenger takes after that, and was
not on the wire by then, is one too many. The same trials without anybody: there every
answer must arrive.
"""

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from benchmarks.kill import books
from benchmarks.kill.messenger import PAGE_ID
from benchmarks.races.gate import ON_THE_WIRE, Act, Moment
from benchmarks.races.house import PATIENCE, WITHIN, House
from bot.crashpoints import PLACES

TEXTS = ("when are you open?", "how long does delivery take?")
PERSON = "i want a person"
LATER = WITHIN + timedelta(minutes=1)
TIMER_PLACES = tuple(place for place in PLACES if place.startswith("timer"))
ALL_PLACES = (*PLACES, ON_THE_WIRE)
#: At how many passes of a place to take over, in turn; each is passed once a message.
PASSES = 2
COMMITS = {"before_commit": 5, "after_commit": 5}


@dataclass(frozen=True)
class Trial:
    """One customer, and where on the way somebody takes over."""

    place: str
    passes: int
    #: "inbox", "elsewhere", or "" for nobody.
    who: str
    psid: str
    conversation: int
    reached: bool
    taken: Moment | None


@dataclass
class Count:
    """What came of the trials at one place."""

    trials: int = 0
    not_reached: int = 0
    not_taken: int = 0
    sent_before: int = 0
    on_the_wire: int = 0
    last_look: int = 0
    over: int = 0


@dataclass
class Result:
    """What came of all trials."""

    places: dict[str, Count] = field(default_factory=dict)
    undisturbed: int = 0
    answered: int = 0

    @property
    def trials(self) -> int:
        """Return how often somebody took over."""
        return sum(one.trials for one in self.places.values())

    @property
    def over(self) -> int:
        """Return how many messages went out over a person."""
        return sum(one.over for one in self.places.values())

    @property
    def holds(self) -> bool:
        """Whether nobody was talked over, and nobody else was left without answer."""
        counts = self.places.values()
        idle = sum(one.not_reached + one.not_taken for one in counts)
        return not self.over and not idle and self.answered == self.undisturbed


def race(house: House, runs: int, seed: str) -> Result:
    """Return what came of so many take-overs, and of as many trials without."""
    trials = _trials(house, runs, seed)
    alone = [_trial(house, one.place, one.passes, "") for one in trials]
    return _counted(house, trials, alone)


def disturbed(house: House, runs: int, seed: str) -> Result:
    """Return what came of so many take-overs, with no trial without to set beside."""
    return _counted(house, _trials(house, runs, seed), [])


def _trials(house: House, runs: int, seed: str) -> list[Trial]:
    return [_trial(house, *plan) for plan in _plans(runs, seed)]


def _plans(runs: int, seed: str) -> Iterator[tuple[str, int, str]]:
    chance = random.Random(seed)
    for number in range(runs):
        place = ALL_PLACES[number % len(ALL_PLACES)]
        most = COMMITS.get(place, 1 if place in TIMER_PLACES else PASSES)
        yield place, chance.randint(1, most), chance.choice(["inbox", "elsewhere"])


def _trial(house: House, place: str, passes: int, who: str) -> Trial:
    psid, number = house.newcomer()
    act = _act(house, who, psid, number)
    watch = partial(house.gate.watch, place, passes, act, patient=who != "elsewhere")
    if place in TIMER_PLACES:
        house.hears(psid, PERSON)
        house.work(number)
        watch()
        house.sweep(LATER)
    else:
        watch()
        house.hears(psid, *TEXTS)
        house.work(number)
    house.gate.finish()
    reached = house.gate.reached
    house.gate.watch("", 0, lambda: None, patient=True)
    # As the next sweep would: whatever is still owed has its chance to go out.
    house.work(number)
    house.quiet()
    taken = house.gate.taken.get(number)
    return Trial(place, passes, who, psid, number, reached, taken)


def _act(house: House, who: str, psid: str, number: int) -> Act:
    if who == "inbox":
        agent = house.agent("Ada")
        return lambda: agent.presses(number, "take-over")
    if who == "elsewhere":
        return lambda: _answers_elsewhere(house, psid, number)
    return lambda: None


def _answers_elsewhere(house: House, psid: str, number: int) -> None:
    """Let somebody answer in Meta's inbox, and wait until we were told."""
    said = {"psid": psid, "text": "Hello, Tina here."}
    house.messenger.post(f"pages/{PAGE_ID}/inbox", said)
    until = time.monotonic() + PATIENCE
    while number not in house.gate.taken and time.monotonic() < until:
        time.sleep(0.002)


def _counted(house: House, trials: Sequence[Trial], alone: Sequence[Trial]) -> Result:
    took = [one for one in books.sent(house.messenger) if one.accepted]
    accepted = Counter(one.outgoing_id for one in took)
    planned = _planned(house)
    result = Result(undisturbed=len(alone))
    for one in trials:
        _note(result.places.setdefault(one.place, Count()), one, planned, accepted)
    result.answered = sum(_is_answered(one, planned, accepted) for one in alone)
    return result


def _planned(house: House) -> dict[int, list[int]]:
    """Return the messages of the assistant, by conversation."""
    query = "SELECT id, conversation_id FROM outgoing_message WHERE author <> 'agent'"
    found: dict[int, list[int]] = {}
    with house.parts.database.read() as connection:
        for row in books.rows(connection, query):
            found.setdefault(row["conversation_id"], []).append(row["id"])
    return found


def _note(
    count: Count, one: Trial, planned: dict[int, list[int]], accepted: Counter[int]
) -> None:
    count.trials += 1
    count.not_reached += not one.reached
    if one.taken is None:
        count.not_taken += 1
        return
    for number in planned.get(one.conversation, ()):
        stage = one.taken.stage(number)
        setattr(count, stage, getattr(count, stage) + accepted[number])


def _is_answered(
    one: Trial, planned: dict[int, list[int]], accepted: Counter[int]
) -> bool:
    """Whether each thing that a customer wrote was answered, and nothing twice."""
    owed = planned.get(one.conversation, [])
    return len(owed) >= len(TEXTS) and all(accepted[number] == 1 for number in owed)


def rows(result: Result) -> list[list[Any]]:
    """Return the counts as the lines of a table."""
    lines = [[place, *vars(one).values()] for place, one in result.places.items()]
    sums = [sum(column) for column in zip(*(line[1:] for line in lines), strict=True)]
    return [*lines, ["all", *sums]]
