"""Plays every script that ships, against the real flows and responses.

docs/scripts.md says what can stand in a script.
"""

import pytest

from bot.content import DATA, SCRIPTS
from bot.scripts import files
from bot.scripts.player import play
from tests import dialogue

LIBRARY = files.load([DATA / SCRIPTS])
ALL = [pytest.param(one, id=one.name) for one in LIBRARY.scripts]


@pytest.mark.parametrize("script", ALL)
def test_conversation(script):
    broken = play(script, dialogue.assistants())
    assert broken is None, f"step {broken.step.number}: {broken.came}"


def test_every_script_that_ships_can_be_read():
    assert LIBRARY.problems == ()


def test_there_is_a_script_for_every_goal():
    goals = {flow.id for flow in dialogue.FLOWS.by_id.values() if not flow.is_pattern}
    assert goals <= {path.stem for path in (DATA / SCRIPTS).glob("*.yml")}
