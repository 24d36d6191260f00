"""What does a flow file say? Rasa's CALM grammar, read into steps and checked.

Every error names file, flow, step and cure. Reading refuses what has a wrong
shape; `flows.checks` then looks at the whole: names, loops, dead ends.
https://rasa.com/docs/reference/primitives/flows
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flows.checks import problems
from flows.domain import Domain
from flows.files import DataError, Payload, Source, edition, line_of
from flows.place import Place
from flows.responses import Responses
from flows.steps import (
    END,
    Act,
    Branch,
    Call,
    Collect,
    Flow,
    Flows,
    Link,
    Next,
    Noop,
    Rejection,
    SetSlots,
    Step,
    Trigger,
)

_FLOW_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_FLOW_KEYS = frozenset(
    [
        "name",
        "description",
        "if",
        "nlu_trigger",
        "persisted_slots",
        "run_pattern_completed",
        "always_include_in_prompt",
        "steps",
    ]
)
_COMMON = frozenset(["id", "next", "description"])
_COLLECT = frozenset(
    [
        "utter",
        "ask_before_filling",
        "reset_after_flow_ends",
        "rejections",
        "force_slot_filling",
    ]
)
_STEP_KEYS: Mapping[str, frozenset[str]] = {
    "action": _COMMON,
    "collect": _COMMON | _COLLECT,
    "set_slots": _COMMON,
    "noop": _COMMON,
    "link": _COMMON - {"next"},
    "call": _COMMON,
}


def load(files: Sequence[Source], domain: Domain, responses: Responses) -> Flows:
    """Return the flows in these files, or raise DataError with all that is wrong."""
    by_id: dict[str, Flow] = {}
    wrong: list[str] = []
    for file in files:
        for name, body in file.section("flows").items():
            line = line_of(file.contents.get("flows"), name)
            place = Place(file.name, name, line=line)
            try:
                by_id[place.flow] = read_flow(place, body, domain, responses)
            except DataError as error:
                wrong += error.problems
    flows = Flows(by_id=by_id, domain=domain)
    # Names that a broken flow would have given must not be reported as missing.
    wrong += [] if wrong else problems(flows, responses)
    if wrong:
        raise DataError(wrong)
    return flows


def read_flow(place: Place, body: Any, domain: Domain, responses: Responses) -> Flow:
    """Return the flow that stands below its id, or raise DataError."""
    if not _FLOW_ID.fullmatch(place.flow):
        raise place.error("a flow's id has letters, digits, '_' and '-' only")
    if not isinstance(body, dict):
        raise place.error("needs 'description' and 'steps'")
    place.check_keys(body, _FLOW_KEYS)
    if not isinstance(body.get("description"), str):
        raise place.error("needs a 'description': what the customer wants")
    persisted = place.names(body, "persisted_slots")
    reader = _Reader(place, domain.actions, responses, persisted)
    first = reader.sequence(body.get("steps"), is_root=True)
    guard = body.get("if", True)
    return Flow(
        id=place.flow,
        name=str(body.get("name") or place.flow.replace("_", " ")),
        file=place.file,
        lines={"": place.line, **reader.lines},
        first=first,
        guard=guard if isinstance(guard, bool) else place.condition(guard),
        triggers=tuple(_triggers(place, body.get("nlu_trigger"))),
        persisted=persisted,
        completes=place.switch(body, "run_pattern_completed", unset=True),
        steps=reader.steps,
        body=body,
        edition=edition(body),
    )


def _triggers(place: Place, given: Any) -> Iterator[Trigger]:
    if given is None:
        yield Trigger(intent=place.flow)
        return
    if not isinstance(given, list):
        raise place.error("'nlu_trigger' needs a list such as '- intent: greet'")
    for item in given:
        match item:
            case {"intent": str(name)}:
                yield Trigger(intent=name)
            case {
                "intent": {
                    "name": str(name),
                    "confidence_threshold": float() | int() as least,
                }
            }:
                yield Trigger(intent=name, threshold=least)
            case {"intent": {"name": str(name), **more}} if not more:
                yield Trigger(intent=name)
            case _:
                raise place.error(
                    "each 'nlu_trigger' needs '- intent: <name>', or under 'intent' "
                    "a 'name' and a number as 'confidence_threshold'"
                )


class _Reader:
    """Reads the steps of one flow; nested lists become steps like all others."""

    def __init__(
        self,
        place: Place,
        actions: frozenset[str],
        responses: Responses,
        persisted: frozenset[str],
    ) -> None:
        self.steps: dict[str, Step] = {}
        self.lines: dict[str, int] = {}
        self._persisted = persisted
        self._flow, self._actions, self._responses = place, actions, responses
        self._named = 0

    def sequence(self, bodies: Any, *, is_root: bool) -> str:
        """Read a list of steps, and return the id of its first."""
        if not isinstance(bodies, list) or not bodies:
            raise self._flow.error("needs a list of 'steps' with at least one")
        ids = [self._id(body) for body in bodies]
        for step_id, following, body in zip(
            ids, [*ids[1:], END if is_root else None], bodies, strict=True
        ):
            self._read(step_id, following, body)
        return ids[0]

    def _id(self, body: Any) -> str:
        """Return a step's id, or make one that says which step it is."""
        if not isinstance(body, dict):
            raise self._flow.error("each step needs a key such as 'action'")
        kinds = [key for key in _STEP_KEYS if key in body]
        kind = kinds[0] if kinds else "step"
        what = body.get(kind)
        told = f"_{what}" if isinstance(what, str) else ""
        step_id = str(body.get("id") or f"{self._named}_{kind}{told}")
        self._named += 1
        return step_id

    def _read(self, step_id: str, following: str | None, body: Payload) -> None:
        self.lines[step_id] = line_of(body) or self._flow.line
        flow = self._flow
        place = Place(flow.file, flow.flow, step_id, self.lines[step_id])
        kind = _kind(place, body)
        if step_id in self.steps or step_id == END:
            raise place.error("this id is taken; give the step another")
        # The place in the order of the file is kept while nested steps are read.
        self.steps[step_id] = Noop(id=step_id, next=END)
        if kind == "link":
            self.steps[step_id] = Link(id=step_id, flow=str(body["link"]))
            return
        onward = self._next(place, body, following)
        self.steps[step_id] = self._step(place, kind, body, onward)

    def _step(self, place: Place, kind: str, body: Payload, onward: Next) -> Step:
        step_id = str(place.step)
        match kind:
            case "collect":
                return self._collect(place, body, onward)
            case "action":
                return Act(id=step_id, next=onward, action=str(body["action"]))
            case "call":
                return Call(id=step_id, next=onward, flow=str(body["call"]))
            case "set_slots":
                return SetSlots(id=step_id, next=onward, slots=_slots(place, body))
            case _:
                return Noop(id=step_id, next=onward)

    def _next(self, place: Place, body: Payload, following: str | None) -> Next:
        given = body.get("next")
        if given is None and ("noop" in body or following is None):
            raise place.error(
                "needs 'next': the id of a step, END, or a list of 'if' and 'else'"
            )
        if given is None:
            return following or END
        if isinstance(given, str):
            return given
        if isinstance(given, list) and given and all(map(_is_branch, given)):
            return tuple(self._branch(place, branch) for branch in given)
        return self.sequence(given, is_root=False)

    def _branch(self, place: Place, body: Payload) -> Branch:
        is_else = "else" in body
        known = frozenset(["else"] if is_else else ["if", "then"])
        place.check_keys(body, known)
        onward = body.get("else" if is_else else "then")
        if onward is None:
            raise place.error("an 'if' needs a 'then': the id of a step, END, or steps")
        condition = None if is_else else place.condition(body["if"])
        if isinstance(onward, str):
            return Branch(condition, onward)
        return Branch(condition, self.sequence(onward, is_root=False))

    def _collect(self, place: Place, body: Payload, onward: Next) -> Collect:
        slot = str(body["collect"])
        if self._persisted and "reset_after_flow_ends" in body:
            raise place.error(
                "'reset_after_flow_ends' can't stand beside the flow's "
                "'persisted_slots'; keep one of the two"
            )
        return Collect(
            id=str(place.step),
            next=onward,
            slot=slot,
            ask=self._ask(place, slot, body.get("utter")),
            rejections=tuple(_rejections(place, body.get("rejections") or [])),
            ask_before_filling=place.switch(body, "ask_before_filling"),
            reset=place.switch(body, "reset_after_flow_ends", unset=True),
            forced=place.switch(body, "force_slot_filling"),
        )

    def _ask(self, place: Place, slot: str, utter: Any) -> str:
        if utter is not None:
            return str(utter)
        said, done = f"utter_ask_{slot}", f"action_ask_{slot}"
        if said in self._responses and done in self._actions:
            raise place.error(f"both '{said}' and '{done}' exist; keep one of them")
        return done if done in self._actions else said


