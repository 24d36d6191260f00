"""What is a flow made of? The records that a flow file is read into."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeAlias

from flows.conditions import Condition
from flows.domain import Domain, Slot
from flows.files import Payload

END = "END"
LISTEN = "action_listen"
#: Ends what was under way before the flow that runs it; Rasa's name for it.
CANCEL_INTERRUPTED = "action_cancel_interrupted_flows"
#: Goes on with the one of several that the slot names; Rasa's names for both.
CONTINUE_INTERRUPTED = "action_continue_interrupted_flow"
TO_CONTINUE = "interrupted_flow_to_continue"
#: Actions that the dialogue does by itself.
BUILT_IN = frozenset([LISTEN, CANCEL_INTERRUPTED, CONTINUE_INTERRUPTED])


@dataclass(frozen=True)
class Branch:
    """One way on: taken if its condition holds; the last has none."""

    condition: Condition | None
    then: str


Next: TypeAlias = "str | tuple[Branch, ...]"


def following(onward: Next, slots: Mapping[str, Any], context: Payload) -> str:
    """Return the id of the step that comes next."""
    if isinstance(onward, str):
        return onward
    for branch in onward:
        if branch.condition is None or branch.condition.holds(slots, context):
            return branch.then
    return END


@dataclass(frozen=True, kw_only=True)
class Rejection:
    """A value that a question does not take, and what is said to it."""

    condition: Condition
    utter: str


@dataclass(frozen=True, kw_only=True)
class Collect:
    """Ask for a slot, unless it is filled."""

    id: str
    next: Next
    slot: str
    ask: str
    rejections: tuple[Rejection, ...] = ()
    ask_before_filling: bool = False
    reset: bool = True
    #: Whether everything the customer says is an answer, whatever else it may mean.
    forced: bool = False


@dataclass(frozen=True, kw_only=True)
class Act:
    """Run an action or say a response, and go on at once."""

    id: str
    next: Next
    action: str


@dataclass(frozen=True, kw_only=True)
class SetSlots:
    """Put values into slots."""

    id: str
    next: Next
    slots: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Noop:
    """Only choose the way on."""

    id: str
    next: Next


@dataclass(frozen=True, kw_only=True)
class Link:
    """End this flow and go on with another."""

    id: str
    flow: str
    next: Next = END


@dataclass(frozen=True, kw_only=True)
class Call:
    """Go through another flow as a part of this one, and come back."""

    id: str
    next: Next
    flow: str


Step: TypeAlias = Collect | Act | SetSlots | Noop | Link | Call


def told(step: Step) -> str:
    """Return what a step does, in a few words for the trace."""
    match step:
        case Collect(slot=slot):
            return f"collect {slot}"
        case Act(action=action):
            return action
        case SetSlots(slots=slots):
            return f"set {', '.join(slots)}"
        case Link(flow=flow):
            return f"link {flow}"
        case Call(flow=flow):
            return f"call {flow}"
        case _:
            return "choose"


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """An intent that starts a flow, and how sure we must be of it."""

    intent: str
    threshold: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Flow:
    """The script for one customer goal."""

    id: str
    name: str
    file: str
    #: The lines of its steps in the file; its own is that of "".
    lines: Mapping[str, int] = field(default_factory=dict)
    first: str
    guard: Condition | bool = True
    triggers: tuple[Trigger, ...] = ()
    #: The slots that keep what they hold when it has ended.
    persisted: frozenset[str] = frozenset()
    #: Whether `pattern_completed` follows where nothing else is under way.
    completes: bool = True
    steps: Mapping[str, Step] = field(default_factory=dict)
    #: What stands below its id in the file, and the name of that (flows/editions.py).
    body: Payload = field(default_factory=dict, repr=False, compare=False)
    edition: str = ""

    @property
    def is_pattern(self) -> bool:
        """Whether it is what the assistant does by itself, not a customer's goal."""
        return self.id.startswith("pattern_")

    def startable(self, slots: Mapping[str, Any]) -> bool:
        """Whether its guard lets an intent start it."""
        if isinstance(self.guard, bool):
            return self.guard
        return self.guard.holds(slots, {})

    def collected(self) -> list[Collect]:
        """Return its questions, in the order of the file."""
        return [step for step in self.steps.values() if isinstance(step, Collect)]


@dataclass(frozen=True, kw_only=True)
class Flows:
    """All flows of the assistant, checked, and the words they use."""

    by_id: Mapping[str, Flow]
    domain: Domain

    def step(self, flow_id: str, step_id: str) -> Step | None:
        """Return a step of a flow; None at its end.

        None also if it is gone: a flow may change under a customer inside it.
        """
        flow = self.by_id.get(flow_id)
        return flow.steps.get(step_id) if flow else None

    def slots_of(self, flow: Flow) -> list[Slot]:
        """Return the slots that a flow itself asks for, in the order of its file."""
        return [self.domain.slots[step.slot] for step in flow.collected()]

    def questions(self, flow: Flow) -> list[Collect]:
        """Return the questions of a flow and of all that it calls."""
        asked, seen, todo = list[Collect](), set[str](), [flow]
        while todo:
            one = todo.pop(0)
            if one.id not in seen:
                seen.add(one.id)
                asked += one.collected()
                calls = (s.flow for s in one.steps.values() if isinstance(s, Call))
                todo += [self.by_id[name] for name in calls if name in self.by_id]
        return asked

    @cached_property
    def unasked(self) -> list[Slot]:
        """Return the slots that no flow asks for: actions look at what was named."""
        asked = {step.slot for flow in self.by_id.values() for step in flow.collected()}
        return [slot for name, slot in self.domain.slots.items() if name not in asked]

    def triggered_by(self, intent: str) -> tuple[Flow, Trigger] | None:
        """Return the flow that an intent starts; faq/<name> starts that of faq."""
        named = (intent, intent.partition("/")[0])
        found = [self._places[one] for one in named if one in self._places]
        return self._started[min(found)] if found else None

    @cached_property
    def _started(self) -> list[tuple[Flow, Trigger]]:
        """Return each flow with each intent that starts it, in their order."""
        return [(flow, one) for flow in self.by_id.values() for one in flow.triggers]

    @cached_property
    def _places(self) -> dict[str, int]:
        """Return where an intent stands first: every turn asks for many."""
        every = enumerate(one.intent for _, one in self._started)
        return {intent: place for place, intent in reversed([*every])}


def with_forms(flows: Flows) -> Domain:
    """Return the domain with each flow that asks as a form, for those without one.

    rasa-sdk's FormValidationAction looks there for the slots it validates.
    """
    asks = {
        flow.id: {"required_slots": [step.slot for step in flow.collected()]}
        for flow in flows.by_id.values()
        if flow.collected()
    }
    raw = {**flows.domain.raw, "forms": {**asks, **flows.domain.raw.get("forms", {})}}
    return replace(flows.domain, raw=raw)
