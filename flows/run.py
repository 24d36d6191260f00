"""One step of a dialogue: a command in, and on until the dialogue must wait.

Pure but for `perform`, which is handed in. The number of steps is bounded, an
action may fail, a flow may have changed since yesterday: the state that comes out
can always go on.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from rasa_sdk.events import EventType

from flows import going_on
from flows.commands import (
    CancelFlow,
    CannotHandle,
    ChitChat,
    Clarify,
    Command,
    CorrectSlots,
    HumanHandoff,
    Ignore,
    Perform,
    RepeatBotMessages,
    Restart,
    SetSlots,
    SkipQuestion,
    StartFlow,
    UserSilence,
)
from flows.course import CANNOT_HANDLE, Course
from flows.files import Payload
from flows.ports import (
    RECALLED,
    ActionError,
    HandoffReason,
    RefusedError,
    hand_over,
)
from flows.record import EndlessFlowError, HandedOver
from flows.record import Perform as Performer
from flows.stack import APART, FrameKind, State, callers
from flows.steps import END, Collect, Flow, Flows

CANCEL = "pattern_cancel_flow"
CHITCHAT = "pattern_chitchat"
CLARIFICATION = "pattern_clarification"
CORRECTION = "pattern_correction"
HANDOFF = "pattern_human_handoff"
INTERNAL_ERROR = "pattern_internal_error"
SATISFACTION = "pattern_customer_satisfaction"
ORDER_NEWS = "pattern_order_news"
#: Asked by the way: what is no answer to it ends it.
BY_THE_WAY = frozenset([SATISFACTION, ORDER_NEWS])
#: Where one item is not there, and whether to tell when it is is asked: the flow and
#: its step; and what asks of another item, which ends that.
NOT_THERE = ("product_availability", "back")
OF_ITEMS = frozenset(["product_availability", "product_price"])
REPEAT = "pattern_repeat_bot_messages"
RESTART = "pattern_restart"
SILENCE = "pattern_user_silence"
SKIP = "pattern_skip_question"
#: Commands that a pattern answers, which finds their fields in its context.
PATTERNS: Mapping[type[Command], str] = {
    CannotHandle: CANNOT_HANDLE,
    ChitChat: CHITCHAT,
    Clarify: CLARIFICATION,
    RepeatBotMessages: REPEAT,
    Restart: RESTART,
    UserSilence: SILENCE,
}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a command."""

    state: State
    events: tuple[EventType, ...]
    #: What was done, step by step, for the trace.
    steps: tuple[Payload, ...]
    handed_over: HandedOver | None


def offers_person(state: State) -> bool:
    """Whether the last turn asked if a person should be fetched."""
    return bool(state.stack) and (
        state.top.flow == CANNOT_HANDLE and state.top.step == END
    )


def run(state: State, command: Command, flows: Flows, perform: Performer) -> Outcome:
    """Carry out *command*, and go on until the dialogue must wait."""
    course = Course(state, flows, perform)
    try:
        if not isinstance(command, Ignore):
            _carry_out(command, course, flows)
    except (ActionError, EndlessFlowError) as error:
        _answer_honestly(course, error)
    return Outcome(
        state=course.state,
        events=tuple(course.events),
        steps=tuple(course.steps),
        handed_over=course.handed_over,
    )


def _carry_out(command: Command, course: Course, flows: Flows) -> None:
    before = course.state
    try:
        _forget_listening(course, command)
        _obey(command, course, flows)
        course.go_on()
    except RefusedError as error:
        course.steps.append({"refused": error.action})
        if course.handed_over is not None:
            return
        course.take_back(before)
        _forget_listening(course, CannotHandle())
        course.miss()
        course.go_on()


def asks_by_the_way(state: State) -> bool:
    """Whether what was asked last needs no answer."""
    return bool(state.stack) and state.top.flow in BY_THE_WAY


def offers_to_tell(state: State) -> bool:
    """Whether it was asked last whether to tell when an item is there again."""
    return bool(state.stack) and (state.top.flow, state.top.step) == NOT_THERE


def _forget_listening(course: Course, command: Command) -> None:
    """Take off patterns that only waited for the customer to say something.

    One that asked by the way stays for who answers it, wants it again, or ends it.
    """
    if going_on.is_asked(course.state):
        if not going_on.is_about(command):
            course.pop()
            course.ask_as_before()
        return
    heeds = isinstance(command, SetSlots | RepeatBotMessages | CancelFlow)
    if asks_by_the_way(course.state) and not heeds:
        course.pop()
    is_other = isinstance(command, StartFlow) and command.flow in OF_ITEMS
    if is_other and offers_to_tell(course.state):
        course.pop("flow_completed")
    while course.state.stack and course.state.top.step == END:
        popped = course.pop("flow_completed")
        # Whoever was asked what they mean, and says nothing of it, is not asked again.
        is_asked = popped.flow == CLARIFICATION or isinstance(command, Clarify)
        if not is_asked or isinstance(command, StartFlow):
            course.state = replace(course.state, misses=0)


def _obey(command: Command, course: Course, flows: Flows) -> None:
    match command:
        case CancelFlow() if going_on.is_asked(course.state):
            _keep(course, flows, going_on.WITH_NONE)
        case StartFlow():
            _start(command, course, flows)
        case SetSlots(slots=slots):
            _keep(course, flows, slots)
        case CorrectSlots():
            _correct(command, course, flows)
        case CancelFlow():
            _cancel(course, flows)
        case HumanHandoff(reason=reason):
            _fetch_person(course, reason)
        case Perform(action=action, values=values, ends=ends):
            _aside(course, action, values, ends=ends)
        case _:
            _answer_otherwise(command, course)


