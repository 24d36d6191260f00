"""What does a turn cost the processor, and does it cost more as a shop grows?

    python -m benchmarks.turn [--rounds 7] [--turns 200] [--json]

Turns of the dialogue that ships, without model, network and tables: an order by its
number, with an aside. With one flow of a shop's own beside ours and with 200, after 10
stored turns and after 10,000 (an action sees the newest 50 events, as in a server).
Interleaved rounds, medians; exit status 1 if many cost more than 1.3 times as much.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

from benchmarks.report import table
from bot.assistant import Assistant
from bot.turn import Heard, take_turn
from flows import domain, responses, script
from flows.files import parse
from flows.ports import HISTORY
from flows.stack import State
from tests.dialogue import NOW, assistant, sources

TARGET = 1.3
TALK = (
    "hello",
    "where is my parcel?",
    "48213",
    "when are you open?",
    "SW1A 1AA",
    "thanks",
)
FLOW = """
  own_{number}:
    description: A goal of the shop's own.
    steps:
    - collect: order_number
    - action: utter_thank
"""


def of_a_shop(count: int) -> Assistant:
    """Return the assistant with so many flows of a shop's own beside ours."""
    own = "".join(FLOW.format(number=number) for number in range(count))
    intents = [f"own_{number}" for number in range(count)]
    files = [
        *sources(),
        parse(f"intents: {json.dumps(intents)}", "own/domain.yml"),
        parse(f"flows:{own}", "own/flows.yml"),
    ]
    known, said = domain.load(files), responses.load(files)
    flows = script.load(files, known, said)
    return replace(assistant(), flows=flows, responses=said, domain=known)


def talk(one: Assistant, turns: int, events: list[object]) -> float:
    """Return the seconds of processor that a turn takes, of so many."""
    state = State()
    began = time.thread_time()
    for number in range(turns):
        heard = Heard(event_id=number + 1, kind="text", text=TALK[number % len(TALK)])
        turn = take_turn(
            heard, state, events[-HISTORY:], one, psid="1", now=NOW, disclose=False
        )
        state = State.from_json(turn.state.to_json())
        events += turn.events
    return (time.thread_time() - began) / turns


def main() -> None:
    """Measure in turn, tell, and fail if many cost too much."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--turns", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    few, many = of_a_shop(1), of_a_shop(200)
    young, old = list[object](), list[object]()
    talk(few, 10, young)
    talk(few, 10_000, old)
    ways: dict[str, Callable[[], float]] = {
        "1 flow": lambda: talk(few, given.turns, []),
        "200 flows": lambda: talk(many, given.turns, []),
        "10 turns": lambda: talk(few, given.turns, list(young)),
        "10,000 turns": lambda: talk(few, given.turns, list(old)),
    }
    seen: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(given.rounds):
        for name, way in ways.items():
            seen[name].append(way())
    cost = {name: median(times) for name, times in seen.items()}
    ratios = {
        "200 flows to 1": cost["200 flows"] / cost["1 flow"],
        "10,000 turns to 10": cost["10,000 turns"] / cost["10 turns"],
    }
    told = {f"{name} (ms)": round(1000 * spent, 3) for name, spent in cost.items()}
    told |= {name: round(ratio, 2) for name, ratio in ratios.items()}
    rows = [(name, str(value)) for name, value in told.items()]
    print(json.dumps(told) if given.json else table(("what", "seen"), rows))
    sys.exit(any(ratio > TARGET for ratio in ratios.values()))


if __name__ == "__main__":
    main()
