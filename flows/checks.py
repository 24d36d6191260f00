"""Do the flows hold together? Do names exist, do all ways end, does every loop ask?"""

from collections.abc import Iterator, Mapping

from flows.files import nearest
from flows.place import Place
from flows.responses import Responses
from flows.steps import (
    BUILT_IN,
    END,
    LISTEN,
    Act,
    Branch,
    Call,
    Collect,
    Flow,
    Flows,
    Link,
    SetSlots,
    Step,
)


def problems(flows: Flows, responses: Responses) -> list[str]:
    """Return a sentence for everything that is wrong, file by file."""
    found = list(_trigger_problems(flows))
    for flow in flows.by_id.values():
        found += of_flow(flow, flows, responses)
    return found


def of_flow(flow: Flow, flows: Flows, responses: Responses) -> list[str]:
    """Return a sentence for everything that is wrong in one flow beside the others."""
    return [
        f"{_place(flow, step)}: {problem}"
        for step, problem in _flow_problems(flow, flows, responses)
    ]


def _place(flow: Flow, step: str = "") -> Place:
    return Place(flow.file, flow.id, step or None, flow.lines.get(step, 0))


def _trigger_problems(flows: Flows) -> Iterator[str]:
    taken: dict[str, str] = {}
    for flow in flows.by_id.values():
        for trigger in flow.triggers:
            where = _place(flow)
            intent, known = trigger.intent, flows.domain.intents
            # A flow without an intent of its name is started by links alone.
            if intent not in known and intent != flow.id:
                yield f"{where}: unknown intent '{intent}'{nearest(intent, known)}"
            if intent in taken:
                yield (
                    f"{where}: intent '{intent}' starts flow {taken[intent]} already; "
                    "keep one of the two"
                )
            taken.setdefault(intent, flow.id)


def _flow_problems(
    flow: Flow, flows: Flows, responses: Responses
) -> Iterator[tuple[str, str]]:
    if not isinstance(flow.guard, bool):
        for problem in _slot_problems(flow.guard.slots(), flows):
            yield "", problem
    for problem in _slot_problems(sorted(flow.persisted), flows):
        yield "", problem
    for step in flow.steps.values():
        if isinstance(step, Call):
            yield from ((step.id, p) for p in _call_problems(step, flow, flows))
        yield from ((step.id, p) for p in _way_problems(step, flow, flows))
        yield from (
            (step.id, p) for p in _name_problems(step, flow.id, flows, responses)
        )
    # Loops and dead ends are looked for only where every way leads somewhere.
    if all(onward in flow.steps for s in flow.steps.values() for onward in ways(s)):
        yield from _shape_problems(flow, flows)


def ways(step: Step) -> list[str]:
    """Return the ids of the steps that may follow."""
    if isinstance(step.next, str):
        onwards = [step.next]
    else:
        onwards = [branch.then for branch in step.next]
    return [onward for onward in onwards if onward != END]


def _way_problems(step: Step, flow: Flow, flows: Flows) -> Iterator[str]:
    for onward in ways(step):
        if onward not in flow.steps:
            yield f"unknown step id '{onward}'{nearest(onward, [*flow.steps, END])}"
    if isinstance(step.next, str):
        return
    *ifs, last = step.next
    if last.condition is not None:
        yield "needs an 'else' as its last way, for when no 'if' holds"
    if any(branch.condition is None for branch in ifs):
        yield "has an 'else' before its last way; nothing after it is ever reached"
    yield from _slot_problems(_asked_in(step.next), flows)


def _asked_in(branches: tuple[Branch, ...]) -> list[str]:
    return [s for b in branches if b.condition is not None for s in b.condition.slots()]


def _slot_problems(names: list[str], flows: Flows) -> Iterator[str]:
    for name in names:
        if name not in flows.domain.slots:
            yield f"unknown slot '{name}'{nearest(name, flows.domain.slots)}"


def _name_problems(
    step: Step, flow: str, flows: Flows, responses: Responses
) -> Iterator[str]:
    match step:
        case Collect():
            yield from _collect_problems(step, flow, flows, responses)
        case Act(action=action):
            yield from _action_problems(action, flows, responses)
        case SetSlots(slots=slots):
            yield from _slot_problems(list(slots), flows)
            # To put one back forges nothing.
            initial = flows.domain.initial
            forged = [name for name in slots if slots[name] != initial.get(name)]
            yield from _controlled_problems(forged, flows)
        case Link(flow=target) | Call(flow=target):
            if target not in flows.by_id:
                yield f"unknown flow '{target}'{nearest(target, flows.by_id)}"
        case _:
            return