def _answer_otherwise(command: Command, course: Course) -> None:
    """Do what is said instead of an answer: the question, if any, comes again."""
    match command:
        case CannotHandle(reason="cannot_handle_default"):
            if not course.extracts():
                course.miss()
        case CannotHandle():
            inside = {"inside": course.state.asked is not None}
            course.push(CANNOT_HANDLE, context={**asdict(command), **inside})
        case SkipQuestion():
            _skip(course)
        case RepeatBotMessages() if course.state.asked is not None:
            return
        case Clarify(inside=True):
            course.state = replace(course.state, misses=course.state.misses + 1)
            course.push(CLARIFICATION, context=asdict(command))
        case _:
            course.push(PATTERNS[type(command)], context=asdict(command))


def _start(command: StartFlow, course: Course, flows: Flows) -> None:
    if command.flow not in flows.by_id:
        return
    if any(frame.flow == command.flow for frame in course.state.stack):
        while course.state.top.flow != command.flow:
            course.pop()
    else:
        stack = course.state.stack
        kind: FrameKind = "interrupt" if stack else "regular"
        context: Payload = {"interrupted": stack[-1].flow} if stack else {}
        if command.apart:
            context[APART] = True
        course.push(command.flow, kind=kind, context=context)
        _keep(course, flows, command.recalled)
        course.mark(RECALLED, list(command.recalled))
    _keep(course, flows, command.slots)


def _keep(course: Course, flows: Flows, slots: Mapping[str, Any]) -> None:
    """Set the slots that the customer gave; the flow that asks puts them back."""
    flow = _flow_on_top(course, flows)
    if flow is not None:
        passing = {step.slot for step in flow.collected() if step.reset}
        course.scope([name for name in slots if name in passing])
        guessed = course.state.top.context.get(RECALLED) or ()
        course.mark(RECALLED, [name for name in guessed if name not in slots])
    course.put(slots)


def _correct(command: CorrectSlots, course: Course, flows: Flows) -> None:
    earliest = _go_back(command, course, flows)
    if earliest is not None:
        _keep(course, flows, {**command.kept, **command.slots})
        course.move(earliest.id, asked=True)
    elif not _correct_below(command, course, flows):
        return
    if None in command.slots.values():
        return
    corrected = ", ".join(map(str, command.slots.values()))
    context = {"corrected_slots": dict(command.slots), "corrected": corrected}
    course.push(CORRECTION, context=context)


def _go_back(command: CorrectSlots, course: Course, flows: Flows) -> Collect | None:
    """Return the first question that is answered anew; its flow is on top again.

    It may be one of a flow that called the one which asks.
    """
    chain = [*callers(course.state.stack), *course.state.stack[-1:]]
    for above, frame in enumerate(chain, start=1 - len(chain)):
        flow = flows.by_id.get(frame.flow)
        for step in flow.collected() if flow else ():
            if step.slot in command.slots:
                for _ in range(-above):
                    course.pop()
                return step
    return None


def _correct_below(command: CorrectSlots, course: Course, flows: Flows) -> bool:
    """Put right what a flow was told that waits below, for when its turn comes."""
    for place, frame in reversed([*enumerate(course.state.stack)]):
        flow = flows.by_id.get(frame.flow)
        for step in flow.collected() if flow else ():
            if step.slot in command.slots:
                course.put(command.slots)
                frames = [*course.state.stack]
                frames[place] = replace(frame, step=step.id, asked=True)
                course.state = replace(course.state, stack=tuple(frames))
                return True
    return False


def _cancel(course: Course, flows: Flows) -> None:
    if not course.state.stack:
        return
    cancelled = course.pop()
    while cancelled.kind in ("pattern", "call") and course.state.stack:
        cancelled = course.pop()
    flow = flows.by_id.get(cancelled.flow)
    course.push(
        CANCEL,
        kind="interrupt" if course.state.stack else "pattern",
        context={"canceled_name": flow.name if flow else cancelled.flow},
    )


def _skip(course: Course) -> None:
    """Say that it can't be skipped; who will not answer is offered a person."""
    course.miss(explained=True)
    if course.state.top.kind != "pattern":
        course.push(SKIP)


def _aside(
    course: Course, action: str, values: Mapping[str, Any], *, ends: bool
) -> None:
    if ends:
        course.leave()
    course.perform(action, values)


def _fetch_person(course: Course, reason: HandoffReason) -> None:
    if not course.push(HANDOFF, context={"reason": reason}):
        course.take(hand_over(reason))


def _answer_honestly(course: Course, error: Exception) -> None:
    """Let the error pattern answer; if it fails too, a person comes without a word."""
    course.steps.append({"error": str(error)})
    course.begin_again()
    try:
        context = {"reason": "error", "error_type": _kind(error)}
        course.push(INTERNAL_ERROR, context=context)
        course.go_on()
    except (ActionError, EndlessFlowError) as second:
        course.steps.append({"error": str(second)})
    if course.handed_over is None:
        course.take(hand_over("error"))


def _kind(error: Exception) -> str:
    """Return what failed: an action, by its name, or a flow that never waits."""
    return error.action if isinstance(error, ActionError) else "endless_flow"


def _flow_on_top(course: Course, flows: Flows) -> Flow | None:
    stack = course.state.stack
    return flows.by_id.get(stack[-1].flow) if stack else None
