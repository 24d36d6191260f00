"""Flows as they were when they were begun: who is inside one finishes on it.

An upgrade, or a file that was edited, changes a flow under customers who stand in the
middle of it. A frame of the stack names the edition that it began; so long as that is
kept and still holds together, the frame goes on in it, and whoever begins the flow
afterwards gets the new one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from flows import checks, script
from flows.files import DataError, Payload
from flows.place import Place
from flows.responses import Responses
from flows.stack import Frame
from flows.steps import Flow, Flows

#: Of each edition, the id of its flow and what stood below that.
Kept: TypeAlias = Mapping[str, tuple[str, Payload]]


@dataclass(frozen=True)
class Editions:
    """Flows that are no more what they were, by edition."""

    by_edition: Mapping[str, Flow] = field(default_factory=dict)

    def begun(self, flows: Flows, stack: Iterable[Frame]) -> Flows:
        """Return the flows for whom they stand on the stack: those, as they were begun.

        Of an edition that is not kept there is only what the flow is now.
        """
        older = {
            frame.flow: self.by_edition[frame.edition]
            for frame in stack
            if frame.edition in self.by_edition
        }
        if not older:
            return flows
        begun = {
            name: _begun(old, flows.by_id.get(name)) for name, old in older.items()
        }
        return replace(flows, by_id={**flows.by_id, **begun})


def read(kept: Kept, flows: Flows, responses: Responses) -> Editions:
    """Return those of the kept editions that are not what the flows are now.

    Left out is what holds together no more: its slot, action or response is gone.
    """
    now = {flow.edition for flow in flows.by_id.values()}
    read = (
        (name, _flow(name, *one, flows, responses))
        for name, one in kept.items()
        if name not in now
    )
    return Editions({name: flow for name, flow in read if flow is not None})


def _flow(
    name: str, flow_id: str, body: Payload, flows: Flows, responses: Responses
) -> Flow | None:
    try:
        old = script.read_flow(
            Place(f"edition {name}", flow_id), body, flows.domain, responses
        )
    except DataError:
        return None
    beside = replace(flows, by_id={**flows.by_id, flow_id: old})
    return None if checks.of_flow(old, beside, responses) else old


def _begun(old: Flow, new: Flow | None) -> Flow:
    """Return an old flow, begun by what begins the new one; by nothing without one."""
    if new is None:
        return replace(old, triggers=())
    return replace(old, triggers=new.triggers, guard=new.guard)
