"""How many conversations hold that were written down without knowing the assistant?

    python -m benchmarks.frozen [--folder third] [--precision 0.98] [--json]

The scripts in the folders beside this file were written from docs/scripts.md and the
answers of the FAQ alone (of the later two also from docs/orders.md), before anybody
worked towards them, and are played against the assistant of a first start. Exit status
1 if of a folder fewer hold than should.
"""

import argparse
import json
import sys
from pathlib import Path

from benchmarks.automation import first_start
from benchmarks.interval import Share
from bot.scripts import files
from bot.scripts.lines import Script
from bot.scripts.player import Break, play

HERE = Path(__file__).parent
FOLDERS = ("first", "second", "third")
LEAST = 0.85


def main() -> int:
    """Print what breaks, and how many hold; return 1 if these are too few."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", nargs="+", default=FOLDERS, choices=FOLDERS)
    parser.add_argument("--precision", type=float, default=0.98)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = {}
    with first_start(options.precision) as parts:
        for folder in options.folder:
            assistants = parts.understanding.assistants
            played = [(one, play(one, assistants)) for one in scripts(folder)]
            held = Share(sum(broken is None for _, broken in played), len(played))
            found[folder] = held
            broken = [_told(*one) for one in played if one[1]]
            if not options.json:
                print(
                    *broken, f"{folder}: {held.count} of {held.of}, {held} %", sep="\n"
                )
    if options.json:
        print(json.dumps({name: held.to_json() for name, held in found.items()}))
    return 0 if all((held.value or 0) >= LEAST for held in found.values()) else 1


def scripts(folder: str) -> tuple[Script, ...]:
    """Return what is in a folder; ValueError if a file can't be read."""
    library = files.load([HERE / folder])
    if library.problems:
        raise ValueError(library.problems)
    return library.scripts


def _told(script: Script, broken: Break | None) -> str:
    step = broken.step if broken else None
    came = "; ".join(broken.came) if broken else ""
    return f"{script.name}: {step}: {came[:200]}"


if __name__ == "__main__":
    sys.exit(main())
