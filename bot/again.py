"""Is a customer told what they were told just before? Then it was not what they wanted.

Nothing new can be said; but a person is a tap away.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from rasa_sdk.events import EventType

from bot.situation import Situation
from bot.trace import Step
from flows.commands import Perform, StartFlow
from flows.record import Perform as Performer

#: Said behind what was said before.
SAID = "utter_told_again"
#: In the trace of a turn that told nothing new.
NOTED = "told_again"
#: What was told longer ago may be wanted once more.
LAPSE = timedelta(minutes=30)


def with_person(
    steps: list[Step],
    history: Sequence[EventType],
    perform: Callable[[Situation], Performer],
    now: datetime,
) -> list[Step]:
    """Return the steps, and one that offers a person where they tell nothing new."""
    last = steps[-1]
    state, here = last.outcome.state, last.here
    begun = all(isinstance(step.decision.command, StartFlow) for step in steps)
    if not begun or state.stack or last.outcome.handed_over is not None:
        return steps
    told = _texts([event for step in steps for event in step.outcome.events])
    since = (now - LAPSE).timestamp()
    before = _texts([e for e in history if (e.get("timestamp") or 0.0) >= since])
    if not told or not told <= before or SAID not in here.responses:
        return steps
    return [*steps[:-1], last.followed_by(Perform(action=SAID), perform(here))]


def noted(events: Sequence[EventType]) -> dict[str, Any]:
    """Return what the trace keeps of a turn that told nothing new; else nothing."""
    is_told = any(e["event"] == "action" and e.get("name") == SAID for e in events)
    return {NOTED: True} if is_told else {}


def _texts(events: Iterable[EventType]) -> set[str]:
    said = (str(e.get("text") or "") for e in events if e["event"] == "bot")
    return {text for text in said if text}
