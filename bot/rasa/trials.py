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

from bot.rasa import fixtures, judgements, project
from bot.rasa.fixtures import FixtureError
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
        or fixtures.KEY in document.contents
    )


def scripts(
    documents: Sequence[Document], words: Words, language: str, report: Report
) -> dict[str, str]:
    """Return the files of scripts, by target, made of all tests."""
    found, shared = {}, fixtures.read(documents)
    for document in documents:
        writer = _Writer(words)
        body = CommentedMap()
        for story in _stories(document):
            try:
                known = fixtures.known(story.case, document, shared, words.slots)
                lines = list(writer.lines(story.steps, known))
            except (TrialError, FixtureError) as error:
                report.leave("tests", story.left(document, error))
                continue
            body[_title(story.title, body)] = CommentedSeq(lines)
            report.take("tests")
        if body:
            found[_target(document)] = _file(body, writer, language)
    return found


def _target(document: Document) -> str:
    parts = PurePosixPath(document.path).with_suffix("").parts
    return f"conversations/rasa_{'_'.join(parts)}.yml"


def _file(body: CommentedMap, writer: "_Writer", language: str) -> str:
    body.insert(0, "languages", CommentedSeq([language]))
    actions = sorted(writer.words.actions)
    if actions:
        body.insert(1, "actions", {one: writer.sets.get(one, {}) for one in actions})
    return project.written(body)


@dataclass(frozen=True, kw_only=True)
class _Story:
    """One test: what it is called, what it says, and where it stands."""

    title: str
    case: Mapping[str, Any]
    line: int

    @property
    def steps(self) -> Sequence[Any]:
        found: Sequence[Any] = self.case["steps"]
        return found

    def left(self, document: Document, error: TrialError | FixtureError) -> Left:
        """Return that it can't be played, with the place where that shows."""
        file, line = document.path, self.line
        if isinstance(error, FixtureError):
            file, line = error.file, error.line
        return Left(file, line, f"test '{self.title}'", str(error))


def _stories(document: Document) -> Iterator[_Story]:
    for key, name in (("stories", "story"), ("test_cases", "test_case")):
        items = document.contents.get(key) or []
        for place, item in enumerate(items if isinstance(items, list) else []):
            if isinstance(item, dict) and isinstance(item.get("steps"), list):
                title, line = str(item.get(name, "")), line_of(items, place)
                yield _Story(title=title, case=item, line=line)


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

    def lines(
        self, steps: Sequence[Any], known: Mapping[str, Any]
    ) -> Iterator[CommentedMap]:
        """Yield the lines of one story; raise TrialError if it can't be played."""
        self._form = self._did = None
        if known:
            yield CommentedMap({"known before": dict(known)})
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
        listed = given if isinstance(given, list) else [given]
        known = self.words.slots.keys() - {"requested_slot"}
        pairs = {
            str(name): value
            for one in listed
            if isinstance(one, dict)
            for name, value in one.items()
            if name in known
        }
        if self._did in self.words.actions and self._did is not None:
            self.sets.setdefault(self._did, {}).update(pairs)
        elif self._did is None:
            if pairs:
                yield CommentedMap(slots=pairs)
            named = (one for one in listed if isinstance(one, str) and one in known)
            yield from (CommentedMap(remembers=one) for one in named)