def _call_problems(step: Call, flow: Flow, flows: Flows) -> Iterator[str]:
    if flow.is_pattern:
        yield "a pattern may not call a flow; use 'link'"
    called = _called(step.flow, flows)
    if flow.id in called:
        yield f"flow {flow.id} calls itself on this way; use 'next' to go round"
    for name in sorted(called):
        links = [s for s in flows.by_id[name].steps.values() if isinstance(s, Link)]
        # It would leave the flow that called it without an end.
        if links and name != flow.id:
            yield f"flow {name} has a 'link', and so can't be called; use 'call' there"


def _called(first: str, flows: Flows) -> set[str]:
    """Return the flows that are gone through when *first* is called."""
    reached, todo = set[str](), [first]
    while todo:
        flow = flows.by_id.get(todo.pop())
        if flow is not None and flow.id not in reached:
            reached.add(flow.id)
            todo += [s.flow for s in flow.steps.values() if isinstance(s, Call)]
    return reached


def _collect_problems(
    step: Collect, flow: str, flows: Flows, responses: Responses
) -> Iterator[str]:
    yield from _slot_problems([step.slot], flows)
    # An action of the flow may find the value in what the customer says.
    if f"validate_{flow}" not in flows.domain.actions:
        yield from _controlled_problems([step.slot], flows)
    yield from _action_problems(step.ask, flows, responses)
    for rejection in step.rejections:
        yield from _action_problems(rejection.utter, flows, responses)
        others = [name for name in rejection.condition.slots() if name != step.slot]
        if others:
            yield (
                f"a rejection may look at '{step.slot}' only, not at '{others[0]}'; "
                "use 'next' for that"
            )


def _controlled_problems(names: list[str], flows: Flows) -> Iterator[str]:
    for name in names:
        slot = flows.domain.slots.get(name)
        if slot is not None and slot.controlled:
            yield (
                f"slot '{name}' is set by actions alone; let an action set it, "
                "or give it a mapping that customers may fill"
            )


def _action_problems(action: str, flows: Flows, responses: Responses) -> Iterator[str]:
    if action.startswith("utter_"):
        # `utter_faq` says the answer to whichever faq/<name> was asked.
        retrieval = action.removeprefix("utter_") in flows.domain.intents
        if action not in responses and not retrieval:
            near = nearest(action, responses.by_name)
            yield f"unknown response '{action}'{near}"
    elif action not in BUILT_IN and action not in flows.domain.actions:
        yield f"unknown action '{action}'{nearest(action, flows.domain.actions)}"


def _shape_problems(flow: Flow, flows: Flows) -> Iterator[tuple[str, str]]:
    reached = _reachable(flow.first, flow.steps)
    for step_id in flow.steps:
        if step_id not in reached:
            yield step_id, "can't be reached; lead a 'next' to it or take it out"
    looped = _loop(flow, flows)
    if looped is not None:
        yield looped, "is in a loop without a question; put a 'collect' into it"


def _reachable(first: str, steps: Mapping[str, Step]) -> set[str]:
    reached, todo = {first}, [first]
    while todo:
        for onward in ways(steps[todo.pop()]):
            if onward not in reached:
                reached.add(onward)
                todo.append(onward)
    return reached


def _loop(flow: Flow, flows: Flows) -> str | None:
    """Return a step that comes back to itself without ever waiting."""
    hasty = {key: step for key, step in flow.steps.items() if not _waits(step, flows)}
    onward = {key: [w for w in ways(s) if w in hasty] for key, s in hasty.items()}
    # Take away, again and again, what leads nowhere: what stays leads to a loop.
    while ends := [key for key, ways_on in onward.items() if not ways_on]:
        for key in ends:
            del onward[key]
        onward = {key: [w for w in on if w in onward] for key, on in onward.items()}
    return next(iter(onward), None)


def _waits(step: Step, flows: Flows) -> bool:
    match step:
        case Collect():
            return True
        case Act(action=action):
            return action == LISTEN
        case Call(flow=target):
            called = map(flows.by_id.__getitem__, _called(target, flows))
            return any(flow.collected() for flow in called)
        case _:
            return False
