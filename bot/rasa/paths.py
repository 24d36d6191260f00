"""The rules and stories of a Rasa project, read into turns.

A turn is what the customer means and what is done about it, with the form that is open
before and after it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from bot.rasa.project import Document, line_of
from bot.rasa.report import Left

#: A slot and what it must hold; ANY stands for anything but nothing.
Condition: TypeAlias = tuple[str, Any]
ANY = object()
KINDS = {"rules": "rule", "stories": "story"}
#: Stands for a slot in a condition on the form that is open.
INSIDE = "context.interrupted"
#: Ends the form that is open; Rasa's name for it in flows.
ENDS_INTERRUPTED = "action_cancel_interrupted_flows"
_DEACTIVATES = frozenset(["action_deactivate_loop", "action_deactivate_form"])
#: What flows do by themselves, or what only Rasa's machinery needs.
BY_ITSELF = frozenset(["action_listen", "...", *_DEACTIVATES])
_FORM_SLOT = "requested_slot"


@dataclass(frozen=True)
class Path:
    """One rule or story, with where it stands."""

    kind: str
    file: str
    line: int
    name: str
    conditions: tuple[Any, ...]
    steps: tuple[Any, ...]

    def left(self, why: str) -> Left:
        """Return that it was not taken over."""
        return Left(self.file, self.line, f"{KINDS[self.kind]} '{self.name}'", why)


class PathError(Exception):
    """A rule or story can't become part of a flow; says why."""


def paths(documents: Sequence[Document]) -> Iterator[Path]:
    """Yield all rules, then all stories: a rule says more surely what follows."""
    for kind, name in KINDS.items():
        for document in documents:
            items = document.contents.get(kind) or []
            for place, item in enumerate(items if isinstance(items, list) else []):
                if isinstance(item, dict):
                    yield Path(
                        kind=kind,
                        file=document.path,
                        line=line_of(items, place),
                        name=str(item.get(name, "")),
                        conditions=tuple(_listed(item.get("condition"))),
                        steps=tuple(_listed(item.get("steps"))),
                    )


@dataclass(frozen=True)
class Turn:
    """What the customer means, and what is done about it."""

    intents: tuple[str, ...]
    conditions: tuple[Condition, ...]
    actions: tuple[str, ...]
    #: The form that is open when it begins, and the one that a form was left for.
    inside: str | None = None
    within: str | None = None
    #: The form that is open when it ends.
    open: str | None = None


def turns_in(steps: Sequence[Any], inside: str | None = None) -> Iterator[Turn]:
    """Yield the turns of a path; raise PathError at what no flow can hold.

    *inside* is the form that is open when it begins.
    """
    turn, within = Turn((), (), (), inside, inside, inside), inside
    for step in filter(_is_step, steps):
        if found := _intents(step):
            if turn.intents or turn.actions:
                yield turn
            within = turn.open or within
            conditions = tuple(_entities(step))
            turn = Turn(found, conditions, (), turn.open, within, turn.open)
        elif "action" in step:
            turn = _acted(turn, str(step["action"]))
        elif "active_loop" in step:
            turn = replace(turn, open=step["active_loop"])
        elif "slot_was_set" in step and not turn.actions:
            turn = replace(turn, conditions=(*turn.conditions, *slots_in([step])))
    if turn.intents or turn.actions:
        yield turn


def _acted(turn: Turn, action: str) -> Turn:
    """Return the turn with one action more."""
    if action in _DEACTIVATES and turn.inside:
        return replace(turn, actions=(*turn.actions, ENDS_INTERRUPTED), open=None)
    if action in BY_ITSELF:
        return turn
    return replace(turn, actions=(*turn.actions, action))


def _is_step(step: Any) -> bool:
    """Whether it is a step; raise PathError if no flow can hold it."""
    if not isinstance(step, dict):
        return False
    if "checkpoint" in step:
        raise PathError("it leads through a checkpoint: join the parts into one")
    if {"user", "bot"} & {*step} and "intent" not in step:
        raise PathError("it is told in words alone, which only Rasa can learn from")
    return True


def form_of(path: Path) -> str | None:
    """Return the form inside which a path is about."""
    first = path.steps[:1]
    found = loop_in(
        [*path.conditions, *(one for one in first if isinstance(one, dict))]
    )
    return found if isinstance(found, str) else None


def first_intents(path: Path) -> tuple[str, ...]:
    """Return the intents that a path begins with, if it is about nothing else."""
    if form_of(path):
        return ()
    first = next((one for one in path.steps if one != "..."), None)
    return _intents(first)


def _intents(step: Any) -> tuple[str, ...]:
    if not isinstance(step, dict):
        return ()
    if isinstance(step.get("or"), list):
        return tuple(name for one in step["or"] for name in _intents(one))
    return (str(step["intent"]),) if "intent" in step else ()


def _entities(step: dict[str, Any]) -> list[Condition]:
    """Return what an intent's entities say of the slots of their names."""
    return [
        pair
        for one in _listed(step.get("entities"))
        if isinstance(one, dict)
        for pair in one.items()
        if pair[0] not in ("role", "group") and pair[1] != "value"
    ]


def acts_in(steps: Sequence[Any]) -> list[str]:
    return [
        str(one["action"]) for one in steps if isinstance(one, dict) and "action" in one
    ]


def loop_in(conditions: Sequence[Any]) -> Any:
    """Return the form that must be open; None if none is named, or none may be."""
    return next(
        (
            one["active_loop"]
            for one in conditions
            if isinstance(one, dict) and "active_loop" in one
        ),
        None,
    )


def slots_in(steps: Sequence[Any]) -> tuple[Condition, ...]:
    """Return what slots must hold."""
    found: list[Condition] = []
    for step in steps:
        given = step.get("slot_was_set") if isinstance(step, dict) else None
        for one in _listed(given):
            found += [*one.items()] if isinstance(one, dict) else [(str(one), ANY)]
    return tuple((str(name), value) for name, value in found if name != _FORM_SLOT)


def _listed(given: Any) -> list[Any]:
    if given is None:
        return []
    return list(given) if isinstance(given, list) else [given]
