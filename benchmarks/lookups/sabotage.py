"""Take the safeguards out, one at a time: do the figures turn red?"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any
from unittest import mock

from benchmarks.lookups.measuring import measure
from bot import guard
from bot.pace import Pace
from bot.store import lookups


def _uncompared(records: Sequence[Any], *_: str) -> Any:
    return records[0] if records else None


def _uncounted(connection: Any, limits: Sequence[Any]) -> Any:
    return {one.key: lookups.Count(failures=0, since=0.0, rounds=0) for one in limits}


#: What is taken out, and which verdict must then be red.
TAKEN_OUT: dict[str, tuple[str, Callable[[], Any]]] = {
    "nothing": ("", nullcontext),
    "the comparison": (
        "leaks",
        lambda: mock.patch.object(guard, "proved", _uncompared),
    ),
    "the count": ("leaks", lambda: mock.patch.object(lookups, "begin", _uncounted)),
    "the pace": ("medians", lambda: mock.patch.object(Pace, "missed", Pace.found)),
}


def prove(seed: str) -> list[dict[str, Any]]:
    """Take one safeguard out at a time; return which verdicts were red."""
    proofs = []
    for name, (must, without) in TAKEN_OUT.items():
        with without():
            figures = measure("shopify", right=50, wrong=400, pairs=20, seed=seed)
        red = [one for one, word in figures.verdicts.items() if word != "met"]
        # Of so few owners, one that is attacked is more than half a per cent.
        red = [one for one in red if one not in {"answered", "p95s"}]
        holds = must in red if must else not red
        proofs.append({"without": name, "red": red, "holds": holds})
    return proofs
