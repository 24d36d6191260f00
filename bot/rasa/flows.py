"""Flows made of what a Rasa project's forms, rules and stories tell.

A form becomes a flow of questions that another calls. An intent's flow does what
follows it; where an answer decides what comes next, the answer is a slot of its own.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from bot.rasa import project
from bot.rasa.paths import ANY, INSIDE, Condition
from bot.rasa.report import Left, Report
from bot.rasa.stories import Node, Told, Way
from flows import script
from flows.domain import Domain
from flows.files import DataError, Source
from flows.responses import Responses
from flows.run import HANDOFF
from flows.steps import END

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_IN_FLOW = re.compile(r"\bflow ([A-Za-z0-9_][A-Za-z0-9_-]*)")


#: What is said to words that start no flow, where the project tells nothing.
_USUALLY = {
    "affirm": "utter_affirm",
    "deny": "utter_all_right",
    "goodbye": "utter_goodbye",
    "thank": "utter_thank",
}


@dataclass
class Made:
    """The flows that were made, and the slots that they need."""

    flows: dict[str, CommentedMap] = field(default_factory=dict)
    slots: dict[str, CommentedMap] = field(default_factory=dict)


def made(
    told: Told,
    forms: Mapping[str, Sequence[str]],
    spoken: Collection[str],
    actions: Collection[str],
    report: Report,
) -> Made:
    """Return the flows of all forms, and of all intents that something follows."""
    maker = _Maker({*forms}, spoken, actions, report)
    for form, slots in forms.items():
        maker.form(form, slots, told.endings.get(form, []))
    for intent, ways in told.starts.items():
        maker.intent(intent, ways)
    return maker.made


class _Maker:
    """Makes one flow after the other."""

    def __init__(
        self,
        forms: set[str],
        spoken: Collection[str],
        actions: Collection[str],
        report: Report,
    ) -> None:
        self.made = Made()
        self._forms, self._spoken, self._actions = forms, spoken, actions
        self._report = report

    def form(self, form: str, slots: Sequence[str], endings: Sequence[Way]) -> None:
        """Make the flow of a form: its questions, then what follows them."""
        if not _NAME.fullmatch(form):
            why = "its name can't be that of a flow: letters, digits, '_', '-'"
            return self._report.leave("forms", Left("domain.yml", 0, form, why))
        steps = CommentedSeq()
        for slot in slots:
            question = self._question(form, slot)
            if question is None:
                why = f"nothing asks for it: there is no utter_ask_{slot}"
                left = Left("domain.yml", 0, f"slot {slot} of form {form}", why)
                self._report.leave("questions", left)
                continue
            self._report.take("questions")
            steps.append(question)
        steps.extend(self._ways(form, endings, otherwise=END))
        if not steps:
            return self._report.leave(
                "forms", Left("domain.yml", 0, form, "it asks for nothing")
            )
        body = CommentedMap(description=f"The form {form}.", nlu_trigger=CommentedSeq())
        if slots:
            body["persisted_slots"] = CommentedSeq(slots)
        body["steps"] = steps
        self.made.flows[form] = body
        return self._report.take("forms")

    def intent(self, intent: str, ways: Sequence[Way]) -> None:
        """Make the flow of an intent."""
        if not _NAME.fullmatch(intent) or intent in self.made.flows:
            why = "a flow can't have its name, or has it already"
            left = Left("domain.yml", 0, f"what follows intent {intent}", why)
            return self._report.leave("goals", left)
        if intent in _USUALLY and all(one.conditions for one in ways):
            ways = [*ways, Way((), Node([_USUALLY[intent]]))]
        person = CommentedSeq([CommentedMap(link=HANDOFF)])
        steps = self._ways(intent, ways, otherwise=person)
        if not steps:
            why = "nothing is done about it"
            return self._report.leave(
                "goals", Left("domain.yml", 0, f"intent {intent}", why)
            )
        name = intent.replace("_", " ").capitalize()
        self.made.flows[intent] = CommentedMap(
            name=name, description=f"What follows the intent {intent}.", steps=steps
        )
        return self._report.take("goals")

    def _question(self, form: str, slot: str) -> CommentedMap | None:
        """Return the step that asks for a slot, by the first of Rasa's four names."""
        names = (
            f"action_ask_{form}_{slot}",
            f"utter_ask_{form}_{slot}",
            f"action_ask_{slot}",
            f"utter_ask_{slot}",
        )
        known = [one for one in names if one in self._spoken or one in self._actions]
        if not known:
            return None
        step = CommentedMap(collect=slot)
        if known[0] != names[3]:
            step["utter"] = known[0]
        return step

    def _ways(
        self, flow: str, ways: Sequence[Way], *, otherwise: CommentedSeq | str
    ) -> CommentedSeq:
        """Return the steps of several ways, of which the first that holds is taken."""
        guarded = [one for one in ways if one.conditions]
        plain = next((one for one in ways if not one.conditions), None)
        if not guarded:
            return self._steps(flow, plain.node) if plain else CommentedSeq()
        branches = CommentedSeq(
            CommentedMap(
                [("if", _written(one.conditions)), ("then", self._then(flow, one.node))]
            )
            for one in sorted(guarded, key=lambda one: -len(one.conditions))
        )
        last = self._then(flow, plain.node) if plain else otherwise
        branches.append(CommentedMap([("else", last)]))
        return CommentedSeq([CommentedMap(noop=True, next=branches)])

    def _then(self, flow: str, node: Node) -> CommentedSeq | str:
        return self._steps(flow, node, nested=True) or END

    def _steps(self, flow: str, node: Node, *, nested: bool = False) -> CommentedSeq:
        """Return the steps of what is done, with the answer that it waits for."""
        actions = list(node.actions)
        question = actions.pop() if node.branches else None
        steps = CommentedSeq(
            CommentedMap(call=one) if one in self._forms else CommentedMap(action=one)
            for one in actions
        )
        if question is not None:
            steps.append(self._answered(flow, question, node.branches))
        elif nested and steps:
            steps[-1]["next"] = END
        return steps

    def _answered(
        self, flow: str, question: str, branches: Mapping[str, Node]
    ) -> CommentedMap:
        """Return the step that puts a question, with a way for each answer."""
        slot = f"{flow}_answer"
        while slot in self.made.slots:
            slot += "_on"
        self.made.slots[slot] = CommentedMap(
            type="categorical",
            values=CommentedSeq(branches),
            influence_conversation=False,
            mappings=CommentedSeq(
                CommentedMap(type="from_intent", intent=one, value=one)
                for one in branches
            ),
        )
        ways = CommentedSeq(
            CommentedMap(
                [("if", f"slots.{slot} is '{one}'"), ("then", self._then(flow, node))]
            )
            for one, node in branches.items()
        )
        ways.append(CommentedMap([("else", END)]))
        return CommentedMap(
            collect=slot, utter=question, ask_before_filling=True, next=ways
        )


