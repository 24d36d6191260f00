"""Several goals were left for another: which of them to go on with?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from flows.commands import (
    CancelFlow,
    Command,
    RepeatBotMessages,
    SetSlots,
    UserSilence,
)
from flows.files import Payload
from flows.stack import Frame, FrameKind, State
from flows.steps import TO_CONTINUE, Flow, Flows

CONTINUE = "pattern_continue_interrupted"
#: The answer that ends all that waits.
WITH_NONE: Mapping[str, str] = {TO_CONTINUE: "none"}


def is_asked(state: State) -> bool:
    """Whether that is what was asked last."""
    asks = state.asked == TO_CONTINUE
    return asks and bool(state.stack) and state.top.flow == CONTINUE


def is_about(command: Command) -> bool:
    """Whether a command answers that, or lets it be asked again."""
    if isinstance(command, SetSlots):
        return TO_CONTINUE in command.slots
    return isinstance(command, RepeatBotMessages | CancelFlow | UserSilence)


def context(stack: Sequence[Frame], ended: Flow | None, flows: Flows) -> Payload:
    """Return which goals wait on a stack, as Rasa's `context` of the pattern has it.

    What asked for nothing was an answer in passing: the question before it is still
    at hand, and there is nothing to choose.
    """
    waiting = [flows.by_id.get(one[0].flow) for one in _goals(stack)]
    goals = [flow for flow in waiting if flow is not None]
    asks = ended is None or ended.is_pattern or bool(flows.questions(ended))
    return {
        "interrupted_flow_ids": [flow.id for flow in goals],
        "interrupted_flow_names": [flow.name for flow in goals],
        "multiple_flows_interrupted": len(goals) > 1 and asks,
    }


def chosen_last(stack: Sequence[Frame], chosen: object) -> Iterator[Frame]:
    """Yield the frames of a stack, those of the chosen goal on top of it."""
    goals = sorted(_goals(stack), key=lambda goal: goal[0].flow == chosen)
    for place, (first, *called) in enumerate(goals):
        kind: FrameKind = "interrupt" if place else "regular"
        yield replace(first, kind=kind)
        yield from called


def _goals(stack: Sequence[Frame]) -> list[list[Frame]]:
    """Return the goals on a stack, each with the flows that it has called."""
    goals = list[list[Frame]]()
    for frame in stack:
        if frame.kind == "call" and goals:
            goals[-1].append(frame)
        elif frame.kind != "pattern":
            goals.append([frame])
    return goals
