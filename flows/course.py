"""How does a dialogue go through its steps? From the top of the stack to the next wait.

A Course lives for one command.
"""

from dataclasses import replace

from flows import going_on, steps
from flows.record import REQUESTED, Record
from flows.stack import State, asked_at, callers
from flows.steps import (
    Act,
    Call,
    Collect,
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

CANNOT_HANDLE = "pattern_cannot_handle"
COMPLETED = "pattern_completed"


class Course(Record):
    """One command's way through the flows."""

    def go_on(self) -> None:
        """Take steps until the customer's turn has come."""
        while self.state.stack and not self._waits:
            self._count()
            self._step()
        if not self.state.stack:
            self.state = replace(self.state, asked=None, misses=0)

    def begin_again(self) -> None:
        """Allow a new course from where an error stopped this one."""
        self._taken, self._waits = 0, False

    def take_back(self, before: State) -> None:
        """Be where the customer's message found us: it has led nowhere.

        What was said on the way stays said, as after Rasa's own fallback.
        """
        self.begin_again()
        stood = [frame.flow for frame in before.stack]
        while [one.flow for one in self.state.stack] != stood[: len(self.state.stack)]:
            self.pop()
        initial = self._flows.domain.initial
        unset = {name: initial.get(name) for name in self.state.slots}
        self.put({**unset, **before.slots})
        self.state = replace(
            self.state, stack=before.stack, asked=before.asked, misses=before.misses
        )

    def ask_as_before(self) -> None:
        """Wait for an answer to the question at which the top flow stands, if any."""
        asked = asked_at(self.state.stack, self._flows)
        self.state = replace(self.state, asked=asked, misses=0)

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
        flow = self._flows.by_id.get(ended.flow)
        if ended.kind == "interrupt" and self._standing() is not None:
            context = going_on.context(self.state.stack, flow, self._flows)
            self.push(going_on.CONTINUE, context=context)
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
            if self._is_passed_over(step):
                self._advance(step.next)
            else:
                self._ask(step)
        elif not self._rejects(step):
            if self.state.top.asked:
                self.state = replace(self.state, misses=0)
            self._leave(step)

    def _is_passed_over(self, step: Collect) -> bool:
        """Whether the flow's action wants another question, or none any more."""
        context = self.state.top.context
        return REQUESTED in context and context[REQUESTED] != step.slot

    def _leave(self, step: Collect) -> None:
        """Go on after an answer: with the question that the flow's action wants."""
        wanted = self._asking_for(self.state.top.context.get(REQUESTED))
        if wanted is not None and self.value(wanted.slot) is None:
            self.move(wanted.id)
        else:
            self._advance(step.next)

    def _ask(self, step: Collect) -> None:
        before = len(self.events)
        self.perform(step.ask)
        if not self.state.stack:
            return
        self._mark_question(before)
        self._retop(asked=True)
        self.state = replace(self.state, asked=step.slot)
        self._waits = True

    def _mark_question(self, before: int) -> None:
        """Let the last that was said be known as the question, however it is named."""
        for at in reversed(range(before, len(self.events))):
            event = self.events[at]
            if event["event"] == "bot":
                metadata = {"purpose": "question", **(event["metadata"] or {})}
                self.events[at] = {**event, "metadata": metadata}
                return

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
        """Whether an action of the slot or of the flow empties the slot again."""
        for validate in (f"validate_{slot}", f"validate_{self.state.top.flow}"):
            if validate not in self._flows.domain.actions:
                continue
            before = len(self.events)
            self.perform(validate)
            if self.state.stack and self.value(slot) is None:
                self.miss(explained=self._spoke(before))
                return True
            if not self.state.stack:
                return True
        return False

    def extracts(self) -> bool:
        """Whether the flow's action finds the answer in what was said, or replies.

        Only where nothing else may fill the slot: rasa-sdk's `extract_<slot>`.
        """
        step = self._standing()
        validate = f"validate_{self.state.top.flow}" if self.state.stack else ""
        if not isinstance(step, Collect) or validate not in self._flows.domain.actions:
            return False
        if not self._flows.domain.slots[step.slot].controlled:
            return False
        before = len(self.events)
        self.perform(validate)
        if self.state.stack and self.value(step.slot) is None and self._spoke(before):
            self.miss(explained=True)
            return True
        return not self.state.stack or self.value(step.slot) is not None

    def _spoke(self, before: int) -> bool:
        return any(event["event"] == "bot" for event in self.events[before:])

    def _act(self, step: Act) -> None:
        match step.action:
            case steps.LISTEN:
                self._waits = True
            case steps.CANCEL_INTERRUPTED:
                self._cancel_interrupted()
            case steps.CONTINUE_INTERRUPTED:
                self._continue_interrupted()
            case action:
                self.perform(action)
        if self.state.stack:
            self._advance(step.next)
        self._begin_following()

    def _begin_following(self) -> None:
        """Go through the flow that an action wanted, and come back."""
        wanted, self._follows = self._follows, None
        if wanted is not None:
            self.push(wanted, kind="call" if self.state.stack else "regular")

    def _cancel_interrupted(self) -> None:
        """End all that is under way but for the flow which says so, and its callers."""
        above = [*callers(self.state.stack), self.state.top]
        self._restack(*self.state.stack[: -len(above)])
        self.leave()
        self._restack(*above)
        self._retop(kind=above[-1].kind if len(above) > 1 else "regular")

    def _continue_interrupted(self) -> None:
        """Let the goal that was chosen be the next; the others wait on below it."""
        *below, above = self.state.stack
        chosen = self.value(steps.TO_CONTINUE)
        self._restack(*going_on.chosen_last(below, chosen), above)

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

    def _advance(self, onward: Next) -> None:
        self.move(following(onward, self._slots(), self.state.top.context))
