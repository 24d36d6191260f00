"""Which steps of flows the scripts go through."""

from bot.scripts import coverage, files
from bot.scripts.player import perform
from tests import dialogue

SCRIPT = """
Hello:
- customer: hello
- bot: utter_greet
"""


def test_steps_that_no_script_goes_through_are_named():
    (script,) = files.parse(SCRIPT, "own.yml").scripts
    performed = [perform(script, dialogue.assistants())]
    found = {one.flow: one for one in coverage.covered(performed, dialogue.FLOWS)}
    assert found["greet"].missed == ()
    assert found["refund"].passed == 0
    *_, last = coverage.told(found.values())
    total = sum(one.steps for one in found.values())
    assert last == f"all flows: 1 of {total} steps, {100 // total} %"
