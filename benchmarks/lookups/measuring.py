"""Ask all of it of one kind of shop, and count what came of it."""

import statistics
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.interval import Share
from benchmarks.lookups.asked import Look, looks, sold
from benchmarks.lookups.shops import source
from benchmarks.report import against
from bot.guard import Guard
from bot.pace import Pace
from bot.shop.chosen import LEAST, ORDER
from bot.shop.orders import GuardedOrders
from bot.store import migrate
from bot.store.database import open_database
from flows.ports import PortError, TooManyTriesError
from tests.shops.server import Sold

THREADS = 48
PAIRS_AT_ONCE = 16
MOST_APART = 5.0  # ms
LEAST_ANSWERED = 0.995


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What came of a kind of shop."""

    kind: str
    wrong: int
    leaks: int
    right: int
    answered: int
    #: Owners of an attacked order who were offered a person.
    to_a_person: int
    failed: int
    unknown_ms: float
    wrong_ms: float
    medians_apart_ms: float
    p95s_apart_ms: float
    #: Of the pairs, in per cent: half of them where nothing is to be told from time.
    unknown_took_longer: str

    @property
    def verdicts(self) -> dict[str, str]:
        """Return which target was met."""
        share = self.answered / self.right
        return {
            "leaks": against(self.leaks, 0, at_least=False),
            "answered": against(share, LEAST_ANSWERED, at_least=True),
            "medians": against(self.medians_apart_ms, MOST_APART, at_least=False),
            "p95s": against(self.p95s_apart_ms, MOST_APART, at_least=False),
        }

    @property
    def holds(self) -> bool:
        """Whether all were."""
        return set(self.verdicts.values()) == {"met"}


def measure(kind: str, right: int, wrong: int, pairs: int, seed: str) -> Figures:
    """Return the figures of a kind of shop."""
    orders = sold(right + pairs)
    with TemporaryDirectory() as folder, ExitStack() as stack:
        database = open_database(f"sqlite:///{Path(folder) / 'lookups.sqlite'}")
        stack.callback(database.close)
        migrate.migrate(database)
        pace = None if kind == "tables" else Pace(LEAST)
        guard = Guard(ORDER, database, "a-key-of-the-measurement", pace)
        found = stack.enter_context(source(kind, orders, database))
        port = GuardedOrders(found, guard)
        counts = _mixed(port, looks(orders, right, wrong, seed))
        times = _pairs(port, orders[right:])
    return _figures(kind, counts, times, right=right, wrong=wrong)


def _mixed(port: GuardedOrders, all_looks: Sequence[Look]) -> Counter[tuple[bool, str]]:
    """Return how often owners and others were answered, or not, or refused."""
    with ThreadPoolExecutor(THREADS) as pool:
        outcomes = pool.map(lambda look: _outcome(port, look), all_looks)
        asked = [look.is_own for look in all_looks]
        return Counter(zip(asked, outcomes, strict=True))


def _outcome(port: GuardedOrders, look: Look) -> str:
    try:
        order = port.find(look.number, look.proof, look.customer)
    except TooManyTriesError:
        return "refused"
    except PortError:
        return "failed"
    if order is None:
        return "missed"
    return "found" if order.number == look.number else "another's"


def _pairs(port: GuardedOrders, orders: Sequence[Sold]) -> list[tuple[float, float]]:
    """Return how many ms an unknown number and a wrong proof took, side by side."""

    def pair(place: int) -> tuple[float, float]:
        order, who = orders[place], f"stopwatch {place}"
        tries = [
            (f"{order.number}9", f"unknown{place}@example.com"),
            (order.number, f"wrong{place}@example.com"),
        ]
        took = [0.0, 0.0]
        # First the one, then the other: whatever grows while it runs grows for both.
        for which in (0, 1) if place % 2 else (1, 0):
            began = time.perf_counter()
            port.find(*tries[which], who)
            took[which] = (time.perf_counter() - began) * 1000
        return took[0], took[1]

    if not orders:
        return [(0.0, 0.0)] * 2
    with ThreadPoolExecutor(PAIRS_AT_ONCE) as pool:
        return list(pool.map(pair, range(len(orders))))


def _figures(
    kind: str,
    counts: Counter[tuple[bool, str]],
    times: Sequence[tuple[float, float]],
    *,
    right: int,
    wrong: int,
) -> Figures:
    unknown, mistaken = zip(*times, strict=True)
    medians = statistics.median(unknown), statistics.median(mistaken)
    p95s = (
        statistics.quantiles(unknown, n=20)[-1],
        statistics.quantiles(mistaken, n=20)[-1],
    )
    return Figures(
        kind=kind,
        wrong=wrong,
        leaks=counts[False, "found"]
        + counts[False, "another's"]
        + counts[True, "another's"],
        right=right,
        answered=counts[True, "found"],
        to_a_person=counts[True, "refused"],
        failed=counts[True, "failed"] + counts[False, "failed"],
        unknown_ms=round(medians[0], 2),
        wrong_ms=round(medians[1], 2),
        medians_apart_ms=round(abs(medians[0] - medians[1]), 2),
        p95s_apart_ms=round(abs(p95s[0] - p95s[1]), 2),
        unknown_took_longer=str(Share(sum(a > b for a, b in times), len(times))),
    )
