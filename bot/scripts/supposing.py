"""What a script supposes: what a message means, what is known, what actions set."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet

from bot.assistants import Models
from bot.held import Model
from flows.ports import ActionResult, RunAction
from flows.stack import State

#: From which confidence on a message with *means* is acted upon, and offered.
SUPPOSED = {"answer": 0.8, "offer": 0.4}


def standing_in(
    run_action: RunAction, stand_ins: Mapping[str, Mapping[str, Any]]
) -> RunAction:
    """Return what sets the slots of these actions, and runs all others."""

    def run(name: str, tracker: dict[str, Any]) -> ActionResult:
        if name not in stand_ins:
            return run_action(name, tracker)
        sets = stand_ins[name].items()
        return ActionResult(events=[SlotSet(slot, value) for slot, value in sets])

    return run


def known_before(
    state: State, slots: Mapping[str, Any]
) -> tuple[State, list[EventType]]:
    """Return the state in which these slots are filled, and the events of it."""
    filled = replace(state, slots={**state.slots, **slots})
    return filled, [SlotSet(slot, value) for slot, value in slots.items()]


@dataclass(frozen=True)
class Supposed:
    """A model for one message whose meaning is given: else it is the real one."""

    model: Model
    means: Mapping[str, float]
    thresholds: Mapping[str, float] = field(default_factory=lambda: SUPPOSED)
    lenient_thresholds: Mapping[str, float] = field(default_factory=lambda: SUPPOSED)

    def classify(self, text: str, language: str = "en") -> Any:
        """Return the parse of the real model, with the meaning that is given."""
        ranking = [
            {"name": name, "confidence": share}
            for name, share in sorted(self.means.items(), key=lambda one: -one[1])
        ]
        parse = dict(self.model.classify(text, language))
        parse.pop("among_three", None)
        nothing = {"name": None, "confidence": 0.0}
        first = ranking[0] if ranking else nothing
        return {**parse, "intent": first, "intent_ranking": ranking}


@dataclass(frozen=True)
class SupposedModels:
    """The models of all languages for one message whose meaning is given."""

    models: Models
    means: Mapping[str, float]

    def of(self, language: str) -> Model:
        """Return the model of a language."""
        return Supposed(self.models.of(language), self.means)
