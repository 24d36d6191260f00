"""How many conversations hold that were written down without knowing the assistant?

    python -m benchmarks.frozen [--precision 0.98] [--json]

The scripts beside this file were written from docs/scripts.md and the answers of the
FAQ alone, before anybody worked towards them, and are played against the assistant of
a first start. Exit status 1 if fewer hold than should.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.automation import first_start
from benchmarks.interval import Share
from bot.scripts import files
from bot.scripts.lines import Script
from bot.scripts.player import Break, play

HERE = Path(__file__).parent
LEAST = 0.85


def main() -> int:
    """Print what breaks, and how many hold; return 1 if these are too few."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--precision", type=float, default=0.98)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    played = list(outcomes(options.precision))
    held = Share(sum(broken is None for _, broken in played), len(played))
    if options.json:
        names = [script.name for script, broken in played if broken]
        print(json.dumps({**held.to_json(), "broken": names}))
    else:
        print(*(_told(*one) for one in played if one[1]), sep="\n")
        print(f"held: {held.count} of {held.of}, {held} %")
    return 0 if (held.value or 0) >= LEAST else 1


def outcomes(precision: float) -> Iterator[tuple[Script, Break | None]]:
    """Yield each script and where it broke, None if it held."""
    with first_start(precision) as parts:
        for script in scripts():
            yield script, play(script, parts.understanding.assistants)


def scripts() -> tuple[Script, ...]:
    """Return what they wrote."""
    library = files.load([HERE])
    if library.problems:
        raise ValueError(library.problems)
    return library.scripts


def _told(script: Script, broken: Break | None) -> str:
    step = broken.step if broken else None
    came = "; ".join(broken.came) if broken else ""
    return f"{script.name}: {step}: {came[:200]}"


if __name__ == "__main__":
    sys.exit(main())
