"""What do a Rasa project's rules and stories say? Read into turns of two kinds.

A *start* is what follows an intent by itself; an *ending* is what follows a form. What
is neither, or contradicts what was read before, is told: a flow can't hold it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.rasa.paths import (
    BY_ITSELF,
    INSIDE,
    Condition,
    Path,
    PathError,
    Turn,
    acts_in,
    first_intents,
    form_of,
    loop_in,
    paths,
    slots_in,
    turns_in,
)
from bot.rasa.project import Document
from bot.rasa.report import Report

#: The intent of Rasa that stands for not understanding: here a person is fetched.
NOT_UNDERSTOOD = "nlu_fallback"


@dataclass
class Node:
    """What is done in one turn of the assistant, and what each answer leads to."""

    actions: list[str] = field(default_factory=list)
    branches: dict[str, "Node"] = field(default_factory=dict)


@dataclass(frozen=True)
class Way:
    """One way on, and what must hold for it."""

    conditions: tuple[Condition, ...]
    node: Node


@dataclass
class Told:
    """All that rules and stories tell."""

    #: By intent.
    starts: dict[str, list[Way]] = field(default_factory=dict)
    #: By form.
    endings: dict[str, list[Way]] = field(default_factory=dict)


def told(
    documents: Sequence[Document],
    forms: Sequence[str],
    slots: Collection[str],
    asks: "Asks",
    report: Report,
) -> Told:
    """Return what the rules and stories of all documents tell."""
    found, every = Told(), [*paths(documents)]
    reader = _Reader(found, {*forms}, slots, asks, _answers(every))
    own = {name for path in every for name in first_intents(path)}
    # Endings first: a story that repeats one says nothing new.
    for path in every:
        if reader.is_ending(path):
            reader.ending(path)
            report.take(path.kind)
    always = _always(every, own)
    for path in every:
        if reader.is_ending(path):
            continue
        try:
            if not reader.is_always(path, always):
                reader.start(path, own)
            report.take(path.kind)
        except PathError as error:
            report.leave(path.kind, path.left(str(error)))
    return found


def _answers(every: Sequence[Path]) -> dict[str, set[str]]:
    """Return which intents follow each action."""
    found: dict[str, set[str]] = {}
    for path in every:
        try:
            turns = list(turns_in(path.steps, form_of(path)))
        except PathError:
            continue
        for one, after in pairwise(turns):
            for action in one.actions[-1:]:
                found.setdefault(action, set()).update(after.intents)
    return found


def _always(every: Sequence[Path], own: set[str]) -> dict[str, list[str]]:
    """Return what follows intents that are only told after something that was done.

    Where the same follows them each time, it does not matter what was done before.
    """
    follows: dict[str, list[list[str]]] = {}
    for path in every:
        try:
            turns = _after_action(path)
        except PathError:
            continue
        for turn in turns[:1]:
            for intent in turn.intents:
                follows.setdefault(intent, []).append([*turn.actions])
    return {
        intent: all_[0]
        for intent, all_ in follows.items()
        if intent not in own and all(one == all_[0] for one in all_)
    }


def _after_action(path: Path) -> list[Turn]:
    """Return the turns of a path that begins with what was done; else none."""
    if form_of(path):
        return []
    turns = list(turns_in(path.steps))
    begins = len(turns) == 2 and not turns[0].intents and not turns[1].conditions
    return turns[1:] if begins else []


class Asks:
    """Whether what is said asks something, so that an answer may follow."""

    def __init__(self, texts: dict[str, str], with_choices: set[str]) -> None:
        self._texts, self._with_choices = texts, with_choices

    def asks(self, action: str, answers: int) -> bool:
        """Whether *action* may be a question to which there are so many answers."""
        if action in self._texts:
            return "?" in self._texts[action] or action in self._with_choices
        return action.startswith("action_") and answers > 1


class _Reader:
    """Reads paths into starts and endings."""

    def __init__(
        self,
        found: Told,
        forms: set[str],
        slots: Collection[str],
        asks: Asks,
        answers: Mapping[str, set[str]],
    ) -> None:
        #: The intents that follow each action somewhere.
        self._answers = answers
        self._found, self._forms, self._slots, self._asks = found, forms, slots, asks

    def is_ending(self, path: Path) -> bool:
        """Whether it says what follows a form."""
        form = loop_in(path.conditions)
        return form in self._forms and acts_in(path.steps[:1]) == [form]

    def ending(self, path: Path) -> None:
        """Take what follows a form."""
        form = str(loop_in(path.conditions))
        actions = [one for one in acts_in(path.steps[1:]) if one not in BY_ITSELF]
        way = Way(slots_in(path.conditions), Node(actions))
        self._found.endings.setdefault(form, []).append(way)

    def is_always(self, path: Path, always: Mapping[str, list[str]]) -> bool:
        """Whether it says what follows its intents in any case; it is taken then."""
        turns = _after_action(path)
        if not turns or not {*turns[0].intents} <= always.keys():
            return False
        for intent in turns[0].intents:
            self._start(intent, (), always[intent])
        return True

    def start(self, path: Path, own: set[str]) -> None:
        """Take what follows an intent; raise PathError if no flow can."""
        turns = list(turns_in(path.steps, form_of(path)))
        if not turns or not turns[0].intents:
            raise PathError("it begins with no intent, so no flow can begin with it")
        self._take(turns, slots_in(path.conditions), own)

    def _take(
        self, turns: Sequence[Turn], where: tuple[Condition, ...], own: set[str]
    ) -> None:
        """Take a turn that begins something, and the answers that follow it."""
        first, *rest = turns
        intents = [one for one in first.intents if one != NOT_UNDERSTOOD]
        if not intents:
            raise PathError("who is not understood gets a person here")
        inside = ((INSIDE, first.inside),) if first.inside else ()
        conditions = (*inside, *where, *first.conditions)
        for name, _ in conditions:
            if name != INSIDE and name not in self._slots:
                raise PathError(f"there is no slot {name} to remember that entity")
        for intent in intents:
            node = self._start(intent, conditions, self._done(first))
            self._follow(node, first, rest, own)

    def _start(
        self, intent: str, conditions: tuple[Condition, ...], actions: list[str]
    ) -> Node:
        ways = self._found.starts.setdefault(intent, [])
        same = next((one for one in ways if one.conditions == conditions), None)
        if same is None:
            same = Way(conditions, Node(actions))
            ways.append(same)
        if same.node.actions[: len(actions)] != actions:
            raise PathError(f"something else follows intent {intent} already")
        return same.node

    def _follow(
        self, node: Node, last: Turn, turns: Sequence[Turn], own: set[str]
    ) -> None:
        for place, turn in enumerate(turns):
            asks = last.open is not None and last.actions[-1:] == (last.open,)
            if asks or ({*turn.intents} <= own and not node.branches):
                return self._take(turns[place:], (), own)
            said = node.actions[-1] if node.actions else "nothing"
            if not self._asks.asks(said, len(self._answers.get(said, ()))):
                raise PathError(f"{turn.intents[0]} is no answer to {said}")
            actions = self._done(turn)
            for intent in turn.intents:
                made = node.branches.setdefault(intent, Node(actions))
                if made.actions != actions:
                    raise PathError(f"something else follows {intent} already")
            node, last = node.branches[turn.intents[0]], turn
        return None

    def _done(self, turn: Turn) -> list[str]:
        """Return what is done in a turn, without what a form's ending does."""
        done: list[str] = []
        for place, action in enumerate(turn.actions):
            if action == turn.within:  # the form that is open goes on by itself
                continue
            done.append(action)
            ends = [one.node.actions for one in self._found.endings.get(action, [])]
            rest = [*turn.actions[place + 1 :]]
            if action in self._forms and rest and rest in ends:
                break
        return done
