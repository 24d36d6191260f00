"""In which languages is one assistant just as another? Whatever is said in these.

A change is mostly taught in one language or two: whoever writes another gets what they
get now, and need not be asked about.
"""

from collections.abc import Iterator
from dataclasses import replace

from bot.assistants import Assistants
from bot.content import PREFIX
from bot.saying import titled
from flows.responses import Responses
from flows.steps import Act, Flows
from intents.classifier import Model
from intents.polyglot import Polyglot

_ANSWER = f"utter_{PREFIX}"


def alike(one: Assistants, other: Assistants) -> frozenset[str]:
    """Return the languages that both read and speak alike.

    An answer that is another is none of a language in which nothing leads to it: what
    a language lacks is said in the shop's own, and so new in all at once.
    """
    kept = replace(
        one,
        models=other.models,
        responses=other.responses,
        as_written=other.as_written,
        raised=other.raised,
    )
    if kept != other:
        return frozenset()
    return frozenset(code for code in one.responses if _is_alike(one, other, code))


def without_others(assistants: Assistants) -> Assistants:
    """Return an assistant to be remembered, with the models alone that are here."""
    models = {code: _model(assistants, code) for code in assistants.responses}
    here = {code: model for code, model in models.items() if model is not None}
    return replace(assistants, models=Polyglot("", here))


def _model(assistants: Assistants, code: str) -> Model | None:
    models = assistants.models
    parts = models.parts if isinstance(models, Polyglot) else None
    model = models.of(code) if parts is None else parts.get(code)
    return model if isinstance(model, Model) else None


def _is_alike(one: Assistants, other: Assistants, code: str) -> bool:
    model = _model(one, code)
    if model is None or model is not _model(other, code):
        return False
    if one.raised.get(code) != other.raised.get(code):
        return False
    return all(
        _says_alike(said, otherwise, model, one.flows)
        for said, otherwise in (
            (one.responses[code], other.responses[code]),
            (_written(one, code), _written(other, code)),
        )
    )


def _written(assistants: Assistants, code: str) -> Responses:
    return (assistants.as_written or assistants.responses)[code]


def _says_alike(one: Responses, other: Responses, model: Model, flows: Flows) -> bool:
    """Return whether nothing that a customer can get to is said otherwise."""
    every = {**one.by_name, **other.by_name}
    new = {name for name in every if one.by_name.get(name) != other.by_name.get(name)}
    if not new:
        return True
    if not all(name.startswith(_ANSWER) for name in new):
        return False
    intents = {name.removeprefix("utter_") for name in new}
    if not intents.isdisjoint(model.intents) or not new.isdisjoint(_actions(flows)):
        return False
    same = Responses({name: every[name] for name in every.keys() - new}, one.language)
    return {f"/{intent}" for intent in intents}.isdisjoint(_payloads(same))


def _actions(flows: Flows) -> Iterator[str]:
    for flow in flows.by_id.values():
        for step in flow.steps.values():
            if isinstance(step, Act):
                yield step.action


def _payloads(responses: Responses) -> Iterator[str]:
    for variations in responses.by_name.values():
        for variation in variations:
            for held in titled(variation.said):
                yield held.key.partition("#")[0]
