"""What a flow as a whole must say."""

import pytest

from flows.files import DataError
from tests.flows.script_world import flows


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("flows:\n  a b: {description: d, steps: []}", "letters, digits"),
        ("flows:\n  a: {steps: []}", "needs a 'description'"),
        ("flows:\n  a: {description: d, steps: []}", "at least one"),
        ("flows:\n  a: 5", "needs 'description' and 'steps'"),
        (
            "flows:\n  a: {description: d, persisted_slots: x, steps: []}",
            "'persisted_slots' needs a list of names",
        ),
        (
            "flows:\n  a:\n    description: d\n    nlu_trigger: [{intent: gret}]\n"
            "    steps: [{action: utter_done}]",
            "unknown intent 'gret'; did you mean 'greet'?",
        ),
        (
            "flows:\n  a:\n    description: d\n    if: slots.nope\n"
            "    steps: [{action: utter_done}]",
            "unknown slot 'nope'",
        ),
        (
            "flows:\n  a:\n    description: d\n    nlu_trigger: greet\n"
            "    steps: [{action: utter_done}]",
            "'nlu_trigger' needs a list",
        ),
        (
            "flows:\n  a:\n    description: d\n"
            "    nlu_trigger: [{intent: {name: greet, confidence_threshold: high}}]\n"
            "    steps: [{action: utter_done}]",
            "a number as 'confidence_threshold'",
        ),
        (
            "flows:\n"
            "  greet: {description: d, steps: [{action: utter_done}]}\n"
            "  a:\n    description: d\n    nlu_trigger: [{intent: greet}]\n"
            "    steps: [{action: utter_done}]",
            "intent 'greet' starts flow greet already",
        ),
    ],
)
def test_refuses_a_flow_that_cannot_work(text, problem):
    with pytest.raises(DataError) as error:
        flows(text)
    assert problem in str(error.value)
