"""Does anybody get talked over, and does a conversation ever go to two?

``python -m benchmarks.races [--runs 1000] [--database sqlite|postgresql|both]``

A thousand times somebody takes over while the assistant is at a named place of its
way (bot/crashpoints.py); a thousand times nobody does; a thousand times two agents
claim one conversation at the same moment. The exit status is 1 when the assistant
spoke after a take-over what was not on the wire by then, when an answer did not
arrive, or when a conversation had not exactly one winner. A message is on the wire
from the sender's last look at who answers, the last thing before the call; those
whose look had begun and whose call had not are counted by themselves.

It proves itself first: with one guard taken out at a time the counts must turn red.
``--prove`` does only that. PostgreSQL is looked for under RACES_POSTGRESQL
(postgresql://postgres@127.0.0.1:5432).
"""

import argparse
import json
import os
import secrets
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks import databases
from benchmarks.races import claiming, sabotage, takeover
from benchmarks.races.house import House, house, telling
from benchmarks.report import table

BOTH = ("sqlite", "postgresql")
SERVER = os.environ.get("RACES_POSTGRESQL", databases.SERVER)
PROOF = 2 * len(takeover.ALL_PLACES)  # runs
COLUMNS = (
    *("taken over at", "runs", "not reached", "not taken"),
    *("sent before", "on the wire", "last look", "after"),
)


def main() -> int:
    """Prove, race, print; return 1 if anything is off."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="frontdesk-models-") as folder:
        proofs = prove(Path(folder), options.seed)
        if not options.json:
            print(*map(_proof, proofs), sep="\n", flush=True)
        results = [] if options.prove else list(_races(options, Path(folder)))
    report = {"seed": options.seed, "proofs": proofs, "races": results}
    if options.json:
        print(json.dumps(report))
    failed = [one for one in (*proofs, *results) if not one["holds"]]
    return int(bool(failed))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=1000, help="of each kind")
    parser.add_argument("--database", choices=(*BOTH, "both"), default="both")
    parser.add_argument("--seed", default=secrets.token_hex(4))
    parser.add_argument("--prove", action="store_true", help="only prove the harness")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def prove(models: Path, seed: str) -> list[dict[str, Any]]:
    """Return for each guard whether the counts notice that it is out."""
    proofs = []
    with house("sqlite", SERVER, models) as found:
        for name, switch in sabotage.SWITCHES.items():
            with switch(), telling(found.gate):
                over, several = _off(found, name, seed)
            red = over + several > 0
            about = {"out": name, "talked_over": over, "several_winners": several}
            proofs.append({**about, "holds": red == (name != "none")})
    return proofs


def _off(found: House, name: str, seed: str) -> tuple[int, int]:
    """Return how much is off in a few runs of what a guard is for."""
    over = several = 0
    if name != "winner":
        over = takeover.disturbed(found, PROOF, seed).over
    if name in ("winner", "none"):
        several = claiming.race(found, PROOF).several
    return over, several


def _races(options: argparse.Namespace, models: Path) -> Any:
    kinds = BOTH if options.database == "both" else (options.database,)
    for kind in kinds:
        with house(kind, SERVER, models) as found, telling(found.gate):
            yield _race(found, kind, options)


def _race(found: House, kind: str, options: argparse.Namespace) -> dict[str, Any]:
    began = time.monotonic()
    taken = takeover.race(found, options.runs, options.seed)
    claims = claiming.race(found, options.runs)
    seconds = round(time.monotonic() - began, 1)
    if not options.json:
        print(_told(kind, taken, claims, seconds), flush=True)
    return {
        "database": kind,
        "seconds": seconds,
        "takeovers": {**asdict(taken), "trials": taken.trials, "over": taken.over},
        "claims": asdict(claims),
        "holds": taken.holds and claims.holds,
    }


def _proof(one: dict[str, Any]) -> str:
    verdict = "as it must be" if one["holds"] else "NOT AS IT MUST BE"
    return (
        f"proof: guard out: {one['out']}; talked over {one['talked_over']},"
        f" several winners {one['several_winners']}: {verdict}"
    )


def _told(
    kind: str, taken: takeover.Result, claims: claiming.Claims, seconds: float
) -> str:
    verdict = "held" if taken.holds and claims.holds else "MISSED"
    return "\n".join(
        [
            f"\n{kind}, {seconds} s: {verdict}\n",
            table(COLUMNS, takeover.rows(taken)),
            "",
            f"without anybody: {taken.answered} of {taken.undisturbed} answered",
            f"two claim: {claims.one_winner} of {claims.conversations} had one winner"
            f" (nobody {claims.nobody}, several {claims.several})",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
