"""Why did a turn come out as it did? What a support lead reads later, as JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, TypeAlias

from bot.rules.decision import Decision
from bot.situation import Situation
from flows.run import Outcome
from flows.stack import State

Payload: TypeAlias = dict[str, Any]


def trace(
    here: Situation, decision: Decision, outcome: Outcome, after: State
) -> Payload:
    """Return what was understood, which rule decided, and what the flows did."""
    command, offer = decision.command, after.offer
    return {
        "heard": here.kind,
        "parse": here.reading.parse,
        "chosen": here.chosen,
        "thresholds": dict(here.thresholds),
        "band": here.band,
        "rule": decision.rule,
        "why": decision.why,
        "command": {"name": type(command).__name__, **asdict(command)},
        "flow": _goal(outcome.steps),
        "steps": list(outcome.steps),
        "asked": after.asked,
        "found": _found(outcome),
        "offer": offer.to_json()["choices"] if offer else [],
    }


def _goal(steps: Sequence[Payload]) -> str | None:
    """Return the first goal that the turn went through; patterns are none."""
    passed = (str(step["flow"]) for step in steps if "flow" in step)
    return next((name for name in passed if not name.startswith("pattern_")), None)


def _found(outcome: Outcome) -> bool | None:
    """Return what came of the turn's last look-up, None if there was none."""
    looked_up = (e for e in reversed(outcome.events) if e.get("name") == "found")
    return next((event["value"] for event in looked_up), None)
