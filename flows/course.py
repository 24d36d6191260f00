"""How does a dialogue go through its steps? From the top of the stack to the next wait.

A Course lives for one command. It holds the state as it changes, the events that
log the changes, and what was done, for whoever asks later why.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from rasa_sdk.events import ActionExecuted, EventType, SlotSet

from flows import steps
from flows.files import Payload
from flows.ports import HandoffReason, reason_of
from flows.stack import Frame, FrameKind, State, apply, callers, put_back
from flows.steps import (
    Act,
    Call,
    Collect,
    Flows,
    Link,
    Next,
    Noop,
    SetSlots,
    Step,
    following,
    told,
)

#: How often a question is put again before a person is offered.
MOST_MISSES = 1
#: No script needs as many steps between two questions; an endless one stops here.
MOST_STEPS = 100

CANNOT_HANDLE = "pattern_cannot_handle"
COMPLETED = "pattern_completed"
CONTINUE = "pattern_continue_interrupted"

#: Events that only the dialogue itself writes.
_OURS = frozenset(["stack", "waiting"])

#: Runs an action or says a response (`utter_...`) in a state, with values for this
#: one call. What was said comes back among the events, as Rasa's `bot` events.
Perform: TypeAlias = Callable[[str, State, Mapping[str, Any]], Sequence[EventType]]


class EndlessFlowError(Exception):
    """A flow goes on and on without a question."""


@dataclass(frozen=True, kw_only=True)
class HandedOver:
    """A person was fetched: why, and what was under way."""

    reason: HandoffReason
    state: State


class Course:
    """One command's way through the flows."""

    def __init__(self, state: State, flows: Flows, perform: Perform) -> None:
        self.state = state
        self.events: list[EventType] = []
        self.steps: list[Payload] = []
        self.handed_over: HandedOver | None = None
        self._flows = flows
        self._perform = perform
        self._taken = 0
        self._waits = False

    def go_on(self) -> None:
        """Take steps until the customer's turn has come."""
        while self.state.stack and not self._waits:
            self._taken += 1
            if self._taken > MOST_STEPS:
                raise EndlessFlowError(f"{self.state.top.flow} never waits")
            self._step()
        if not self.state.stack:
            self.state = replace(self.state, asked=None, misses=0)

    def begin_again(self) -> None:
        """Allow a new course from where an error stopped this one."""
        self._taken, self._waits = 0, False

    def value(self, slot: str) -> Any:
        """Return what a slot holds."""
        return self._slots().get(slot)

    def log(self, event: EventType) -> None:
        """Remember an event, and what it changes."""
        self.events.append(event)
        self.state = apply(self.state, event)

    def put(self, slots: Mapping[str, Any]) -> None:
        """Set slots to values."""
        for name, value in slots.items():
            if self.value(name) != value:
                self.log(SlotSet(name, value))

    def perform(self, action: str, values: Mapping[str, Any] | None = None) -> None:
        """Run an action or say a response, and remember what came of it."""
        context = self.state.top.context if self.state.stack else {}
        events = self._perform(action, self.state, {**context, **(values or {})})
        self.log(ActionExecuted(action))
        for event in events:
            self.take(event)

    def take(self, event: EventType) -> None:
        """Remember an event of an action; an undeclared slot is dropped, as in Rasa."""
        kind, name = event.get("event"), event.get("name")
        if kind == "slot" and name not in self._flows.domain.slots:
            self.steps.append({"dropped": f"unknown slot {name}"})
            return
        if kind in _OURS:
            self.steps.append({"dropped": f"an action may not return '{kind}'"})
            return
        if kind == "restart":
            self.leave()
        self.log(event)
        if kind == "pause":
            self.handed_over = HandedOver(reason=reason_of(event), state=self.state)
            self.leave()

    def push(
        self,
        flow_id: str,
        *,
        kind: FrameKind = "pattern",
        context: Payload | None = None,
    ) -> bool:
        """Put a flow on the stack; return False if there is no such flow."""
        return self._push(
            Frame(flow=flow_id, step="", kind=kind, context=context or {})
        )

    def pop(self, event: str = "flow_cancelled") -> Frame:
        """Take the top flow off the stack, and put its slots back."""
        *below, frame = self.state.stack
        self._restack(*below)
        self.put(dict(put_back(frame, below, self._flows.domain.initial)))
        self._tell(event, frame)
        return frame

    def leave(self) -> None:
        """End all that is under way; the step that led here goes on no further."""
        while self.state.stack:
            self.pop()
        self.state = replace(self.state, asked=None, misses=0)

    def move(self, step: str, *, asked: bool = False) -> None:
        """Let the top flow go on at *step*."""
        self._retop(step=step, asked=asked)

    def mark(self, key: str, value: Any) -> None:
        """Note something in the context of the top flow; nothing takes it away."""
        context = {k: v for k, v in self.state.top.context.items() if k != key}
        if value:
            context[key] = value
        if context != self.state.top.context:
            self._retop(context=context)

    def scope(self, slots: Sequence[str]) -> None:
        """Let the top flow put these slots back when it ends."""
        known, scope = self._slots(), self.state.top.scope
        flow = self._flows.by_id.get(self.state.top.flow)
        kept = {*scope, *(flow.persisted if flow else ())}
        fresh = {name: known.get(name) for name in slots if name not in kept}
        if fresh:
            self._retop(scope={**scope, **fresh})

    def miss(self, *, explained: bool = False) -> None:
        """Count an answer that did not fit; at last offer a person.

        *explained* says that the customer was told already what is wrong with it.
        """
        misses = self.state.misses + 1
        self.state = replace(self.state, misses=misses)
        if misses > MOST_MISSES:
            self.push(CANNOT_HANDLE, context={"reason": "offer_person"})
        elif not explained:
            self.push(CANNOT_HANDLE, context={"reason": "cannot_handle_default"})

    def _step(self) -> None:
        step = self._standing()
        if step is None:
            self._end()
            return
        did = {"flow": self.state.top.flow, "step": step.id, "does": told(step)}
        self.steps.append(did)
        self._do(step)

    def _standing(self) -> Step | None:
        """Return the step at which the top flow stands, None at its end."""
        if not self.state.stack:
            return None
        return self._flows.step(self.state.top.flow, self.state.top.step)

    def _do(self, step: Step) -> None:
        match step:
            case Collect():
                self._collect(step)
            case Act():
                self._act(step)
            case SetSlots():
                self.scope(list(step.slots))
                self.put(step.slots)
                self._advance(step.next)
            case Noop():
                self._advance(step.next)
            case Link():
                self._link(step)
            case Call():
                self._call(step)

    def _end(self) -> None:
        if self.state.top.kind == "call":
            self._come_back()
            return
        ended = self.pop("flow_completed")
        if ended.kind == "interrupt" and self._standing() is not None:
            self.push(CONTINUE)
        flow = self._flows.by_id.get(ended.flow)
        if flow is None or ended.kind == "pattern" or self.state.stack:
            return
        if flow.completes:
            self.push(COMPLETED, context={"previous_flow_name": flow.name})

    def _come_back(self) -> None:
        """End a flow that was called: what it must put back, its caller will."""
        *below, ended = self.state.stack
        self._restack(*below)
        self._tell("flow_completed", ended)
        if below:
            self._retop(scope={**ended.scope, **self.state.top.scope})

    def _collect(self, step: Collect) -> None:
        if step.ask_before_filling and not self.state.top.asked:
            self.put({step.slot: None})
        if step.reset:
            self.scope([step.slot])
        if self.value(step.slot) is None:
            self._ask(step)
        elif not self._rejects(step):
            if self.state.top.asked:
                self.state = replace(self.state, misses=0)
            self._advance(step.next)

    def _ask(self, step: Collect) -> None:
        self.perform(step.ask)
        if not self.state.stack:
            return
        self._retop(asked=True)
        self.state = replace(self.state, asked=step.slot)
        self._waits = True

    def _rejects(self, step: Collect) -> bool:
        """Whether the answer is not taken; or judging it has ended the flow."""
        slots, context = self._slots(), self.state.top.context
        for rejection in step.rejections:
            if rejection.condition.holds(slots, context):
                self.put({step.slot: None})
                self.perform(rejection.utter)
                self.miss(explained=True)
                return True
        return self._is_invalid(step.slot)

    def _is_invalid(self, slot: str) -> bool:
        """Whether an action `validate_<slot>`, if there is one, empties the slot."""
        validate, before = f"validate_{slot}", len(self.events)
        if validate not in self._flows.domain.actions:
            return False
        self.perform(validate)
        if self.state.stack and self.value(slot) is None:
            spoke = any(event["event"] == "bot" for event in self.events[before:])
            self.miss(explained=spoke)
            return True
        return not self.state.stack

    def _act(self, step: Act) -> None:
        match step.action:
            case steps.LISTEN:
                self._waits = True
            case steps.CANCEL_INTERRUPTED:
                self._cancel_interrupted()
            case action:
                self.perform(action)
        if self.state.stack:
            self._advance(step.next)

    def _cancel_interrupted(self) -> None:
        """End all that is under way but for the flow which says so, and its callers."""
        above = [*callers(self.state.stack), self.state.top]
        self._restack(*self.state.stack[: -len(above)])
        self.leave()
        self._restack(*above)
        self._retop(kind=above[-1].kind if len(above) > 1 else "regular")

    def _link(self, step: Link) -> None:
        """End the top flow and start another, which inherits what must be put back."""
        *below, frame = self.state.stack
        self._restack(*below)
        self._tell("flow_completed", frame)
        origins = (*frame.origins, frame.flow)
        self._push(replace(frame, flow=step.flow, origins=origins))

    def _call(self, step: Call) -> None:
        if self.state.top.asked:
            self._advance(step.next)
            return
        self._retop(asked=True)
        self.push(step.flow, kind="call")

    def _push(self, frame: Frame) -> bool:
        flow = self._flows.by_id.get(frame.flow)
        if flow is None:
            return False
        self._restack(*self.state.stack, replace(frame, step=flow.first, asked=False))
        self._tell("flow_started", self.state.top)
        return True

    def _advance(self, onward: Next) -> None:
        self.move(following(onward, self._slots(), self.state.top.context))

    def _tell(self, event: str, frame: Frame) -> None:
        told = {"flow_id": frame.flow, "step_id": frame.step}
        self.events.append({"event": event, "timestamp": None, **told})

    def _slots(self) -> dict[str, Any]:
        return {**self._flows.domain.initial, **self.state.slots}

    def _restack(self, *frames: Frame) -> None:
        self.state = replace(self.state, stack=frames)

    def _retop(self, **fields: Any) -> None:
        *below, frame = self.state.stack
        self._restack(*below, replace(frame, **fields))
