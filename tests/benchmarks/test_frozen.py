import pytest

from benchmarks.automation import first_start
from benchmarks.frozen.__main__ import scripts
from bot.scripts.player import play

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def assistants():
    with first_start(0.98) as parts:
        yield parts.understanding.assistants


@pytest.mark.parametrize(
    "script", [pytest.param(one, id=one.name) for one in scripts()]
)
def test_what_strangers_wrote_down_holds_at_a_first_start(script, assistants):
    broken = play(script, assistants)
    assert broken is None, f"{broken.step.written}: {broken.came}"


def test_there_are_forty():
    assert len(scripts()) == 40
