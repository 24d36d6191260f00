"""What does a script name that there is not? A response, an answer, a flow, a slot."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, TypeAlias

from bot.assistants import Assistants
from bot.scripts.lines import Script, Step
from bot.scripts.looks import ENTRY

#: What the answers of the FAQ are called, before the name of their entry.
ANSWER = f"utter_{ENTRY}"

Kind: TypeAlias = Literal["response", "answer", "flow", "slot"]


@dataclass(frozen=True, kw_only=True)
class Lack:
    """Something that a line names and nothing is called."""

    kind: Kind
    name: str
    line: int
    #: What may have been meant, if anything is called much like it.
    near: str = ""

    def is_of(self, entries: Collection[str]) -> bool:
        """Return whether it is the answer of one of these entries, unpublished."""
        return self.kind == "answer" and self.name.removeprefix(ANSWER) in entries


def lack(script: Script, step: Step, assistants: Assistants) -> Lack | None:
    """Return what keeps a script from holding that breaks at a step.

    An answer that another line names counts too: what is not published is not offered,
    and a message that means it, before the break, is not answered.
    """
    here = _lack_of(step, assistants)
    if here is not None:
        return here
    known = _answers(assistants)
    needed = ((one, name) for one in script.steps for name in _needed(one, step))
    found = (_lack("answer", one, name, known) for one, name in needed)
    return next(filter(None, found), None)


def _needed(step: Step, at: Step) -> Iterator[str]:
    """Yield the answers without which a line does not hold, for a break *at* one."""
    if str(step.value).startswith(ANSWER):
        yield step.value
    offered = step.value if step.name == "choices" else ()
    taken_for = (step.value,) if step.name == "understood" else ()
    meant = step.means or () if step.number <= at.number else ()
    for one in (*offered, *taken_for, *meant):
        if one.startswith(ENTRY):
            yield f"utter_{one}"


def _lack_of(step: Step, assistants: Assistants) -> Lack | None:
    if step.name == "flow":
        return _lack("flow", step, step.value, assistants.flows.by_id)
    if step.name == "known before":
        slots = assistants.domain.slots
        found = (_lack("slot", step, one, slots) for one in step.value)
        return next(filter(None, found), None)
    named = _response_of(step)
    if not named.startswith("utter_"):
        return None
    if named.startswith(ANSWER):
        return _lack("answer", step, named, _answers(assistants))
    return _lack("response", step, named, _responses(assistants))


def _responses(assistants: Assistants) -> set[str]:
    return {name for said in assistants.responses.values() for name in said.by_name}


def _answers(assistants: Assistants) -> set[str]:
    return {one for one in _responses(assistants) if one.startswith(ANSWER)}


def _response_of(step: Step) -> str:
    """Return the response that a line names; who taps an entry waits for its answer."""
    if step.name == "taps" and step.value.startswith(ENTRY):
        return f"utter_{step.value}"
    return step.value if step.name == "bot" else ""


def _lack(kind: Kind, step: Step, name: str, known: Collection[str]) -> Lack | None:
    if name in known:
        return None
    near = get_close_matches(name, sorted(known), 1)
    return Lack(kind=kind, name=name, line=step.line, near="".join(near))