def _written(conditions: Sequence[Condition]) -> str:
    """Return what must hold, as flows write it."""
    names = {
        name: name if name == INSIDE else f"slots.{name}" for name, _ in conditions
    }
    return " and ".join(f"{names[name]} {_is(value)}" for name, value in conditions)


def _is(value: Any) -> str:
    if value is ANY:
        return "is not null"
    if value is None:
        return "is null"
    if isinstance(value, bool):
        return f"is {str(value).lower()}"
    if isinstance(value, int | float):
        return f"= {value}"
    return "is '{}'".format(str(value).replace("'", " "))


def usable(
    flows: Mapping[str, CommentedMap],
    built_in: Sequence[Source],
    domain: Domain,
    responses: Responses,
) -> Iterator[tuple[str, str]]:
    """Yield each flow that can't be run among the others, and why."""
    kept = dict(flows)
    while kept:
        mine = Source("flows", {"flows": kept})
        try:
            script.load([*built_in, mine], domain, responses)
            return
        except DataError as error:
            wrong = {
                name: problem
                for problem in error.problems
                for name in _IN_FLOW.findall(problem)[:1]
                if name in kept
            }
            if not wrong:
                raise
            for name, problem in wrong.items():
                del kept[name]
                yield name, problem.partition(f"flow {name}")[2].lstrip(":, ")


def text(name: str, body: CommentedMap) -> str:
    """Return the file of one flow."""
    return project.written(CommentedMap(flows=CommentedMap([(name, body)])))
