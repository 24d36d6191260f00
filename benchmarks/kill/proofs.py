"""The harness proves itself: without a guard, the sums must not come out.

Each proof is a small storm over Frontdesk with one guard out (`sabotage`), and names
the sums that must be off by that. One more has none out and must be green, so that
red means something.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from benchmarks.kill.site import site
from benchmarks.kill.storm import Plan, Storm
from benchmarks.kill.sums import count

SMALL = Plan(kills=0, seed="", customers=10, weather=False, seconds=6.0)
#: At each kill many messages are on the wire, and no echo tells of them.
ON_THE_WIRE = replace(
    SMALL,
    kills=4,
    seconds=2.0,
    places=("send_answered",),
    faults={"echoes": {"off": True}, "graph": {"do": "hang", "seconds": 0.4}},
)


@dataclass(frozen=True)
class Proof:
    """A guard that is out, and the sums that must say so."""

    switches: str
    plan: Plan
    off: frozenset[str] = field(default_factory=frozenset)


PROOFS = (
    Proof("ponder,hurry", ON_THE_WIRE),
    Proof("dedupe", SMALL, frozenset({"stored", "said once, handled twice"})),
    Proof(
        "commit",
        replace(SMALL, kills=4, placed=0.0, seconds=2.0),
        frozenset({"answered 200 and not stored"}),
    ),
    Proof(
        "epoch",
        replace(SMALL, seconds=8.0),
        frozenset({"a bot's message after somebody took over"}),
    ),
    Proof("outbox", ON_THE_WIRE, frozenset({"sent twice without a reason"})),
)


def prove(models: Path, seed: str, *, tell: bool) -> list[dict[str, Any]]:
    """Return for each proof whether the sums came out as they must."""
    return [prove_one(proof, models, seed, tell=tell) for proof in PROOFS]


def prove_one(proof: Proof, models: Path, seed: str, *, tell: bool) -> dict[str, Any]:
    """Return whether the sums came out as they must with one guard out."""
    plan = replace(proof.plan, seed=f"{seed}/{proof.switches}", switches=proof.switches)
    with site("sqlite", models) as place:
        storm = Storm(place, plan)
        storm.run()
        off = {one.name: one.figure for one in count(storm) if not one.holds}
    result = {
        "switch": proof.switches,
        "wanted": sorted(proof.off),
        "off": off,
        "as_expected": proof.off <= set(off) if proof.off else not off,
        "kills": len(storm.killed),
    }
    if tell:
        print(f"proof: {told(result)}", flush=True)
    return result


def told(result: dict[str, Any]) -> str:
    """Return a proof as a line for people."""
    verdict = "as it must be" if result["as_expected"] else "NOT AS IT MUST BE"
    colour = "red" if result["off"] else "green"
    return f"{result['switch']}: {colour}, {verdict}; off: {result['off']}"