def _kind(place: Place, body: Payload) -> str:
    kinds = [key for key in _STEP_KEYS if key in body]
    if len(kinds) > 1:
        raise place.error(f"has both '{kinds[0]}' and '{kinds[1]}'; make two steps")
    if not kinds:
        place.check_keys(body, _COMMON | _STEP_KEYS.keys())
        raise place.error(f"needs one of {', '.join(_STEP_KEYS)}")
    kind = kinds[0]
    place.check_keys(body, _STEP_KEYS[kind] | {kind})
    if kind == "noop" and body["noop"] is not True:
        raise place.error("write 'noop: true'")
    return kind


def _is_branch(body: Any) -> bool:
    return isinstance(body, dict) and ("if" in body or "else" in body)


def _slots(place: Place, body: Payload) -> dict[str, Any]:
    given = body["set_slots"]
    if isinstance(given, dict):
        given = [given]
    if not isinstance(given, list) or not all(isinstance(g, dict) for g in given):
        raise place.error("'set_slots' needs a list such as '- email: null'")
    return {str(name): value for item in given for name, value in item.items()}


def _rejections(place: Place, given: Any) -> Iterator[Rejection]:
    for item in given if isinstance(given, list) else [given]:
        if not isinstance(item, dict) or set(item) != {"if", "utter"}:
            raise place.error("each of 'rejections' needs 'if' and 'utter'")
        yield Rejection(condition=place.condition(item["if"]), utter=str(item["utter"]))
