"""What a dialogue has done so far: its state as it changes, and the events that log it.

Actions are run and responses said from here, and what comes of them is remembered.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from rasa_sdk.events import ActionExecuted, EventType, SlotSet

from flows.files import Payload
from flows.ports import HandoffReason, reason_of
from flows.stack import Frame, FrameKind, State, apply, put_back
from flows.steps import (
    Collect,
    Flows,
)

#: No script needs as many steps between two questions; an endless one stops here.
MOST_STEPS = 100

#: Rasa's slot by which an action says which slot of a form is asked for next.
REQUESTED = "requested_slot"

#: Events that only the dialogue itself writes.
_OURS = frozenset(["stack", "waiting", "interrupted"])

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


class Record:
    """The state of a dialogue within one command, and what was done."""

    def __init__(self, state: State, flows: Flows, perform: Perform) -> None:
        self.state = state
        self.events: list[EventType] = []
        self.steps: list[Payload] = []
        self.handed_over: HandedOver | None = None
        self._flows = flows
        self._perform = perform
        self._taken = 0
        self._waits = False
        #: A flow that an action wants to follow.
        self._follows: str | None = None

    def _count(self) -> None:
        self._taken += 1
        if self._taken > MOST_STEPS:
            flow = self.state.top.flow if self.state.stack else "an action"
            raise EndlessFlowError(f"{flow} never waits")

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
        for event in events:
            if event.get("event") == "followup":
                self._follow(str(event.get("name")))

    def _follow(self, name: str) -> None:
        """Do what an action wants to follow it: another, a response, or a flow."""
        self._count()
        if name in self._flows.by_id:
            self._follows = name
        elif name.startswith("utter_") or name in self._flows.domain.actions:
            self.perform(name)
        else:
            self.steps.append({"dropped": f"unknown followup {name}"})

    def take(self, event: EventType) -> None:
        """Remember an event of an action; an undeclared slot is dropped, as in Rasa."""
        kind, name = event.get("event"), event.get("name")
        if kind == "slot" and name == REQUESTED:
            self._request(event.get("value"))
            return
        if kind == "slot" and name not in self._flows.domain.slots:
            self.steps.append({"dropped": f"unknown slot {name}"})
            return
        if kind in _OURS:
            self.steps.append({"dropped": f"an action may not return '{kind}'"})
            return
        if kind == "reminder" and not self._begins(event.get("intent")):
            self.steps.append({"dropped": f"{event.get('intent')} begins no flow"})
            return
        if kind == "restart":
            self.leave()
        self.log(event)
        if kind == "pause":
            self.handed_over = HandedOver(reason=reason_of(event), state=self.state)
            self.leave()

    def _begins(self, intent: Any) -> bool:
        """Whether an intent begins a flow, so that it may be taken up later."""
        return self._flows.triggered_by(str(intent)) is not None

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

    def _request(self, slot: Any) -> None:
        """Let the flow ask for *slot* next, or for nothing more, as its action says."""
        if self.state.stack and (slot is None or self._asking_for(slot) is not None):
            context = {**self.state.top.context, REQUESTED: slot}
            self._retop(context=context)
        else:
            self.steps.append({"dropped": f"no question of this flow is for {slot}"})

    def _asking_for(self, slot: Any) -> Collect | None:
        flow = self._flows.by_id.get(self.state.top.flow)
        asked = flow.collected() if flow else []
        return next((step for step in asked if step.slot == slot), None)

    def _push(self, frame: Frame) -> bool:
        flow = self._flows.by_id.get(frame.flow)
        if flow is None:
            return False
        frame = replace(frame, step=flow.first, asked=False, edition=flow.edition)
        self._restack(*self.state.stack, frame)
        self._tell("flow_started", self.state.top)
        return True

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
