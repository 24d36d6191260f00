"""Kill Frontdesk under load, again and again, and then count.

``python -m benchmarks.kill [--kills 100] [--database sqlite|postgresql|both]``

Processes are killed with kill -9 at named places of the code and at random moments,
while customers write, Messenger misbehaves, agents take over and time passes. Then
three books are compared: of what was sent to us and answered 200, of what is stored,
of what Messenger took. The exit status is 1 when a sum is off.

It proves itself first: with one guard taken out at a time the sums must turn red.
``--prove`` does only that. PostgreSQL is looked for under KILL_POSTGRESQL
(postgresql://postgres@127.0.0.1:5432), the broker under KILL_BROKER.
"""

import argparse
import json
import secrets
import sys
import tempfile
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.kill import proofs
from benchmarks.kill.figures import Sum
from benchmarks.kill.keeping import keep
from benchmarks.kill.site import site
from benchmarks.kill.storm import RANDOM, Plan, Storm
from benchmarks.kill.sums import count
from benchmarks.report import table

BOTH = ("sqlite", "postgresql")


def main() -> int:
    """Prove, storm, count, print; return 1 if anything is off."""
    options = _options()
    databases = BOTH if options.database == "both" else (options.database,)
    with tempfile.TemporaryDirectory(prefix="frontdesk-models-") as folder:
        proved = proofs.prove(Path(folder), options.seed, tell=not options.json)
        results = []
        if not options.prove:
            results = [_storm(one, options, Path(folder)) for one in databases]
    report = {"seed": options.seed, "proofs": proved, "storms": results}
    red = [one for one in results if one["off"]]
    print(json.dumps(report) if options.json else _verdict(proved, red))
    return int(bool(red) or not all(one["as_expected"] for one in proved))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=100, help="for each database")
    parser.add_argument("--database", choices=(*BOTH, "both"), default="both")
    parser.add_argument("--seed", default=secrets.token_hex(4))
    parser.add_argument("--prove", action="store_true", help="only prove the harness")
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="where to lay what a red storm left"
    )
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _storm(database: str, options: argparse.Namespace, models: Path) -> dict[str, Any]:
    with site(database, models) as place:
        storm = Storm(place, Plan(kills=options.kills, seed=options.seed))
        storm.run()
        sums = count(storm)
        result = described(database, storm, sums)
        if result["off"] and options.keep:
            keep(storm, options.keep / database)
    if not options.json:
        print(told(result, sums))
    return result


def described(database: str, storm: Storm, sums: list[Sum]) -> dict[str, Any]:
    """Return a storm and its sums as JSON."""
    places = Counter(one.place for one in storm.killed)
    return {
        "database": database,
        "seed": storm.plan.seed,
        "kills": len(storm.killed),
        "at_places": len(storm.killed) - places[RANDOM],
        "places": dict(places),
        "targets": dict(Counter(one.target for one in storm.killed)),
        "seconds": storm.took,
        "seconds_until_quiet": storm.quiet_took,
        "bound_95": 3 / max(len(storm.killed), 1),
        "sums": [asdict(one) for one in sums],
        "off": [one.name for one in sums if not one.holds],
    }


def told(result: dict[str, Any], sums: list[Sum]) -> str:
    """Return a storm as a table for people, and below it what is named one by one."""
    rows = [[one.name, one.figure, _wanted(one)] for one in sums]
    places = ", ".join(f"{k} {v}" for k, v in sorted(result["places"].items()))
    targets = ", ".join(f"{k} {v}" for k, v in sorted(result["targets"].items()))
    return "\n".join(
        [
            "",
            f"{result['database']}: {result['kills']} kills in {result['seconds']} s,"
            f" quiet after {result['seconds_until_quiet']} s (seed {result['seed']})",
            f"  where: {places}",
            f"  what:  {targets}",
            "",
            table(["", "figure", "must be"], rows),
            "",
            *(line for one in sums if one.examples for line in _named(one)),
            _bound(result),
        ]
    )


def _named(one: Sum) -> list[str]:
    return [f"{one.name.strip()}:", *(f"  {name}" for name in one.examples), ""]


def _wanted(one: Sum) -> str:
    if one.must_be is None:
        return ""
    return str(one.must_be) if one.holds else f"{one.must_be}  <-- OFF"


def _bound(result: dict[str, Any]) -> str:
    if result["off"]:
        return "OFF: " + "; ".join(result["off"])
    return (
        f"All sums hold. With no failure in {result['kills']} kills, the chance that a"
        f" kill does harm is below {result['bound_95']:.1%} (95 %; the rule of three)"
        " and no more than that is shown."
    )


def _verdict(proved: list[dict[str, Any]], red: list[dict[str, Any]]) -> str:
    failed = [one["switch"] for one in proved if not one["as_expected"]]
    if failed:
        return f"\nNOT PROVED: {', '.join(failed)}"
    if red:
        return f"\nOFF: {', '.join(one['database'] for one in red)}"
    return "\nproved, and all sums hold"


if __name__ == "__main__":
    sys.exit(main())
