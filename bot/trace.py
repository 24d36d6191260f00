"""Why did a turn come out as it did? What a support lead reads later, as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeAlias

from rasa_sdk.events import EventType

from bot.replies import purpose
from bot.rules.decision import Decision
from bot.situation import Situation
from flows.commands import Perform
from flows.record import Perform as Performer
from flows.run import Outcome, run
from flows.stack import State

Payload: TypeAlias = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Step:
    """What was said, or a part of it, what we made of it, and what came of that."""

    here: Situation
    decision: Decision
    outcome: Outcome

    def followed_by(self, said: Perform, perform: Performer) -> "Step":
        """Return the same with something that is said behind what came of it."""
        more = run(self.outcome.state, said, self.here.flows, perform)
        outcome = replace(
            more,
            events=(*self.outcome.events, *more.events),
            steps=(*self.outcome.steps, *more.steps),
        )
        return replace(self, outcome=outcome)

    def without_questions(self) -> "Step":
        """Return the same without what was asked in it."""
        said = tuple(one for one in self.outcome.events if not is_question(one))
        return replace(self, outcome=replace(self.outcome, events=said))


def is_question(event: EventType) -> bool:
    """Whether something was said that waits for an answer."""
    if event["event"] != "bot":
        return False
    said = {**(event["data"] or {}), "metadata": event["metadata"] or {}}
    return purpose(said) == "question"


def trace(
    whole: Situation, steps: Sequence[Step], outcome: Outcome, after: State
) -> Payload:
    """Return what was understood, which rule decided, and what the flows did.

    Of several parts the last counts, and each is told of beside it.
    """
    here, decision = steps[-1].here, steps[-1].decision
    command, offer = decision.command, after.offer
    several = len(steps) > 1
    said = {name: whole.reading.parse[name] for name in ("text", "entities")}
    if whole.pieces:
        said["text"] = whole.pieces[-1]
    return {
        "heard": here.kind,
        "parse": {**here.reading.parse, **said},
        "chosen": whole.chosen,
        "thresholds": dict(here.thresholds),
        "band": here.band,
        "rule": decision.rule,
        "why": decision.why,
        "command": {"name": type(command).__name__, **asdict(command)},
        "flow": _goal(outcome.steps),
        "steps": list(outcome.steps),
        "asked": after.asked,
        "found": _found(outcome),
        **({"closed": True} if _closed(outcome) else {}),
        "offer": offer.to_json()["choices"] if offer else [],
        **({"raised": dict(here.raised)} if here.raised else {}),
        **({"pieces": len(whole.pieces)} if whole.pieces else {}),
        **({"parts": [*map(_part, steps)]} if several else {}),
    }


def _part(step: Step) -> Payload:
    # Without its words: they stand in the message, and are gone once it is taken back.
    intent = dict(step.here.reading.parse["intent"])
    return {"intent": intent, "rule": step.decision.rule, "why": step.decision.why}


def _goal(steps: Sequence[Payload]) -> str | None:
    """Return the first goal that the turn went through; patterns are none."""
    passed = (str(step["flow"]) for step in steps if "flow" in step)
    return next((name for name in passed if not name.startswith("pattern_")), None)


def _found(outcome: Outcome) -> bool | None:
    """Return what came of the turn's last look-up, None if there was none."""
    return _set_last(outcome, "found")


def _closed(outcome: Outcome) -> bool:
    """Whether the turn's last look-up was refused: there were too many tries."""
    return _set_last(outcome, "lookup_closed") is True


def _set_last(outcome: Outcome, slot: str) -> bool | None:
    events = (e for e in reversed(outcome.events) if e.get("name") == slot)
    return next((event["value"] for event in events), None)
