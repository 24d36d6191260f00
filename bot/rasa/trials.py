"""A Rasa project's test stories, as scripts that `frontdesk test` plays.

Rasa predicts what would be done and runs nothing: a form is over where the story says
so, and actions do nothing. So actions of a server are stood in for here, and questions
that the story passes over are answered with anything.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from bot.rasa import judgements, project
from bot.rasa.paths import BY_ITSELF
from bot.rasa.project import Document, line_of
from bot.rasa.report import Left, Report
from bot.scripts.files import ABOUT
from intents import annotations

#: What answers a question of a slot's type.
_ANSWERS = {"bool": "true", "float": "1"}
_SETTLED = frozenset(["user", "intent", "action", "active_loop", "slot_was_set"])
_PRO = frozenset(["user", "utter", "bot", "slot_was_set", "slot_was_not_set"])


@dataclass(frozen=True)
class Words:
    """What of the project the tests need to know."""

    forms: Mapping[str, Sequence[str]]
    slots: Mapping[str, Any]
    #: Actions that are on a server.
    actions: frozenset[str]
    #: One phrasing of each intent.
    spoken: Mapping[str, str]
    #: Responses, without those that answer one question of several.
    responses: frozenset[str]


class TrialError(Exception):
    """A story can't be played; says why."""


def is_test(document: Document) -> bool:
    """Whether a file holds tests, not training data."""
    path = PurePosixPath(document.path)
    return (
        path.parts[0] in ("tests", "test", "e2e_tests")
        or path.name.startswith("test_")
        or "test_cases" in document.contents
    )


def scripts(
    documents: Sequence[Document], words: Words, language: str, report: Report
) -> dict[str, str]:
    """Return the files of scripts, by target, made of all tests."""
    found = {}
    for document in documents:
        writer = _Writer(words)
        body = CommentedMap()
        for title, steps, line in _stories(document):
            try:
                lines = list(writer.lines(steps))
            except TrialError as error:
                left = Left(document.path, line, f"test '{title}'", str(error))
                report.leave("tests", left)
                continue
            body[_title(title, body)] = CommentedSeq(lines)
            report.take("tests")
        if body:
            body.insert(0, "languages", CommentedSeq([language]))
            stand_ins = {one: writer.sets.get(one, {}) for one in sorted(words.actions)}
            if stand_ins:
                body.insert(1, "actions", stand_ins)
            parts = PurePosixPath(document.path).with_suffix("").parts
            name = f"conversations/rasa_{'_'.join(parts)}.yml"
            found[name] = project.written(body)
    return found


def _stories(document: Document) -> Iterator[tuple[str, list[Any], int]]:
    for key, name in (("stories", "story"), ("test_cases", "test_case")):
        items = document.contents.get(key) or []
        for place, item in enumerate(items if isinstance(items, list) else []):
            steps = item.get("steps") if isinstance(item, dict) else None
            if isinstance(steps, list):
                yield str(item.get(name, "")), steps, line_of(items, place)


def _title(title: str, taken: Mapping[str, Any]) -> str:
    wanted = title.strip() or "A test"
    number, found = 1, wanted
    while found in taken or found in ABOUT:
        number += 1
        found = f"{wanted} ({number})"
    return found


@dataclass
class _Writer:
    """Writes the lines of one file's scripts."""

    words: Words
    #: What actions set, as the stories tell.
    sets: dict[str, dict[str, Any]] = field(default_factory=dict)
    _form: str | None = None
    #: The action that came last, while no customer has said anything since.
    _did: str | None = None
    _deactivated: bool = False

    def lines(self, steps: Sequence[Any]) -> Iterator[CommentedMap]:
        """Yield the lines of one story; raise TrialError if it can't be played."""
        self._form = self._did = None
        begun = False
        for step in steps:
            if not isinstance(step, dict) or not {*step} & (_SETTLED | _PRO):
                raise TrialError("it has a step that only Rasa can follow")
            if "or" in step or "checkpoint" in step:
                raise TrialError("it leads through a checkpoint or an 'or'")
            for line in self._line(step):
                begun = begun or "customer" in line
                if begun:
                    yield line
        if not begun:
            raise TrialError("no customer says anything in it")

    def _line(self, step: Mapping[str, Any]) -> Iterator[CommentedMap]:
        if "user" in step or "intent" in step:
            self._did, self._deactivated = None, False
            yield self._customer(step)
            yield from self._judged(step.get("assertions") or [])
        elif "utter" in step or "action" in step:
            yield from self._action(str(step.get("utter") or step.get("action")))
        elif "bot" in step:
            yield CommentedMap(bot=str(step["bot"]).strip())
        elif "active_loop" in step:
            yield from self._loop(step["active_loop"])
        elif "slot_was_set" in step:
            yield from self._slots(step["slot_was_set"])
        elif "slot_was_not_set" in step:
            yield from judgements.unset(step["slot_was_not_set"])

    def _judged(self, assertions: Any) -> Iterator[CommentedMap]:
        try:
            yield from judgements.lines(assertions)
        except judgements.JudgementError as error:
            raise TrialError(f"its assertion '{error}' has no counterpart") from None

    def _customer(self, step: Mapping[str, Any]) -> CommentedMap:
        intent = str(step.get("intent") or "")
        said = annotations.read(str(step.get("user") or "").strip())[0].strip()
        if said.startswith("/"):
            intent, said = intent or said[1:].partition("{")[0], ""
        text = said or self.words.spoken.get(intent) or intent.replace("_", " ")
        line = CommentedMap(customer=" ".join(text.split()))
        if intent:
            line["means"] = intent
        return line

    def _action(self, name: str) -> Iterator[CommentedMap]:
        if name == "action_deactivate_loop":
            self._deactivated = self._form is not None
        if name in BY_ITSELF:
            return
        self._did = name
        if name in self.words.forms:
            if self._form != name:
                yield CommentedMap(flow=name)
            self._form, self._deactivated = name, False
        elif name.startswith("utter_") and name not in self.words.responses:
            yield CommentedMap(flow=name.removeprefix("utter_"))
        elif name.startswith("utter_"):
            yield CommentedMap(bot=name)
        else:
            yield CommentedMap(action=name)

    def _loop(self, form: Any) -> Iterator[CommentedMap]:
        """End a form: whatever it still asks for is answered."""
        if form is not None:
            return
        slots = self.words.forms.get(self._form or "", ())
        if slots and not self._deactivated:
            yield CommentedMap(answers={one: self._answer(one) for one in slots})
        self._form = None

    def _answer(self, slot: str) -> str:
        body = self.words.slots.get(slot) or {}
        if body.get("values"):
            return str(body["values"][0])
        return _ANSWERS.get(str(body.get("type")), "something")

    def _slots(self, given: Any) -> Iterator[CommentedMap]:
        pairs = {
            str(name): value
            for one in (given if isinstance(given, list) else [given])
            if isinstance(one, dict)
            for name, value in one.items()
            if name in self.words.slots and name != "requested_slot"
        }
        if self._did in self.words.actions and self._did is not None:
            self.sets.setdefault(self._did, {}).update(pairs)
        elif self._did is None and pairs:
            yield CommentedMap(slots=pairs)
