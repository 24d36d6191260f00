"""What does a script name that there is not? A response, an answer, a flow, a slot."""

from collections.abc import Collection
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

    An answer that another line names counts too: what is not published is not offered.
    """
    answers = (one for one in script.steps if str(one.value).startswith(ANSWER))
    found = (_lack_of(one, assistants) for one in (step, *answers))
    return next(filter(None, found), None)


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
    known = {name for said in assistants.responses.values() for name in said.by_name}
    if named.startswith(ANSWER):
        answers = {one for one in known if one.startswith(ANSWER)}
        return _lack("answer", step, named, answers)
    return _lack("response", step, named, known)


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
